import { z } from 'zod';
import { badRequest } from '../errors.js';
import {
  captionFields,
  entities,
  linkPreviewFields,
  replyMarkupFields,
  targetFields,
} from '../schema/content.js';
import { json, words } from '../schema/fields.js';
import { inputMedia } from '../schema/input-media.js';
import { readInlineMarkup } from '../schema/markup.js';
import type { ChatState, World } from '../state/world.js';
import { formatMessageText } from '../text/format.js';
import type { Message } from '../wire.js';
import { findMessage, findRecipient } from './chat-lookup.js';
import { takeMedia } from './media.js';
import { method, type Outcome } from './method.js';
import { captionContent } from './send-media.js';

type Target = { readonly state: ChatState; readonly old: Message };

const findTarget = (
  world: World,
  target: { readonly chat_id: number | string; readonly message_id: number },
): Target => {
  const state = findRecipient(world, target.chat_id);
  const stored = findMessage(state, target.message_id);
  if (!stored) throw badRequest('message to edit not found');
  if (stored.by !== 'bot' || stored.wire.forward_origin !== undefined)
    throw badRequest("message can't be edited");
  if (stored.editable === false) throw badRequest("message can't be edited");
  return { state, old: stored.wire };
};

// Key order tells nothing, undefined fields are absent: both fall away here.
const shownPart = ({ edit_date: _edited, ...rest }: Message): string => {
  const fields = Object.entries(rest).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

const edited = ({ state, old }: Target, patch: Partial<Message>, now: number): Outcome => {
  const wire: Message = { ...old, ...patch };
  if (shownPart(wire) === shownPart(old)) {
    throw badRequest(notModified);
  }
  const chatId = state.chat.id;
  const result = { ...wire, edit_date: Math.floor(now / 1000) };
  return {
    result,
    changes: [{ kind: 'edit', chatId, wire: result }],
    chatId,
    messageId: old.message_id,
    cost: 1,
  };
};

const hasMedia = ({ photo, document, video, audio, voice }: Message): boolean =>
  [photo, document, video, audio, voice].some((media) => media !== undefined);

const editMessageText = method(
  'editMessageText',
  z.strictObject({
    text: z.preprocess((value) => value ?? '', words),
    ...targetFields,
    ...linkPreviewFields,
    ...replyMarkupFields,
    parse_mode: words.optional(),
    entities: entities.optional(),
  }),
  ({ world, params, now }) => {
    const formatted = formatMessageText({
      text: params.text,
      parseMode: params.parse_mode,
      entities: params.entities,
    });
    const markup = readInlineMarkup(params.reply_markup);
    const target = findTarget(world, params);
    if (target.old.text === undefined) throw badRequest('there is no text in the message to edit');
    const marks = formatted.entities.length > 0 ? formatted.entities : undefined;
    const link_preview_options = params.link_preview_options;
    return edited(
      target,
      { text: formatted.text, entities: marks, reply_markup: markup, link_preview_options },
      now,
    );
  },
);

const editMessageCaption = method(
  'editMessageCaption',
  z.strictObject({ ...targetFields, ...captionFields, ...replyMarkupFields }),
  ({ world, params, now }) => {
    const { caption, caption_entities } = captionContent({
      text: params.caption,
      parseMode: params.parse_mode,
      entities: params.caption_entities,
    });
    const markup = readInlineMarkup(params.reply_markup);
    const target = findTarget(world, params);
    if (!hasMedia(target.old)) throw badRequest('there is no caption in the message to edit');
    const above = params.show_caption_above_media ?? target.old.show_caption_above_media;
    return edited(
      target,
      { caption, caption_entities, reply_markup: markup, show_caption_above_media: above },
      now,
    );
  },
);

const editMessageReplyMarkup = method(
  'editMessageReplyMarkup',
  z.strictObject({ ...targetFields, ...replyMarkupFields }),
  ({ world, params, now }) => {
    const markup = readInlineMarkup(params.reply_markup);
    return edited(findTarget(world, params), { reply_markup: markup }, now);
  },
);

const editMessageMedia = method(
  'editMessageMedia',
  z.strictObject({ media: json(inputMedia), ...targetFields, ...replyMarkupFields }),
  ({ world, params, uploads, now }) => {
    const item = params.media;
    const caption = captionContent({
      text: item.caption,
      parseMode: item.parse_mode,
      entities: item.caption_entities,
    });
    const markup = readInlineMarkup(params.reply_markup);
    const target = findTarget(world, params);
    // A plain text may become media (Bot API 7.11); a location or a voice may not.
    if (target.old.location || target.old.voice) throw badRequest("message can't be edited");
    if (
      target.old.media_group_id !== undefined &&
      ['document', 'audio'].some((kind) => kind === item.type) !==
        Boolean(target.old.document ?? target.old.audio)
    ) {
      throw badRequest("can't use the media of the specified type in the album");
    }
    const media = takeMedia({ world, kind: item.type, value: item.media, uploads });
    const empty = {
      text: undefined,
      entities: undefined,
      photo: undefined,
      document: undefined,
      video: undefined,
      audio: undefined,
    };
    const patch = {
      ...empty,
      caption: undefined,
      caption_entities: undefined,
      ...media.field,
      ...caption,
      reply_markup: markup,
    };
    const outcome = edited(target, patch, now);
    return { ...outcome, changes: [...media.changes, ...(outcome.changes ?? [])] };
  },
);

export const editMethods = [editMessageText, editMessageCaption, editMessageReplyMarkup, editMessageMedia];
