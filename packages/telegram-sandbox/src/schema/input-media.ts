import { z } from 'zod';
import { badRequest } from '../errors.js';
import { entities } from './content.js';
import { json } from './fields.js';

const base = {
  media: z.string({ error: 'media not found' }),
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: entities.optional(),
};
const thumbnail = { thumbnail: z.string().optional() };
const above = { show_caption_above_media: z.boolean().optional(), has_spoiler: z.boolean().optional() };
const size = { width: z.int().optional(), height: z.int().optional() };
const duration = { duration: z.int().optional() };

export const inputMedia = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('photo'), ...base, ...above }),
    z.strictObject({
      type: z.literal('video'),
      ...base,
      ...above,
      ...size,
      ...duration,
      ...thumbnail,
      supports_streaming: z.boolean().optional(),
    }),
    z.strictObject({
      type: z.literal('document'),
      ...base,
      ...thumbnail,
      disable_content_type_detection: z.boolean().optional(),
    }),
    z.strictObject({
      type: z.literal('audio'),
      ...base,
      ...duration,
      ...thumbnail,
      performer: z.string().optional(),
      title: z.string().optional(),
    }),
  ],
  { error: "can't parse InputMedia: type must be photo, video, document or audio" },
);

export type InputMedia = z.output<typeof inputMedia>;

export const albumField = json(z.array(inputMedia, { error: "can't parse media JSON object" }));

/** An album is 2–10 items; documents and audio stay among themselves. */
export const checkAlbum = (items: readonly InputMedia[]): void => {
  if (items.length < 2) throw badRequest('too few messages to send as an album');
  if (items.length > 10) throw badRequest('too many messages to send as an album');
  const types = new Set(items.map(({ type }) => type));
  if (types.size > 1 && types.has('document'))
    throw badRequest("document can't be mixed with other media types");
  if (types.size > 1 && types.has('audio')) throw badRequest("audio can't be mixed with other media types");
};
