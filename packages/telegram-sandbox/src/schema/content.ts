import { z } from 'zod';
import { chatId, decimal, flag, json, messageId, whole, words } from './fields.js';
import { markupField } from './markup.js';

const entityTypes = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
] as const;

const missing = (field: string): { error: string } => ({
  error: `can't parse MessageEntity: Can't find field "${field}"`,
});

const entity = z
  .strictObject({
    type: z.enum(entityTypes, { error: "can't parse MessageEntity: Unsupported type specified" }),
    offset: z.int(missing('offset')),
    length: z.int(missing('length')),
    url: z.string().optional(),
    user: z.looseObject({ id: z.int(), is_bot: z.boolean(), first_name: z.string() }).optional(),
    language: z.string().optional(),
    custom_emoji_id: z.string().optional(),
  })
  .refine(({ type, url }) => type !== 'text_link' || url !== undefined, missing('url'))
  .refine(({ type, user }) => type !== 'text_mention' || user !== undefined, missing('user'))
  .refine(
    ({ type, custom_emoji_id }) => type !== 'custom_emoji' || custom_emoji_id !== undefined,
    missing('custom_emoji_id'),
  )
  .refine(({ type, url }) => type !== 'text_link' || URL.canParse(url ?? ''), {
    error: (issue) =>
      `entity URL '${String((issue.input as { url?: string }).url)}' is invalid: Wrong HTTP URL`,
  });

export const entities = json(z.array(entity));

const replyParameters = z.strictObject({
  message_id: z.int({ error: 'can\'t find field "message_id"' }),
  chat_id: chatId.optional(),
  allow_sending_without_reply: z.boolean().optional(),
  quote: z.string().optional(),
  quote_parse_mode: z.string().optional(),
  quote_entities: z.array(entity).optional(),
  quote_position: z.int().optional(),
});

const linkPreview = z.strictObject({
  is_disabled: z.boolean().optional(),
  url: z.string().optional(),
  prefer_small_media: z.boolean().optional(),
  prefer_large_media: z.boolean().optional(),
  show_above_text: z.boolean().optional(),
});

export const linkPreviewFields = {
  link_preview_options: json(linkPreview).optional(),
  disable_web_page_preview: flag.optional(),
};

/** What every call that makes a new message understands. */
export const sendFields = {
  chat_id: chatId,
  message_thread_id: whole.optional(),
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
  reply_parameters: json(replyParameters).optional(),
  reply_to_message_id: whole.optional(),
  allow_sending_without_reply: flag.optional(),
};

export const replyMarkupFields = { reply_markup: markupField };

export const captionFields = {
  caption: words.optional(),
  parse_mode: words.optional(),
  caption_entities: entities.optional(),
  show_caption_above_media: flag.optional(),
};

/** The message an edit means. Inline messages do not exist here. */
export const targetFields = { chat_id: chatId, message_id: messageId };

export const locationFields = {
  latitude: decimal,
  longitude: decimal,
  horizontal_accuracy: decimal.optional(),
};

export type SendParams = z.output<z.ZodObject<typeof sendFields>>;
