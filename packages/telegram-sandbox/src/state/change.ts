import type { BotCommand, CallbackQuery, MediaKind, Message, ReplyKeyboard, Update } from '../wire.js';

export type StoredMessage = {
  readonly wire: Message;
  readonly by: 'bot' | 'person';
  readonly replyKeyboard?: ReplyKeyboard | undefined;
  /** False for messages that were sent with a markup other than an inline keyboard. */
  readonly editable?: boolean | undefined;
  readonly reaction?: string | undefined;
  readonly deleted?: boolean | undefined;
};

export type StoredFile = {
  readonly id: string;
  readonly uniqueId: string;
  readonly kind: MediaKind;
  readonly path: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly duration?: number | undefined;
  /** The id under which the bytes lie: sizes of one photo share them. */
  readonly bytesId: string;
};

export type CallbackAnswer = {
  readonly text?: string | undefined;
  readonly showAlert: boolean;
  readonly url?: string | undefined;
};

export type PendingUpdate = { readonly update: Update; readonly at: number };

export type Webhook = {
  readonly url: string;
  readonly secretToken?: string | undefined;
  readonly maxConnections: number;
  readonly ipAddress?: string | undefined;
};

export type ChatPatch = {
  readonly started?: boolean;
  readonly blocked?: boolean;
  readonly readUpTo?: number;
  readonly pinned?: readonly number[];
  /** null takes the keyboard away. */
  readonly replyKeyboard?: ReplyKeyboard | null;
};

/** The smallest steps of the state. An entry of the journal holds those of one call; applying them again rebuilds all. */
export type Change =
  | { readonly kind: 'message'; readonly chatId: number; readonly message: StoredMessage }
  | { readonly kind: 'edit'; readonly chatId: number; readonly wire: Message }
  | { readonly kind: 'delete'; readonly chatId: number; readonly messageIds: readonly number[] }
  | {
      readonly kind: 'reaction';
      readonly chatId: number;
      readonly messageId: number;
      readonly emoji?: string | undefined;
    }
  | { readonly kind: 'chat'; readonly chatId: number; readonly patch: ChatPatch }
  | { readonly kind: 'file'; readonly file: StoredFile }
  | { readonly kind: 'query'; readonly query: CallbackQuery; readonly at: number }
  | { readonly kind: 'answer'; readonly queryId: string; readonly answer: CallbackAnswer }
  | { readonly kind: 'update'; readonly pending: PendingUpdate }
  | { readonly kind: 'confirm'; readonly before: number }
  | { readonly kind: 'delivered'; readonly updateId: number }
  | { readonly kind: 'webhook'; readonly webhook: Webhook | null }
  | { readonly kind: 'allowed'; readonly allowed: readonly string[] }
  | { readonly kind: 'commands'; readonly key: string; readonly commands: readonly BotCommand[] | null }
  | { readonly kind: 'profile'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'group'; readonly chatId: number; readonly migratedTo: number }
  | { readonly kind: 'typing'; readonly chatId: number };

export type Entry = {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: 'bot' | 'person' | 'server';
  readonly method: string;
  readonly chatId?: number | undefined;
  readonly messageId?: number | undefined;
  readonly payload?: unknown;
  readonly changes: readonly Change[];
};

export type EntryDraft = Omit<Entry, 'seq' | 'at'>;
