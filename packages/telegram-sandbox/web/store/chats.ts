import type { MessagesPage, Person, ViewMessage } from '../model.js';
import { emptyChat, type Chat, type PageState } from './state.js';

/** A chat that is followed at its end keeps at most this many messages in the page. */
const keptWhenFollowed = 160;
const keptAfterTrim = 80;
/** While the reader goes through the history, what lies this far behind him is let go. */
const keptInHistory = 160;

/** Applies a change to one person's chat and returns the new state. */
export function withChat(state: PageState, personId: number, change: (chat: Chat) => Chat): PageState {
  const before = state.chats.get(personId) ?? emptyChat;
  const after = change(before);
  if (after === before) return state;
  return { ...state, chats: new Map(state.chats).set(personId, after) };
}

/** Applies a change to one person in the list. */
export function withPerson(
  state: PageState,
  personId: number,
  change: (person: Person) => Person,
): PageState {
  return { ...state, people: state.people.map((one) => (one.id === personId ? change(one) : one)) };
}

/** Puts a new or changed message in its place by id. A message older than what is loaded is left out. */
export function putMessage(chat: Chat, message: ViewMessage): Chat {
  const { messages } = chat;
  const at = messages.findIndex((one) => one.messageId === message.messageId);
  if (at >= 0) return { ...chat, messages: messages.with(at, message) };
  const after = messages.findLastIndex((one) => one.messageId < message.messageId);
  if (after < 0 && messages.length > 0 && chat.hasOlder) return chat;
  // Deep in the history there is a gap between what is loaded and what arrives; it is fetched on the way back.
  if (chat.hasNewer && after === messages.length - 1) return chat;
  const grown = { ...chat, messages: messages.toSpliced(after + 1, 0, message) };
  const { replyKeyboard, messageId } = message;
  return trim(replyKeyboard ? { ...grown, replyKeyboard, keyboardSetBy: messageId } : grown);
}

function trim(chat: Chat): Chat {
  if (!chat.atEnd || chat.messages.length <= keptWhenFollowed) return chat;
  return { ...chat, messages: chat.messages.slice(-keptAfterTrim), hasOlder: true };
}

export function dropMessage(chat: Chat, messageId: number): Chat {
  return { ...chat, messages: chat.messages.filter((one) => one.messageId !== messageId) };
}

/**
 * The newest page of a chat; `limit` tells whether older ones remain. What was loaded before stays when the page
 * joins on to it, so that a lost connection does not throw a reader out of the history.
 */
export function loadNewest(chat: Chat, page: MessagesPage, limit: number): Chat {
  const messages = page.messages.filter((one) => one.deleted !== true);
  const first = messages[0]?.messageId;
  const joins = first !== undefined && chat.messages.some((one) => one.messageId === first);
  const before = joins ? chat.messages.filter((one) => one.messageId < first) : [];
  return {
    ...chat,
    ...menuOf(page),
    messages: [...before, ...messages],
    typing: page.typing,
    loaded: true,
    hasOlder: before.length > 0 ? chat.hasOlder : page.messages.length >= limit,
    loadingOlder: false,
    hasNewer: false,
  };
}

export function loadOlder(chat: Chat, page: MessagesPage, limit: number): Chat {
  const first = chat.messages[0]?.messageId ?? Infinity;
  const older = page.messages.filter((one) => one.deleted !== true && one.messageId < first);
  const all = [...older, ...chat.messages];
  return {
    ...chat,
    messages: all.slice(0, keptInHistory),
    hasOlder: page.messages.length >= limit && older.length > 0,
    hasNewer: chat.hasNewer || all.length > keptInHistory,
    loadingOlder: false,
  };
}

/** The page after the last loaded message; what lies far above is let go. */
export function loadNewer(chat: Chat, page: MessagesPage, limit: number): Chat {
  const last = chat.messages.at(-1)?.messageId ?? 0;
  const newer = page.messages.filter((one) => one.deleted !== true && one.messageId > last);
  const all = [...chat.messages, ...newer];
  return {
    ...chat,
    messages: all.slice(-keptInHistory),
    hasOlder: chat.hasOlder || all.length > keptInHistory,
    hasNewer: page.messages.length >= limit,
    loadingOlder: false,
  };
}

/** The commands, whether the menu button shows them, and the bot's keyboard, as they stand for this person. */
export function menuOf(page: MessagesPage): Pick<Chat, 'commands' | 'menuIsCommands' | 'replyKeyboard'> {
  const { menuButton, commands, replyKeyboard } = page;
  const type =
    typeof menuButton === 'object' && menuButton !== null && 'type' in menuButton
      ? menuButton.type
      : menuButton;
  return {
    commands,
    menuIsCommands: type !== 'web_app' && commands.length > 0,
    replyKeyboard: replyKeyboard ?? undefined,
  };
}
