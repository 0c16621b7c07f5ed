import { ControlError } from '../errors.js';
import type { SandboxPerson } from '../options.js';
import type { CallbackAnswer } from '../state/change.js';
import type { Store } from '../state/store.js';
import type { ChatState, Shown } from '../state/world.js';
import type { MediaKind } from '../wire.js';
import type { Actions, PersonFile } from './actions.js';
import { press, type Pressed } from './press.js';
import { sampleDocument, samplePhoto, sampleVoice } from './sample-files.js';
import { latestMessages, viewMessage, visibleMessages, type ViewMessage } from './view.js';
import { describeSeen, waitUntil } from './waiting.js';

export type Pattern = string | RegExp | ((message: ViewMessage) => boolean);
export type FileRequest = {
  readonly caption?: string;
  readonly name?: string;
  readonly bytes?: Buffer;
  readonly mimeType?: string;
};
export type AlbumItem = FileRequest & { readonly kind?: MediaKind };
export type WaitOptions = { readonly timeoutMs?: number; readonly since?: number };
export type PressOptions = { readonly message?: number | ViewMessage; readonly timeoutMs?: number };

/** A person of the sandbox, played by a test. Nothing sleeps: waits end with the event they wait for. */
export type TestPerson = {
  readonly id: number;
  readonly profile: SandboxPerson;
  start(payload?: string): Promise<number>;
  say(text: string, options?: { readonly replyTo?: number }): Promise<number>;
  photo(request?: FileRequest): Promise<number>;
  document(request?: FileRequest): Promise<number>;
  voice(request?: FileRequest): Promise<number>;
  video(request?: FileRequest): Promise<number>;
  audio(request?: FileRequest): Promise<number>;
  album(items: readonly AlbumItem[]): Promise<readonly number[]>;
  location(place?: { readonly latitude: number; readonly longitude: number }): Promise<number>;
  /** Presses the newest button with that label (waiting until there is one) and waits for the bot's answer. */
  press(
    label: string | RegExp,
    options?: PressOptions,
  ): Promise<{ readonly answer?: CallbackAnswer; readonly message: ViewMessage }>;
  /** Presses with any data, as a forged client could. */
  pressData(request: {
    readonly messageId: number;
    readonly data: string;
    readonly timeoutMs?: number;
  }): Promise<Pressed>;
  edit(messageId: number, text: string): Promise<void>;
  block(): Promise<void>;
  unblock(): Promise<void>;
  messages(): readonly ViewMessage[];
  last(): ViewMessage | undefined;
  buttons(message?: number | ViewMessage): readonly string[];
  history(): readonly Shown[];
  waitFor(pattern: Pattern, options?: WaitOptions): Promise<ViewMessage>;
  mark(): number;
  sees(pattern: Pattern): boolean;
};

const words = ({ text, caption }: ViewMessage): string => text ?? caption ?? '';

const matches = (pattern: Pattern, message: ViewMessage): boolean => {
  if (typeof pattern === 'function') return pattern(message);
  if (typeof pattern === 'string') return words(message).includes(pattern);
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(words(message));
};

const labelFits = (label: string | RegExp, text: string): boolean =>
  typeof label === 'string'
    ? text === label
    : new RegExp(label.source, label.flags.replace(/[gy]/g, '')).test(text);

const idOf = (message: number | ViewMessage): number =>
  typeof message === 'number' ? message : message.messageId;

const samples: Readonly<
  Record<MediaKind, { readonly bytes: () => Buffer; readonly name: string; readonly mimeType: string }>
> = {
  photo: { bytes: () => samplePhoto(), name: 'photo.png', mimeType: 'image/png' },
  document: { bytes: sampleDocument, name: 'document.txt', mimeType: 'text/plain' },
  voice: { bytes: sampleVoice, name: 'voice.oga', mimeType: 'audio/ogg' },
  video: { bytes: () => Buffer.alloc(256, 1), name: 'video.mp4', mimeType: 'video/mp4' },
  audio: { bytes: () => Buffer.alloc(256, 2), name: 'audio.mp3', mimeType: 'audio/mpeg' },
};

const fileOf = (kind: MediaKind, { caption, name, bytes, mimeType }: FileRequest = {}): PersonFile => {
  const sample = samples[kind];
  const duration = kind === 'photo' || kind === 'document' ? undefined : 3;
  return {
    kind,
    caption,
    fileName: name ?? sample.name,
    mimeType: mimeType ?? sample.mimeType,
    bytes: bytes ?? sample.bytes(),
    duration,
  };
};

type Found = {
  readonly message: ViewMessage;
  readonly data?: string | undefined;
  readonly url?: string | undefined;
};

const findButton = (
  state: ChatState,
  label: string | RegExp,
  only: number | undefined,
): Found | undefined => {
  for (const message of visibleMessages(state).toReversed()) {
    if (only !== undefined && message.messageId !== only) continue;
    const button = message.inlineKeyboard?.flat().find(({ text }) => labelFits(label, text));
    if (button) return { message, data: button.callbackData, url: button.url };
  }
  return undefined;
};

