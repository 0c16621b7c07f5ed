/** What an update brings: words, a file with or without words, or something the channel does not take. */
import type { Message, Update } from 'telegraf/types';
import type { TypedText } from '../src/domain/forms/cut-text.js';
import type { Attachment, StepInput } from '../src/domain/forms/form.js';

export interface RefusedInput {
  readonly refused: 'unsupported' | 'unknown';
}

export const isRefusedInput = (input: StepInput | RefusedInput): input is RefusedInput => 'refused' in input;

/** Takes a Telegram message, gives the input of a step; files stay at Telegram, only their ids are taken (rules §6). */
export function readInput(message: Message): StepInput | RefusedInput {
  if ('text' in message)
    return message.text.startsWith('/') ? { refused: 'unknown' } : { type: 'text', text: message.text };
  const file = readFile(message);
  if (!file) return { refused: 'unsupported' };
  const group = 'media_group_id' in message ? message.media_group_id : undefined;
  const caption = 'caption' in message ? message.caption : undefined;
  return {
    type: 'file',
    file: group === undefined ? file : { ...file, group },
    ...(caption ? { caption } : {}),
  };
}

interface Stored {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size?: number;
  readonly mime_type?: string;
  readonly file_name?: string;
  readonly duration?: number;
}

const held = (kind: Attachment['kind'], file: Stored): Attachment => ({
  kind,
  fileId: file.file_id,
  uniqueId: file.file_unique_id,
  ...(file.file_size === undefined ? {} : { size: file.file_size }),
  ...(file.mime_type === undefined ? {} : { mime: file.mime_type }),
  ...(file.file_name === undefined ? {} : { name: file.file_name }),
  ...(file.duration === undefined ? {} : { seconds: file.duration }),
});

function readFile(message: Message): Attachment | null {
  if ('photo' in message) {
    const largest = message.photo.at(-1);
    return largest ? held('photo', largest) : null;
  }
  if ('document' in message) return held('document', message.document);
  if ('voice' in message) return held('voice', message.voice);
  if ('video' in message) return held('video', message.video);
  if ('audio' in message) return held('audio', message.audio);
  if ('location' in message)
    return { kind: 'location', latitude: message.location.latitude, longitude: message.location.longitude };
  return null;
}

/** A written message as Telegram numbered and dated it; undefined for everything else. */
export const readTyped = (message: Message): TypedText | undefined =>
  'text' in message
    ? { id: message.message_id, at: new Date(message.date * 1_000), text: message.text }
    : undefined;

/** The message that this one is a reply to. */
export const readReply = (message: Message | undefined): number | null =>
  message && 'reply_to_message' in message ? (message.reply_to_message?.message_id ?? null) : null;

/** The channel speaks with one person at a time; groups are not answered. */
export const isPrivate = (update: Update): boolean => {
  if ('message' in update) return update.message.chat.type === 'private';
  if ('edited_message' in update) return update.edited_message.chat.type === 'private';
  if ('callback_query' in update) return update.callback_query.message?.chat.type === 'private';
  return 'my_chat_member' in update && update.my_chat_member.chat.type === 'private';
};
