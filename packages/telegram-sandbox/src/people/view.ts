import type { StoredMessage } from '../state/change.js';
import type { ChatState } from '../state/world.js';
import type { Entity, FileObject, InlineButton, ReplyKeyboard } from '../wire.js';

export type ViewButton = {
  readonly text: string;
  readonly callbackData?: string | undefined;
  readonly url?: string | undefined;
};

export type ViewFile = {
  readonly fileId: string;
  readonly url: string;
  readonly fileName?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly size: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly duration?: number | undefined;
};

/** A message as the page and the tests see it. Dates are unix seconds. */
export type ViewMessage = {
  readonly messageId: number;
  readonly from: 'bot' | 'person';
  readonly date: number;
  readonly editDate?: number | undefined;
  readonly text?: string | undefined;
  readonly entities?: readonly Entity[] | undefined;
  readonly caption?: string | undefined;
  readonly captionEntities?: readonly Entity[] | undefined;
  readonly photo?: ViewFile | undefined;
  readonly document?: ViewFile | undefined;
  readonly voice?: ViewFile | undefined;
  readonly audio?: ViewFile | undefined;
  readonly video?: ViewFile | undefined;
  readonly location?: { readonly latitude: number; readonly longitude: number } | undefined;
  readonly mediaGroupId?: string | undefined;
  readonly replyTo?: { readonly messageId: number; readonly text: string } | undefined;
  readonly pinned?: { readonly messageId: number } | undefined;
  readonly forwarded?: boolean | undefined;
  readonly inlineKeyboard?: readonly (readonly ViewButton[])[] | undefined;
  readonly replyKeyboard?: ReplyKeyboard | undefined;
  readonly reaction?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly protectContent?: boolean | undefined;
};

const viewFile = (file: FileObject | undefined): ViewFile | undefined =>
  file && {
    fileId: file.file_id,
    url: `/sandbox/files/${file.file_id}`,
    fileName: file.file_name,
    mimeType: file.mime_type,
    size: file.file_size,
    width: file.width,
    height: file.height,
    duration: file.duration,
  };

const viewButton = ({ text, callback_data, url }: InlineButton): ViewButton => ({
  text,
  callbackData: callback_data,
  url,
});

const viewFields = ({ wire, by, replyKeyboard, reaction, deleted }: StoredMessage): ViewMessage => ({
  messageId: wire.message_id,
  from: by,
  date: wire.date,
  editDate: wire.edit_date,
  text: wire.text,
  entities: wire.entities,
  caption: wire.caption,
  captionEntities: wire.caption_entities,
  photo: viewFile(wire.photo?.at(-1)),
  document: viewFile(wire.document),
  voice: viewFile(wire.voice),
  audio: viewFile(wire.audio),
  video: viewFile(wire.video),
  location: wire.location,
  mediaGroupId: wire.media_group_id,
  replyTo: wire.reply_to_message && {
    messageId: wire.reply_to_message.message_id,
    text: wire.reply_to_message.text ?? wire.reply_to_message.caption ?? '',
  },
  pinned: wire.pinned_message && { messageId: wire.pinned_message.message_id },
  forwarded: wire.forward_origin === undefined ? undefined : true,
  inlineKeyboard: wire.reply_markup?.inline_keyboard.map((row) => row.map(viewButton)),
  replyKeyboard,
  reaction,
  deleted,
  protectContent: wire.has_protected_content,
});

/** Turns a stored message into what a person sees of it; absent fields are left out. */
export const viewMessage = (stored: StoredMessage): ViewMessage =>
  Object.fromEntries(
    Object.entries(viewFields(stored)).filter(([, value]) => value !== undefined),
  ) as unknown as ViewMessage;

const notDeleted = (state: ChatState): readonly StoredMessage[] =>
  [...state.messages.values()].filter(({ deleted }) => !deleted);

/** The messages a person still sees, oldest first. */
export const visibleMessages = (state: ChatState): readonly ViewMessage[] =>
  notDeleted(state).map((stored) => viewMessage(stored));

/** The last `count` of them, oldest first, before message number `before` where that is given. */
export const latestMessages = (state: ChatState, count: number, before?: number): readonly ViewMessage[] =>
  notDeleted(state)
    .filter(({ wire }) => before === undefined || wire.message_id < before)
    .slice(-count)
    .map((stored) => viewMessage(stored));

/** The first `count` of them after message number `after`, oldest first. */
export const messagesAfter = (state: ChatState, count: number, after: number): readonly ViewMessage[] =>
  notDeleted(state)
    .filter(({ wire }) => wire.message_id > after)
    .slice(0, count)
    .map((stored) => viewMessage(stored));

/** How many messages of the bot lie after the last one read. */
export const unreadCount = (state: ChatState): number => {
  let count = 0;
  for (const [id, { by, deleted }] of state.messages)
    if (id > state.readUpTo && by === 'bot' && !deleted) count += 1;
  return count;
};
