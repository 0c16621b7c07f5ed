import { z } from 'zod';

const kind = z.enum(['photo', 'document', 'voice', 'video', 'audio']);

export const personParams = z.object({ id: z.coerce.number().int() });
export const startBody = z.strictObject({ payload: z.string().optional() });
export const sayBody = z.strictObject({ text: z.string(), replyTo: z.int().optional() });
export const fileBody = z.strictObject({
  kind,
  fileName: z.string().default('file'),
  mimeType: z.string().default('application/octet-stream'),
  dataBase64: z.base64(),
  caption: z.string().optional(),
  mediaGroup: z.string().optional(),
  duration: z.number().optional(),
});
export const albumBody = z.strictObject({
  items: z
    .array(fileBody.omit({ mediaGroup: true }))
    .min(2)
    .max(10),
});
export const locationBody = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export const pressBody = z
  .strictObject({ messageId: z.int(), data: z.string().optional(), text: z.string().optional() })
  .refine(({ data, text }) => (data === undefined) !== (text === undefined), { error: 'give data or text' });
export const editBody = z.strictObject({ messageId: z.int(), text: z.string() });
export const readBody = z.strictObject({ upTo: z.int() });
export const messagesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  before: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional(),
});
export const journalQuery = z.object({ after: z.coerce.number().int().default(0) });
export const clockBody = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ advanceWorking: z.string() }),
  z.strictObject({ jump: z.string() }),
]);

/** The fields of a multipart file, beside its bytes. */
export const formFields = z.object({
  kind,
  caption: z.string().optional(),
  mediaGroup: z.string().optional(),
  duration: z.coerce.number().optional(),
});
