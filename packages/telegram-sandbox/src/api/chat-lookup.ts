import { ApiError, badRequest, forbidden } from '../errors.js';
import type { StoredMessage } from '../state/change.js';
import type { ChatState, World } from '../state/world.js';

/** Finds a chat by number, digits or @username; refuses an empty and an unknown one. */
export const findChat = (world: World, chatId: number | string): ChatState => {
  if (chatId === '') throw badRequest('chat_id is empty');
  const text = String(chatId);
  const named = text.startsWith('@')
    ? [...world.chats.values()].find(({ chat }) => chat.type !== 'private' && chat.username === text.slice(1))
    : undefined;
  const state = named ?? (/^-?\d{1,16}$/.test(text) ? world.chats.get(Number(text)) : undefined);
  if (!state) throw badRequest('chat not found');
  return state;
};

/** Finds a chat the bot may write to; refuses a migrated group, a person who never started or who blocked the bot. */
export const findRecipient = (world: World, chatId: number | string): ChatState => {
  const state = findChat(world, chatId);
  if (state.migratedTo !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: state.migratedTo,
    });
  }
  if (!state.started) throw forbidden("bot can't initiate conversation with a user");
  if (state.blocked) {
    throw forbidden(
      state.chat.type === 'private' ? 'bot was blocked by the user' : 'bot was kicked from the group chat',
    );
  }
  return state;
};

/** The message of that number a person still sees, or undefined. */
export const findMessage = (state: ChatState, messageId: number): StoredMessage | undefined => {
  const stored = state.messages.get(messageId);
  return stored?.deleted ? undefined : stored;
};
