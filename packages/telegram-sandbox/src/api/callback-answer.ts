import { z } from 'zod';
import { badRequest } from '../errors.js';
import { flag, whole, words } from '../schema/fields.js';
import { method } from './method.js';

/** A press can be answered this long; then Telegram has forgotten it. */
export const callbackLifetimeMs = 150_000;

const tooOld = 'query is too old and response timeout expired or query ID is invalid';

const answerCallbackQuery = method(
  'answerCallbackQuery',
  z.strictObject({
    callback_query_id: words,
    text: words.optional(),
    show_alert: flag.optional(),
    url: words.optional(),
    cache_time: whole.optional(),
  }),
  ({ world, params, now }) => {
    if (params.text !== undefined && params.text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
    const state = world.queries.get(params.callback_query_id);
    const isOpen = state !== undefined && state.answer === undefined && now - state.at <= callbackLifetimeMs;
    if (!isOpen) throw badRequest(tooOld);
    if (params.url !== undefined && !params.url.startsWith(`https://t.me/${world.bot.username}?start=`)) {
      throw badRequest('URL_INVALID');
    }
    const answer = { text: params.text, showAlert: params.show_alert ?? false, url: params.url };
    const chatId = state.query.message.chat.id;
    const messageId = state.query.message.message_id;
    return {
      result: true,
      changes: [{ kind: 'answer', queryId: state.query.id, answer }],
      chatId,
      messageId,
    };
  },
);

export const callbackMethods = [answerCallbackQuery];
