import { z } from 'zod';
import { badRequest } from '../errors.js';
import { chatId, whole, words } from '../schema/fields.js';
import { findChat, findRecipient } from './chat-lookup.js';
import { method } from './method.js';

const actions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

const sendChatAction = method(
  'sendChatAction',
  z.strictObject({ chat_id: chatId, action: words, message_thread_id: whole.optional() }),
  ({ world, params }) => {
    if (!actions.has(params.action)) throw badRequest('wrong parameter action in request');
    const state = findRecipient(world, params.chat_id);
    return { result: true, changes: [{ kind: 'typing', chatId: state.chat.id }], chatId: state.chat.id };
  },
);

const getChat = method('getChat', z.strictObject({ chat_id: chatId }), ({ world, params }) => {
  const state = findChat(world, params.chat_id);
  if (state.user && !state.started) throw badRequest('chat not found');
  const pinned = state.pinned.map((id) => state.messages.get(id)?.wire).find((wire) => wire !== undefined);
  return {
    result: { ...state.chat, accent_color_id: 0, max_reaction_count: 11, pinned_message: pinned },
    chatId: state.chat.id,
  };
});

const getChatMember = method(
  'getChatMember',
  z.strictObject({ chat_id: chatId, user_id: whole }),
  ({ world, params }) => {
    const state = findChat(world, params.chat_id);
    if (params.user_id === world.bot.id)
      return { result: { user: world.bot, status: 'member' }, chatId: state.chat.id };
    const user = world.chats.get(params.user_id)?.user;
    const isHere = user !== undefined && (state.chat.id === user.id || state.chat.type !== 'private');
    if (!isHere) throw badRequest('PARTICIPANT_ID_INVALID');
    return { result: { user, status: 'member' }, chatId: state.chat.id };
  },
);

export const chatMethods = [sendChatAction, getChat, getChatMember];
