import { z } from 'zod';
import { badRequest } from '../errors.js';
import type { InlineKeyboard, ReplyMarkup } from '../wire.js';
import { json } from './fields.js';

const unparsed = json(z.unknown());

/** reply_markup as it arrives; `readMarkup` and `readInlineMarkup` judge it. */
export const markupField = unparsed.optional();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inlineActions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];
const inlineKeys = new Set(['text', 'style', 'icon_custom_emoji_id', ...inlineActions]);
const keyboardButtonKeys = new Set([
  'text',
  'style',
  'icon_custom_emoji_id',
  'request_users',
  'request_chat',
  'request_contact',
  'request_location',
  'request_poll',
  'web_app',
]);

// telegraf writes its own "hide" into every button; Telegram ignores it.
const withoutHide = (button: unknown): unknown => {
  if (!isRecord(button)) return button;
  const { hide: _hide, ...rest } = button;
  return rest;
};

const refuseOthers = (record: Record<string, unknown>, known: ReadonlySet<string>): void => {
  const other = Object.keys(record).find((key) => !known.has(key));
  if (other !== undefined) throw badRequest(`unknown parameter "${other}" specified`);
};

const readText = (button: Record<string, unknown>, what: string): void => {
  if (button['text'] === undefined) throw badRequest(`can't parse ${what}: Can't find field "text"`);
  if (typeof button['text'] !== 'string')
    throw badRequest(`can't parse ${what}: Field "text" must be of type String`);
  if (button['text'].trim() === '') throw badRequest(`${what} text is empty`);
};

const readUrl = (url: unknown): void => {
  const text = String(url);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const invalid = (reason: string): Error =>
    badRequest(`inline keyboard button URL '${text}' is invalid: ${reason}`);
  if (!parsed) throw invalid('Wrong HTTP URL');
  if (!['http:', 'https:', 'tg:', 'tonsite:'].includes(parsed.protocol))
    throw invalid('Unsupported URL protocol');
};

const readInlineButton = (button: unknown): void => {
  const what = 'inline keyboard button';
  if (!isRecord(button)) throw badRequest(`can't parse ${what}: InlineKeyboardButton must be an Object`);
  readText(button, what);
  refuseOthers(button, inlineKeys);
  const actions = inlineActions.filter((key) => button[key] !== undefined && button[key] !== '');
  if (button['switch_inline_query'] === '' || button['switch_inline_query_current_chat'] === '') return;
  const [action, second] = actions;
  if (action === undefined) {
    throw badRequest(`can't parse ${what}: Text buttons are unallowed in the inline keyboard`);
  }
  if (second !== undefined) throw badRequest(`can't parse ${what}: exactly one optional field must be used`);
  if (action === 'url') readUrl(button['url']);
  if (action === 'pay' || action === 'callback_game') throw badRequest('BUTTON_TYPE_INVALID');
  if (action !== 'callback_data') return;
  const data = button['callback_data'];
  if (typeof data !== 'string')
    throw badRequest(`can't parse ${what}: Field "callback_data" must be of type String`);
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID');
};

const readRows = (value: unknown, field: string): readonly unknown[][] => {
  if (!Array.isArray(value)) throw badRequest(`field "${field}" must be of type Array`);
  const rows: readonly unknown[] = value;
  if (!rows.every((row): row is unknown[] => Array.isArray(row))) {
    throw badRequest(`field "${field}" must be an Array of Arrays`);
  }
  // Telegram cuts or refuses bigger keyboards; a bot must never depend on it.
  const tooBig = rows.some((row) => row.length > 8) || rows.flat().length > 100;
  if (tooBig) throw badRequest('REPLY_MARKUP_TOO_LONG');
  return rows;
};

const readFlags = (record: Record<string, unknown>, names: readonly string[]): void => {
  for (const name of names) {
    const value = record[name];
    if (value !== undefined && typeof value !== 'boolean')
      throw badRequest(`field "${name}" must be of type Boolean`);
  }
};

const readPlaceholder = (record: Record<string, unknown>): void => {
  const value = record['input_field_placeholder'];
  if (value === undefined) return;
  if (typeof value !== 'string') throw badRequest('field "input_field_placeholder" must be of type String');
  if (value.length < 1 || value.length > 64)
    throw badRequest('input_field_placeholder must be 1-64 characters');
};

const readKeyboard = (record: Record<string, unknown>): ReplyMarkup => {
  refuseOthers(
    record,
    new Set([
      'keyboard',
      'is_persistent',
      'resize_keyboard',
      'one_time_keyboard',
      'input_field_placeholder',
      'selective',
    ]),
  );
  const rows = readRows(record['keyboard'], 'keyboard').map((row) => row.map(withoutHide));
  for (const button of rows.flat()) {
    if (typeof button === 'string' && button.trim() !== '') continue;
    if (!isRecord(button))
      throw badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object");
    readText(button, 'keyboard button');
    refuseOthers(button, keyboardButtonKeys);
    readFlags(button, ['request_contact', 'request_location']);
  }
  readFlags(record, ['is_persistent', 'resize_keyboard', 'one_time_keyboard', 'selective']);
  readPlaceholder(record);
  return { ...record, keyboard: rows } as ReplyMarkup;
};

const readObject = (value: unknown): Record<string, unknown> => {
  if (typeof value === 'string') throw badRequest("can't parse reply keyboard markup JSON object");
  if (!isRecord(value)) throw badRequest('object expected as reply markup');
  return value;
};

/** Any reply_markup of a new message; undefined when there is none. */
export const readMarkup = (value: unknown): ReplyMarkup | undefined => {
  if (value === undefined || value === '') return undefined;
  const record = readObject(value);
  if (Object.keys(record).length === 0) return undefined;
  if ('inline_keyboard' in record) return readInlineMarkup(record);
  if ('keyboard' in record) return readKeyboard(record);
  if ('remove_keyboard' in record) {
    refuseOthers(record, new Set(['remove_keyboard', 'selective']));
    readFlags(record, ['remove_keyboard', 'selective']);
  } else {
    refuseOthers(record, new Set(['force_reply', 'input_field_placeholder', 'selective']));
    readFlags(record, ['force_reply', 'selective']);
    readPlaceholder(record);
  }
  return record as ReplyMarkup;
};

/** The inline keyboard of an edit; an empty one and none are the same: no keyboard. Other kinds are refused. */
export const readInlineMarkup = (value: unknown): InlineKeyboard | undefined => {
  if (value === undefined || value === '') return undefined;
  const record = readObject(value);
  if (Object.keys(record).length === 0) return undefined;
  if (!('inline_keyboard' in record)) throw badRequest('inline keyboard expected');
  refuseOthers(record, new Set(['inline_keyboard']));
  const rows = readRows(record['inline_keyboard'], 'inline_keyboard').map((row) => row.map(withoutHide));
  for (const button of rows.flat()) readInlineButton(button);
  const filled = rows.filter((row) => row.length > 0);
  return filled.length > 0 ? ({ inline_keyboard: filled } as InlineKeyboard) : undefined;
};
