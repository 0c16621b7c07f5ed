import type { SandboxSettings } from '../options.js';
import type { BotCommand, CallbackQuery, Chat, ReplyKeyboard, User } from '../wire.js';
import type {
  CallbackAnswer,
  Change,
  Entry,
  PendingUpdate,
  StoredFile,
  StoredMessage,
  Webhook,
} from './change.js';

/** One version of a message as a person saw it. */
export type Shown = {
  readonly seq: number;
  readonly at: number;
  readonly kind: 'new' | 'edit' | 'delete';
  readonly by: 'bot' | 'person';
  readonly messageId: number;
  readonly text: string;
  readonly buttons: readonly string[];
};

export type ChatState = {
  readonly chat: Chat;
  readonly user?: User | undefined;
  readonly messages: Map<number, StoredMessage>;
  readonly shown: Shown[];
  readonly changedAt: Map<number, number>;
  started: boolean;
  blocked: boolean;
  readUpTo: number;
  pinned: readonly number[];
  replyKeyboard: ReplyKeyboard | undefined;
  migratedTo: number | undefined;
};

export type QueryState = { readonly query: CallbackQuery; readonly at: number; answer?: CallbackAnswer };

export type World = {
  readonly bot: User;
  readonly chats: Map<number, ChatState>;
  readonly files: Map<string, StoredFile>;
  readonly queries: Map<string, QueryState>;
  readonly commands: Map<string, readonly BotCommand[]>;
  readonly profile: Map<string, unknown>;
  pending: PendingUpdate[];
  webhook: Webhook | undefined;
  allowed: readonly string[];
  nextMessageId: number;
  nextUpdateId: number;
};

const chatState = (chat: Chat, user?: User): ChatState => ({
  chat,
  user,
  messages: new Map(),
  shown: [],
  changedAt: new Map(),
  started: user === undefined,
  blocked: false,
  readUpTo: 0,
  pinned: [],
  replyKeyboard: undefined,
  migratedTo: undefined,
});

/** The state before anything happened: the bot, its people and groups, no messages. */
export const createWorld = ({ token, bot, people, groups }: SandboxSettings): World => {
  const chats = new Map<number, ChatState>();
  for (const person of people) {
    const name = { first_name: person.firstName, last_name: person.lastName, username: person.username };
    const user: User = { id: person.id, is_bot: false, ...name, language_code: person.languageCode };
    chats.set(person.id, chatState({ id: person.id, type: 'private', ...name }, user));
  }
  for (const { id, title, migratedTo } of groups) {
    const state = chatState({ id, type: String(id).startsWith('-100') ? 'supergroup' : 'group', title });
    chats.set(id, { ...state, migratedTo });
  }
  return {
    bot: {
      id: Number(token.split(':')[0]),
      is_bot: true,
      first_name: bot?.firstName ?? 'Sandbox bot',
      username: bot?.username ?? 'sandbox_bot',
    },
    chats,
    files: new Map(),
    queries: new Map(),
    commands: new Map(),
    profile: new Map(),
    pending: [],
    webhook: undefined,
    allowed: [],
    nextMessageId: 1,
    nextUpdateId: 1,
  };
};

const recordShown = (state: ChatState, entry: Entry, messageId: number, kind: Shown['kind']): void => {
  const stored = state.messages.get(messageId);
  if (!stored) return;
  const { wire, by } = stored;
  const buttons = (wire.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
  state.shown.push({
    seq: entry.seq,
    at: entry.at,
    kind,
    by,
    messageId,
    text: wire.text ?? wire.caption ?? '',
    buttons,
  });
  state.changedAt.set(messageId, entry.seq);
};

const applyToChat = (state: ChatState, change: Extract<Change, { chatId: number }>, entry: Entry): void => {
  if (change.kind === 'message') {
    state.messages.set(change.message.wire.message_id, change.message);
    recordShown(state, entry, change.message.wire.message_id, 'new');
  }
  if (change.kind === 'edit') {
    const old = state.messages.get(change.wire.message_id);
    if (old) state.messages.set(change.wire.message_id, { ...old, wire: change.wire });
    recordShown(state, entry, change.wire.message_id, 'edit');
  }
  if (change.kind === 'delete') {
    for (const id of change.messageIds) {
      const old = state.messages.get(id);
      if (old) state.messages.set(id, { ...old, deleted: true });
      recordShown(state, entry, id, 'delete');
    }
  }
  if (change.kind === 'reaction') {
    const old = state.messages.get(change.messageId);
    if (old) state.messages.set(change.messageId, { ...old, reaction: change.emoji });
  }
  if (change.kind === 'group') state.migratedTo = change.migratedTo;
  if (change.kind === 'chat') {
    const { replyKeyboard, ...patch } = change.patch;
    Object.assign(state, patch);
    if (replyKeyboard !== undefined) state.replyKeyboard = replyKeyboard ?? undefined;
  }
};

const setOrDelete = <V>(map: Map<string, V>, key: string, value: V | null): void => {
  if (value === null) map.delete(key);
  else map.set(key, value);
};

/** Applies one change; the same entries in the same order always give the same state. */
export const applyChange = (world: World, change: Change, entry: Entry): void => {
  if ('chatId' in change) {
    const state = world.chats.get(change.chatId);
    if (change.kind === 'message')
      world.nextMessageId = Math.max(world.nextMessageId, change.message.wire.message_id + 1);
    if (state) applyToChat(state, change, entry);
    return;
  }
  if (change.kind === 'file') world.files.set(change.file.id, change.file);
  if (change.kind === 'query') world.queries.set(change.query.id, { query: change.query, at: change.at });
  if (change.kind === 'answer') {
    const query = world.queries.get(change.queryId);
    if (query) query.answer = change.answer;
  }
  if (change.kind === 'update') {
    world.pending.push(change.pending);
    world.nextUpdateId = Math.max(world.nextUpdateId, change.pending.update.update_id + 1);
  }
  if (change.kind === 'confirm')
    world.pending = world.pending.filter(({ update }) => update.update_id >= change.before);
  if (change.kind === 'delivered') {
    const at = world.pending.findIndex(({ update }) => update.update_id === change.updateId);
    if (at >= 0) world.pending.splice(at, 1);
  }
  if (change.kind === 'webhook') world.webhook = change.webhook ?? undefined;
  if (change.kind === 'allowed') world.allowed = change.allowed;
  if (change.kind === 'commands') setOrDelete(world.commands, change.key, change.commands);
  if (change.kind === 'profile') setOrDelete(world.profile, change.key, change.value);
};
