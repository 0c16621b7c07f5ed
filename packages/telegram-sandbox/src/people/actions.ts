import { randomBytes } from 'node:crypto';
import { newMessage, type MessageContent } from '../api/new-message.js';
import { takeUpload, type Dimensions } from '../api/media.js';
import { newAlbumId } from '../api/send-album.js';
import { ControlError } from '../errors.js';
import type { Change } from '../state/change.js';
import type { FileBytes } from '../state/file-bytes.js';
import type { Store } from '../state/store.js';
import type { ChatState } from '../state/world.js';
import { cleanText } from '../text/clean.js';
import { detectEntities } from '../text/detect.js';
import { isWanted } from '../updates/allowed.js';
import type { MediaKind, Message, UpdateContent, User } from '../wire.js';

export type PersonFile = Dimensions & {
  readonly kind: MediaKind;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly caption?: string | undefined;
};

type Player = { readonly state: ChatState; readonly user: User };

/** Everything a person can do in Telegram towards the bot. Ids are person ids; each returns the message numbers it made. */
export type Actions = {
  start(id: number, payload?: string): Promise<number>;
  say(id: number, text: string, replyTo?: number): Promise<number>;
  files(id: number, files: readonly PersonFile[], mediaGroupId?: string): Promise<readonly number[]>;
  location(id: number, place: { readonly latitude: number; readonly longitude: number }): Promise<number>;
  edit(id: number, messageId: number, text: string): Promise<void>;
  block(id: number): Promise<void>;
  unblock(id: number): Promise<void>;
  read(id: number, upTo: number): Promise<void>;
};

const textContent = (raw: string): MessageContent => {
  const { text } = cleanText({ text: raw, entities: [] });
  if (text === '') throw new ControlError(400, 'a message needs a text');
  const entities = detectEntities(text, []);
  return { text, entities: entities.length > 0 ? entities : undefined };
};

/** Telegram's own apps cut a long text into several messages. */
const pieces = (text: string): readonly string[] => {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > 4096) {
    const isPair = /[\uD800-\uDBFF]/.test(rest[4095] ?? '');
    parts.push(rest.slice(0, isPair ? 4095 : 4096));
    rest = rest.slice(isPair ? 4095 : 4096);
  }
  return [...parts, rest];
};

const findPlayer = (store: Store, id: number): Player => {
  const state = store.world.chats.get(id);
  if (!state?.user) throw new ControlError(404, `nobody with id ${id} plays here`);
  return { state, user: state.user };
};

const memberChange = ({ state, user }: Player, store: Store, isBlocked: boolean): UpdateContent => {
  const member = { user: store.world.bot, status: 'member' };
  const kicked = { user: store.world.bot, status: 'kicked', until_date: 0 };
  const [old_chat_member, new_chat_member] = isBlocked ? [member, kicked] : [kicked, member];
  const date = Math.floor(store.now() / 1000);
  return { my_chat_member: { chat: state.chat, from: user, date, old_chat_member, new_chat_member } };
};

