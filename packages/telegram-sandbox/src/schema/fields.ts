import { z } from 'zod';

// Parameters arrive as JSON, or as strings from a form; Telegram takes both, so every field reads both.

const parseJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

/** A whole number, also as a string of digits. */
export const whole = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value),
  z.int(),
);

/** A number, also as a string. */
export const decimal = z.preprocess(
  (value) =>
    typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : value,
  z.number(),
);

/** True or false, also as a string of a form. */
export const flag = z.preprocess((value) => {
  if (typeof value !== 'string') return value;
  const lower = value.toLowerCase();
  if (['true', '1', 'yes', 'y', 't'].includes(lower)) return true;
  if (['false', '0', 'no', 'n', 'f', ''].includes(lower)) return false;
  return value;
}, z.boolean());

/** A string; a number is read as its digits, as Telegram does for top-level parameters. */
export const words = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());

/** An object or array, also as a JSON string. */
export const json = <T extends z.ZodType>(schema: T): z.ZodPreprocess<T> => z.preprocess(parseJson, schema);

/** chat_id: a number or a string; resolved to a chat when the call runs. */
export const chatId = z.union([z.number(), z.string()], { error: 'chat_id is empty' });

export const messageId = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.int({ error: 'message identifier is not specified' }),
);

export const fileName = words;
