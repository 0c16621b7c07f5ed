import { badRequest } from '../errors.js';
import type { SendParams } from '../schema/content.js';
import type { Change } from '../state/change.js';
import type { ChatState, World } from '../state/world.js';
import type { Message, ReplyMarkup, User } from '../wire.js';
import { findMessage } from './chat-lookup.js';

export type MessageContent = Omit<
  Message,
  'message_id' | 'chat' | 'date' | 'from' | 'reply_markup' | 'reply_to_message'
>;

export type NewMessage = {
  readonly world: World;
  readonly state: ChatState;
  readonly now: number;
  readonly content: MessageContent;
  readonly markup?: ReplyMarkup | undefined;
  readonly replyTo?: Message | undefined;
  readonly isProtected?: boolean | undefined;
  readonly from?: User | undefined;
  /** How many messages of the same call stand before this one. */
  readonly index?: number;
};

/** The message a new one answers; refuses one that is not there, unless the caller allowed that. */
export const findReplied = (state: ChatState, params: SendParams): Message | undefined => {
  const reply = params.reply_parameters;
  const id = reply?.message_id ?? params.reply_to_message_id;
  if (id === undefined) return undefined;
  const stored = findMessage(state, id);
  const mayMiss = reply?.allow_sending_without_reply ?? params.allow_sending_without_reply ?? false;
  if (!stored && !mayMiss) throw badRequest('message to be replied not found');
  if (
    stored &&
    reply?.quote !== undefined &&
    !(stored.wire.text ?? stored.wire.caption ?? '').includes(reply.quote)
  ) {
    throw badRequest('QUOTE_TEXT_INVALID');
  }
  if (!stored) return undefined;
  return { ...stored.wire, reply_to_message: undefined };
};

const keyboardChange = (chatId: number, markup: ReplyMarkup | undefined): readonly Change[] => {
  if (!markup || 'inline_keyboard' in markup) return [];
  if ('keyboard' in markup) return [{ kind: 'chat', chatId, patch: { replyKeyboard: markup } }];
  if ('remove_keyboard' in markup) return [{ kind: 'chat', chatId, patch: { replyKeyboard: null } }];
  return [];
};

/** Builds a message of the bot (or of `from`) with its number and what it changes; nothing is applied yet. */
export const newMessage = (
  request: NewMessage,
): { readonly wire: Message; readonly changes: readonly Change[] } => {
  const { world, state, now, content, markup, from } = request;
  const chatId = state.chat.id;
  const wire: Message = {
    message_id: world.nextMessageId + (request.index ?? 0),
    from: from ?? world.bot,
    chat: state.chat,
    date: Math.floor(now / 1000),
    reply_to_message: request.replyTo,
    has_protected_content: request.isProtected ? true : undefined,
    ...content,
    reply_markup: markup && 'inline_keyboard' in markup ? markup : undefined,
  };
  const replyKeyboard = markup && 'keyboard' in markup ? markup : undefined;
  const editable = markup === undefined || 'inline_keyboard' in markup;
  const stored = { wire, by: from ? ('person' as const) : ('bot' as const), replyKeyboard, editable };
  return { wire, changes: [{ kind: 'message', chatId, message: stored }, ...keyboardChange(chatId, markup)] };
};

/** The text part of a caption as the Bot API returns it: nothing when it is empty. */
export const refuseThread = (params: SendParams): void => {
  if (params.message_thread_id !== undefined) throw badRequest('message thread not found');
};
