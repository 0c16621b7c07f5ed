import { z } from 'zod';
import { badRequest } from '../errors.js';
import {
  entities,
  linkPreviewFields,
  locationFields,
  replyMarkupFields,
  sendFields,
} from '../schema/content.js';
import { words } from '../schema/fields.js';
import { readMarkup } from '../schema/markup.js';
import { formatMessageText } from '../text/format.js';
import { findRecipient } from './chat-lookup.js';
import { method } from './method.js';
import { findReplied, newMessage, refuseThread } from './new-message.js';

const textMissing = z.preprocess((value) => value ?? '', words);

const sendMessage = method(
  'sendMessage',
  z.strictObject({
    text: textMissing,
    ...sendFields,
    ...linkPreviewFields,
    ...replyMarkupFields,
    parse_mode: words.optional(),
    entities: entities.optional(),
  }),
  ({ world, params, now }) => {
    const formatted = formatMessageText({
      text: params.text,
      parseMode: params.parse_mode,
      entities: params.entities,
    });
    const markup = readMarkup(params.reply_markup);
    const state = findRecipient(world, params.chat_id);
    refuseThread(params);
    const content = {
      text: formatted.text,
      entities: formatted.entities.length > 0 ? formatted.entities : undefined,
      link_preview_options: params.link_preview_options,
    };
    const replyTo = findReplied(state, params);
    const { wire, changes } = newMessage({
      world,
      state,
      now,
      content,
      markup,
      replyTo,
      isProtected: params.protect_content,
    });
    return { result: wire, changes, chatId: state.chat.id, messageId: wire.message_id, cost: 1 };
  },
);

const sendLocation = method(
  'sendLocation',
  z.strictObject({ ...sendFields, ...locationFields, ...replyMarkupFields }),
  ({ world, params, now }) => {
    const { latitude, longitude, horizontal_accuracy } = params;
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong location specified');
    const markup = readMarkup(params.reply_markup);
    const state = findRecipient(world, params.chat_id);
    refuseThread(params);
    const content = { location: { latitude, longitude, horizontal_accuracy } };
    const replyTo = findReplied(state, params);
    const { wire, changes } = newMessage({
      world,
      state,
      now,
      content,
      markup,
      replyTo,
      isProtected: params.protect_content,
    });
    return { result: wire, changes, chatId: state.chat.id, messageId: wire.message_id, cost: 1 };
  },
);

export const textMethods = [sendMessage, sendLocation];
