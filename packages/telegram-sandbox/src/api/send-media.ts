import { z } from 'zod';
import { captionFields, replyMarkupFields, sendFields } from '../schema/content.js';
import { flag, whole, words } from '../schema/fields.js';
import { readMarkup } from '../schema/markup.js';
import { formatCaption, type FormatRequest } from '../text/format.js';
import type { MediaKind } from '../wire.js';
import { findRecipient } from './chat-lookup.js';
import { takeMedia, type Dimensions } from './media.js';
import { method, type Method } from './method.js';
import { findReplied, newMessage, refuseThread, type MessageContent } from './new-message.js';

/** A caption as the Bot API returns it: the fields are absent when it is empty. */
export const captionContent = (
  request: Omit<FormatRequest, 'text'> & { readonly text?: string | undefined },
): MessageContent => {
  const { text, entities } = formatCaption({ ...request, text: request.text ?? '' });
  if (text === '') return {};
  return { caption: text, caption_entities: entities.length > 0 ? entities : undefined };
};

const own: Readonly<Record<MediaKind, Readonly<Record<string, z.ZodType>>>> = {
  photo: { has_spoiler: flag.optional() },
  document: { thumbnail: words.optional(), disable_content_type_detection: flag.optional() },
  voice: { duration: whole.optional() },
  video: {
    duration: whole.optional(),
    width: whole.optional(),
    height: whole.optional(),
    has_spoiler: flag.optional(),
    supports_streaming: flag.optional(),
    thumbnail: words.optional(),
  },
  audio: {
    duration: whole.optional(),
    performer: words.optional(),
    title: words.optional(),
    thumbnail: words.optional(),
  },
};

const dimensionsOf = (params: Readonly<Record<string, unknown>>): Dimensions => {
  const read = (name: string): number | undefined => {
    const value = params[name];
    return typeof value === 'number' ? value : undefined;
  };
  return { duration: read('duration'), width: read('width'), height: read('height') };
};

const sendMedia = (name: string, kind: MediaKind): Method =>
  method(
    name,
    z.strictObject({
      [kind]: words.optional(),
      ...own[kind],
      ...captionFields,
      ...sendFields,
      ...replyMarkupFields,
    }),
    ({ world, params, uploads, now }) => {
      const caption = captionContent({
        text: params.caption,
        parseMode: params.parse_mode,
        entities: params.caption_entities,
      });
      const markup = readMarkup(params.reply_markup);
      const value = (params as Readonly<Record<string, unknown>>)[kind];
      const state = findRecipient(world, params.chat_id);
      refuseThread(params);
      const media = takeMedia({
        world,
        kind,
        value: typeof value === 'string' ? value : undefined,
        direct: uploads.get(kind),
        uploads,
        extra: dimensionsOf(params),
      });
      const content = {
        ...media.field,
        ...caption,
        show_caption_above_media: params.show_caption_above_media,
      };
      const replyTo = findReplied(state, params);
      const { wire, changes } = newMessage({
        world,
        state,
        now,
        content,
        markup,
        replyTo,
        isProtected: params.protect_content,
      });
      return {
        result: wire,
        changes: [...media.changes, ...changes],
        chatId: state.chat.id,
        messageId: wire.message_id,
        cost: 1,
      };
    },
  );

export const mediaMethods = [
  sendMedia('sendPhoto', 'photo'),
  sendMedia('sendDocument', 'document'),
  sendMedia('sendVoice', 'voice'),
  sendMedia('sendVideo', 'video'),
  sendMedia('sendAudio', 'audio'),
];
