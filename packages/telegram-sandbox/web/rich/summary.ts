import type { ViewMessage } from '../model.js';
import type { Text } from '../text/text.js';

/** One line for lists, quotes and screen readers: the words, else what kind of thing was sent. */
export function summaryOf(message: ViewMessage, text: Text): string {
  const kind = kindName(message, text);
  const words = (message.text ?? message.caption ?? '').replaceAll(/\s+/g, ' ').trim();
  if (kind === undefined) return words;
  return words === '' ? kind : `${kind}: ${words}`;
}

function kindName(message: ViewMessage, text: Text): string | undefined {
  if (message.photo) return text.message.photo;
  if (message.voice) return text.message.voice;
  if (message.audio) return message.audio.fileName ?? text.message.audio;
  if (message.video) return text.message.video;
  if (message.document) return message.document.fileName ?? text.message.document;
  if (message.location) return text.message.location;
  if (message.pinned) return text.message.pinned;
  return undefined;
}

const kinds = ['photo', 'document', 'voice', 'audio', 'video', 'location'] as const;

/** The server names a message without words by its kind in brackets; here it gets the reader's word. */
export function wordsOfKind(line: string, text: Text): string {
  const kind = kinds.find((one) => line === `[${one}]`);
  return kind === undefined ? line : text.message[kind];
}
