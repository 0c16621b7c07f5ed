import type { Refusal } from './row.js';

const base = { chat_id: 1001, text: 'x' };

const markup = (name: string, bad: unknown, good: unknown, says: string): Refusal => ({
  method: 'sendMessage',
  name,
  bad: () => ({ ...base, reply_markup: bad }),
  good: () => ({ ...base, reply_markup: good }),
  says: `Bad Request: ${says}`,
});

const button = (name: string, bad: unknown, good: unknown, says: string): Refusal =>
  markup(name, { inline_keyboard: [[bad]] }, { inline_keyboard: [[good]] }, says);

const data = (callback_data: string) => ({ text: 'b', callback_data });
const many = (count: number) => Array.from({ length: count }, (_, index) => data(`d${index}`));

export const keyboardRefusals: readonly Refusal[] = [
  button('65 bytes of callback data', data('x'.repeat(65)), data('x'.repeat(64)), 'BUTTON_DATA_INVALID'),
  button(
    '22 Chinese characters: 66 bytes',
    data('签'.repeat(22)),
    data('签'.repeat(21)),
    'BUTTON_DATA_INVALID',
  ),
  button(
    'empty callback data',
    data(''),
    data('x'),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ),
  button(
    'a button without an action',
    { text: 'b' },
    { text: 'b', url: 'https://example.org' },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ),
  button(
    'a button without text',
    { callback_data: 'x' },
    data('x'),
    'can\'t parse inline keyboard button: Can\'t find field "text"',
  ),
  button(
    'a text that is no string',
    { text: 5, callback_data: 'x' },
    data('x'),
    'can\'t parse inline keyboard button: Field "text" must be of type String',
  ),
  button(
    'an address without a scheme',
    { text: 'b', url: 'not-a-url' },
    { text: 'b', url: 'https://t.me/x?start=1' },
    "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
  ),
  button(
    'an address of FTP',
    { text: 'b', url: 'ftp://example.org' },
    { text: 'b', url: 'http://example.org' },
    "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
  ),
  button('a pay button outside an invoice', { text: 'b', pay: true }, data('pay'), 'BUTTON_TYPE_INVALID'),
  button(
    'a key a button does not have',
    { ...data('x'), colour: 'red' },
    data('x'),
    'unknown parameter "colour" specified',
  ),
  button(
    'two actions in one button',
    { ...data('x'), url: 'https://a.b' },
    data('x'),
    "can't parse inline keyboard button: exactly one optional field must be used",
  ),
  button(
    'a button that is no object',
    'b',
    data('b'),
    "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
  ),
  markup(
    'nine buttons in a row',
    { inline_keyboard: [many(9)] },
    { inline_keyboard: [many(8)] },
    'REPLY_MARKUP_TOO_LONG',
  ),
  markup(
    '101 buttons',
    { inline_keyboard: many(101).map((one) => [one]) },
    { inline_keyboard: many(100).map((one) => [one]) },
    'REPLY_MARKUP_TOO_LONG',
  ),
  markup(
    'rows that are no rows',
    { inline_keyboard: [data('x')] },
    { inline_keyboard: [[data('x')]] },
    'field "inline_keyboard" must be an Array of Arrays',
  ),
  markup(
    'a keyboard that is no array',
    { inline_keyboard: 'bad' },
    { inline_keyboard: [] },
    'field "inline_keyboard" must be of type Array',
  ),
  markup(
    'broken JSON',
    '{"inline_keyboard":',
    '{"inline_keyboard":[[{"text":"b","callback_data":"x"}]]}',
    "can't parse reply keyboard markup JSON object",
  ),
  markup('a list instead of an object', [1], { force_reply: true }, 'object expected as reply markup'),
  markup(
    'a flag of another type',
    { keyboard: [[{ text: 'A' }]], one_time_keyboard: 'yes' },
    { keyboard: [['A', { text: 'B', request_contact: true }]], one_time_keyboard: true },
    'field "one_time_keyboard" must be of type Boolean',
  ),
  markup(
    'remove_keyboard of another type',
    { remove_keyboard: 'yes' },
    { remove_keyboard: true },
    'field "remove_keyboard" must be of type Boolean',
  ),
  markup(
    'a placeholder of 65',
    { force_reply: true, input_field_placeholder: 'x'.repeat(65) },
    { force_reply: true, input_field_placeholder: 'x'.repeat(64) },
    'input_field_placeholder must be 1-64 characters',
  ),
];