const findKey = (state: ChatState, label: string | RegExp): string | undefined => {
  const keys = (state.replyKeyboard?.keyboard ?? [])
    .flat()
    .map((key) => (typeof key === 'string' ? key : key.text));
  return keys.find((key) => labelFits(label, key));
};

/** The message of the bot that fits and changed last, if it changed after `since`. */
const findMatch = (state: ChatState, pattern: Pattern, since: number): ViewMessage | undefined => {
  let found: ViewMessage | undefined;
  let foundAt = since;
  for (const [id, stored] of state.messages) {
    const changedAt = state.changedAt.get(id) ?? 0;
    if (stored.by !== 'bot' || stored.deleted || changedAt <= foundAt) continue;
    const message = viewMessage(stored);
    if (!matches(pattern, message)) continue;
    found = message;
    foundAt = changedAt;
  }
  return found;
};

export type TestPersonOptions = {
  readonly store: Store;
  readonly actions: Actions;
  readonly profile: SandboxPerson;
};

/** The programmable person over the state of a sandbox. */
export const createTestPerson = ({ store, actions, profile }: TestPersonOptions): TestPerson => {
  const { id } = profile;
  const state = store.world.chats.get(id);
  if (!state) throw new ControlError(404, `nobody with id ${id} plays here`);
  const sendFile = async (kind: MediaKind, request?: FileRequest): Promise<number> =>
    (await actions.files(id, [fileOf(kind, request)]))[0] ?? 0;
  const wait = <T>(what: string, timeoutMs: number, look: () => T | undefined): Promise<T> =>
    waitUntil({
      store,
      chatId: id,
      timeoutMs,
      look,
      explain: () =>
        `${profile.firstName} (${id}) waited ${timeoutMs} ms for ${what}.\n${describeSeen(state)}`,
    });

  const pressButton = async (
    found: Found,
    timeoutMs: number,
  ): Promise<{ answer?: CallbackAnswer; message: ViewMessage }> => {
    const { messageId } = found.message;
    if (found.data === undefined) {
      const payload = found.url === undefined ? null : new URL(found.url).searchParams.get('start');
      const isDeepLink = found.url?.startsWith(`https://t.me/${store.world.bot.username}?`);
      if (isDeepLink) await actions.start(id, payload ?? undefined);
      return { message: found.message };
    }
    const { answer } = await press(store, { personId: id, messageId, data: found.data, waitMs: timeoutMs });
    const now = state.messages.get(messageId);
    const message = now ? viewMessage(now) : found.message;
    return answer ? { answer, message } : { message };
  };

  return {
    id,
    profile,
    start: (payload) => actions.start(id, payload),
    say: (text, options) => actions.say(id, text, options?.replyTo),
    photo: (request) => sendFile('photo', request),
    document: (request) => sendFile('document', request),
    voice: (request) => sendFile('voice', request),
    video: (request) => sendFile('video', request),
    audio: (request) => sendFile('audio', request),
    album: (items) =>
      actions.files(
        id,
        items.map(({ kind = 'photo', ...request }) => fileOf(kind, request)),
      ),
    location: (place = { latitude: 28.97, longitude: 118.87 }) => actions.location(id, place),
    press: async (label, { message, timeoutMs = 10_000 } = {}) => {
      const only = message === undefined ? undefined : idOf(message);
      const found = await wait(`a button ${String(label)}`, timeoutMs, () => {
        const button = findButton(state, label, only);
        const key = button || only !== undefined ? undefined : findKey(state, label);
        return button ?? key;
      });
      if (typeof found !== 'string') return pressButton(found, timeoutMs);
      await actions.say(id, found);
      const own = [...state.messages.values()].at(-1);
      if (!own) throw new ControlError(500, 'the pressed key was not sent');
      return { message: viewMessage(own) };
    },
    pressData: ({ messageId, data, timeoutMs = 10_000 }) =>
      press(store, { personId: id, messageId, data, waitMs: timeoutMs }),
    edit: (messageId, text) => actions.edit(id, messageId, text),
    block: () => actions.block(id),
    unblock: () => actions.unblock(id),
    messages: () => visibleMessages(state),
    last: () => latestMessages(state, 1)[0],
    buttons: (message) => {
      const all = visibleMessages(state);
      const chosen =
        message === undefined
          ? all.findLast(({ inlineKeyboard }) => inlineKeyboard !== undefined)
          : all.find(({ messageId }) => messageId === idOf(message));
      return (chosen?.inlineKeyboard ?? []).flat().map(({ text }) => text);
    },
    history: () => state.shown,
    waitFor: (pattern, { timeoutMs = 10_000, since = 0 } = {}) =>
      wait(`a message like ${String(pattern)}`, timeoutMs, () => findMatch(state, pattern, since)),
    mark: () => store.seq(),
    sees: (pattern) =>
      visibleMessages(state).some((message) => message.from === 'bot' && matches(pattern, message)),
  };
};
