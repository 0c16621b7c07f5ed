import { z } from 'zod';
import { badRequest } from '../errors.js';
import { targetFields } from '../schema/content.js';
import { chatId, flag, json, messageId } from '../schema/fields.js';
import type { ChatState } from '../state/world.js';
import { findChat, findMessage, findRecipient } from './chat-lookup.js';
import { method } from './method.js';
import { newMessage } from './new-message.js';

const twoDaysSeconds = 48 * 3600;

const mayDelete = (state: ChatState, id: number, now: number): boolean => {
  const stored = findMessage(state, id);
  return stored !== undefined && now / 1000 - stored.wire.date <= twoDaysSeconds;
};

const deleteMessage = method('deleteMessage', z.strictObject(targetFields), ({ world, params, now }) => {
  const state = findChat(world, params.chat_id);
  if (!findMessage(state, params.message_id)) throw badRequest('message to delete not found');
  if (!mayDelete(state, params.message_id, now)) throw badRequest("message can't be deleted for everyone");
  const messageIds = [params.message_id];
  return {
    result: true,
    changes: [{ kind: 'delete', chatId: state.chat.id, messageIds }],
    chatId: state.chat.id,
    messageId: params.message_id,
  };
});

const deleteMessages = method(
  'deleteMessages',
  z.strictObject({
    chat_id: chatId,
    message_ids: json(z.array(z.int(), { error: 'message identifiers are not specified' })),
  }),
  ({ world, params, now }) => {
    const { message_ids } = params;
    if (message_ids.length === 0) throw badRequest('message identifiers are not specified');
    if (message_ids.length > 100) throw badRequest('too many message identifiers specified');
    const state = findChat(world, params.chat_id);
    const messageIds = message_ids.filter((id) => mayDelete(state, id, now));
    return {
      result: true,
      changes: [{ kind: 'delete', chatId: state.chat.id, messageIds }],
      chatId: state.chat.id,
    };
  },
);

// The reactions a bot may set: Telegram's free list.
const emojis = new Set(
  '👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡'.split(
    ' ',
  ),
);

const reaction = z.strictObject({
  type: z.literal('emoji', { error: 'REACTION_INVALID' }),
  emoji: z.string(),
});

const setMessageReaction = method(
  'setMessageReaction',
  z.strictObject({ ...targetFields, reaction: json(z.array(reaction)).optional(), is_big: flag.optional() }),
  ({ world, params }) => {
    const [first, second] = params.reaction ?? [];
    if (second) throw badRequest('REACTIONS_TOO_MANY');
    const emoji = first?.emoji.replaceAll('\uFE0F', '');
    if (emoji !== undefined && !emojis.has(emoji)) throw badRequest('REACTION_INVALID');
    const state = findRecipient(world, params.chat_id);
    if (!findMessage(state, params.message_id)) throw badRequest('message to react not found');
    const chatId_ = state.chat.id;
    const change = { kind: 'reaction' as const, chatId: chatId_, messageId: params.message_id, emoji };
    return { result: true, changes: [change], chatId: chatId_, messageId: params.message_id };
  },
);

const pinChatMessage = method(
  'pinChatMessage',
  z.strictObject({ ...targetFields, disable_notification: flag.optional() }),
  ({ world, params, now }) => {
    const state = findRecipient(world, params.chat_id);
    const stored = findMessage(state, params.message_id);
    if (!stored) throw badRequest('message to pin not found');
    const id = state.chat.id;
    const pinned = [params.message_id, ...state.pinned.filter((other) => other !== params.message_id)];
    const service = newMessage({
      world,
      state,
      now,
      content: { pinned_message: { ...stored.wire, reply_to_message: undefined } },
    });
    const changes = [{ kind: 'chat' as const, chatId: id, patch: { pinned } }, ...service.changes];
    return { result: true, changes, chatId: id, messageId: params.message_id, cost: 1 };
  },
);

const unpinChatMessage = method(
  'unpinChatMessage',
  z.strictObject({ chat_id: chatId, message_id: messageId.optional() }),
  ({ world, params }) => {
    const state = findRecipient(world, params.chat_id);
    const id = params.message_id ?? state.pinned[0];
    if (id === undefined || !state.pinned.includes(id)) throw badRequest('message to unpin not found');
    const patch = { pinned: state.pinned.filter((other) => other !== id) };
    return {
      result: true,
      changes: [{ kind: 'chat', chatId: state.chat.id, patch }],
      chatId: state.chat.id,
      messageId: id,
    };
  },
);

const unpinAllChatMessages = method(
  'unpinAllChatMessages',
  z.strictObject({ chat_id: chatId }),
  ({ world, params }) => {
    const state = findRecipient(world, params.chat_id);
    return {
      result: true,
      changes: [{ kind: 'chat', chatId: state.chat.id, patch: { pinned: [] } }],
      chatId: state.chat.id,
    };
  },
);

export const messageMethods = [
  deleteMessage,
  deleteMessages,
  setMessageReaction,
  pinChatMessage,
  unpinChatMessage,
  unpinAllChatMessages,
];