/** Builds the actions over a store; what a person does is journalled like what the bot does. */
export const createActions = (store: Store, bytes: FileBytes): Actions => {
  const { world } = store;

  const updates = (contents: readonly UpdateContent[]): readonly Change[] =>
    contents
      .filter((content) => isWanted(world, content))
      .map((content, index) => {
        const update = { update_id: world.nextUpdateId + index, ...content };
        return { kind: 'update', pending: { update, at: store.now() } };
      });

  const refuseBlocked = ({ state }: Player): void => {
    if (state.blocked) throw new ControlError(409, 'he has blocked the bot; unblock first');
  };

  const send = async (
    player: Player,
    action: string,
    contents: readonly MessageContent[],
    more: readonly Change[] = [],
    replyTo?: Message,
  ): Promise<readonly number[]> => {
    const { state, user } = player;
    const made = contents.map((content, index) =>
      newMessage({ world, state, now: store.now(), content, from: user, index, replyTo }),
    );
    const started: readonly Change[] = state.started
      ? []
      : [{ kind: 'chat', chatId: state.chat.id, patch: { started: true } }];
    const changes = [
      ...more,
      ...started,
      ...made.flatMap((one) => one.changes),
      ...updates(made.map(({ wire }) => ({ message: wire }))),
    ];
    const ids = made.map(({ wire }) => wire.message_id);
    await store.commit({ by: 'person', method: action, chatId: state.chat.id, messageId: ids[0], changes });
    return ids;
  };

  const sendOne = async (...args: Parameters<typeof send>): Promise<number> => (await send(...args))[0] ?? 0;

  const setBlocked = async (id: number, isBlocked: boolean): Promise<void> => {
    const player = findPlayer(store, id);
    if (player.state.blocked === isBlocked) return;
    const patch: Change = { kind: 'chat', chatId: id, patch: { blocked: isBlocked } };
    const changes = [patch, ...updates([memberChange(player, store, isBlocked)])];
    await store.commit({ by: 'person', method: isBlocked ? 'block' : 'unblock', chatId: id, changes });
  };

  const replied = ({ state }: Player, messageId: number | undefined): Message | undefined => {
    if (messageId === undefined) return undefined;
    const stored = state.messages.get(messageId);
    if (!stored || stored.deleted) throw new ControlError(404, `there is no message ${messageId} to answer`);
    return { ...stored.wire, reply_to_message: undefined };
  };

  return {
    start: async (id, payload) => {
      const player = findPlayer(store, id);
      if (payload !== undefined && !/^[A-Za-z0-9_-]{0,64}$/.test(payload)) {
        throw new ControlError(400, 'a deep link takes up to 64 of A-Z a-z 0-9 _ -');
      }
      // Starting a blocked bot unblocks it.
      await setBlocked(id, false);
      return sendOne(player, 'start', [textContent(payload ? `/start ${payload}` : '/start')]);
    },
    say: async (id, text, replyTo) => {
      const player = findPlayer(store, id);
      refuseBlocked(player);
      return sendOne(player, 'say', pieces(text).map(textContent), [], replied(player, replyTo));
    },
    files: async (id, files, mediaGroupId) => {
      const player = findPlayer(store, id);
      refuseBlocked(player);
      const uploads = files.map((file) => ({ ...file, bytesId: randomBytes(18).toString('hex') }));
      await Promise.all(uploads.map((upload) => bytes.put(upload.bytesId, upload.bytes)));
      const groupId =
        mediaGroupId ?? (files.length > 1 ? newAlbumId(store.now(), world.nextMessageId) : undefined);
      const prepared = uploads.map((upload) => {
        const { width = 800, height = 600, duration } = upload;
        const media = takeUpload(upload.kind, upload, { width, height, duration });
        const { text: caption, entities } = cleanText({ text: upload.caption ?? '', entities: [] });
        const marks = detectEntities(caption, entities);
        const captioned =
          caption === '' ? {} : { caption, caption_entities: marks.length > 0 ? marks : undefined };
        return { changes: media.changes, content: { media_group_id: groupId, ...media.field, ...captioned } };
      });
      return send(
        player,
        'files',
        prepared.map(({ content }) => content),
        prepared.flatMap(({ changes }) => changes),
      );
    },
    location: async (id, { latitude, longitude }) => {
      const player = findPlayer(store, id);
      refuseBlocked(player);
      return sendOne(player, 'location', [{ location: { latitude, longitude } }]);
    },
    edit: async (id, messageId, text) => {
      const player = findPlayer(store, id);
      refuseBlocked(player);
      const stored = player.state.messages.get(messageId);
      if (!stored || stored.by !== 'person' || stored.deleted)
        throw new ControlError(404, `he has no message ${messageId}`);
      const { text: body, entities } = textContent(text);
      const isCaption = stored.wire.text === undefined;
      const fresh = isCaption ? { caption: body, caption_entities: entities } : { text: body, entities };
      const wire = { ...stored.wire, ...fresh, edit_date: Math.floor(store.now() / 1000) };
      const changes: Change[] = [{ kind: 'edit', chatId: id, wire }, ...updates([{ edited_message: wire }])];
      await store.commit({ by: 'person', method: 'edit', chatId: id, messageId, changes });
    },
    block: (id) => setBlocked(id, true),
    unblock: (id) => setBlocked(id, false),
    read: async (id, upTo) => {
      const { state } = findPlayer(store, id);
      if (upTo <= state.readUpTo) return;
      await store.commit({
        by: 'person',
        method: 'read',
        chatId: id,
        changes: [{ kind: 'chat', chatId: id, patch: { readUpTo: upTo } }],
      });
    },
  };
};
