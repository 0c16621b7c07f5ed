import type { Refusal } from './row.js';

const to = { chat_id: 1001 };
const method = 'sendMessage';

const text = (
  name: string,
  bad: Record<string, unknown>,
  good: Record<string, unknown>,
  says: string,
): Refusal => ({
  method,
  name,
  bad: () => ({ ...to, ...bad }),
  good: () => ({ ...to, ...good }),
  says: `Bad Request: ${says}`,
});

const html = (name: string, bad: string, good: string, says: string): Refusal =>
  text(
    name,
    { text: bad, parse_mode: 'HTML' },
    { text: good, parse_mode: 'HTML' },
    `can't parse entities: ${says}`,
  );

const markdown = (name: string, bad: string, good: string, says: string): Refusal =>
  text(
    name,
    { text: bad, parse_mode: 'MarkdownV2' },
    { text: good, parse_mode: 'MarkdownV2' },
    `can't parse entities: ${says}`,
  );

const entity = (
  name: string,
  bad: Record<string, unknown>,
  good: Record<string, unknown>,
  says: string,
): Refusal => text(name, { text: 'he😀llo', entities: [bad] }, { text: 'he😀llo', entities: [good] }, says);

const bold = { type: 'bold', offset: 0, length: 2 };

export const textRefusals: readonly Refusal[] = [
  text('a missing text', {}, { text: 'x' }, 'message text is empty'),
  text('an empty text', { text: '' }, { text: '0' }, 'message text is empty'),
  text('only white space', { text: ' \n\t ' }, { text: ' \n. ' }, 'text must be non-empty'),
  text('4097 units', { text: 'x'.repeat(4097) }, { text: 'x'.repeat(4096) }, 'message is too long'),
  text(
    '2049 emoji of two units',
    { text: '😀'.repeat(2049) },
    { text: '😀'.repeat(2048) },
    'message is too long',
  ),
  text('a text that is no string', { text: { a: 1 } }, { text: 12 }, 'field "text" must be of type String'),
  text(
    'an unknown parameter',
    { text: 'x', colour: 'red' },
    { text: 'x', protect_content: true },
    'unknown parameter "colour" specified',
  ),
  text(
    'an unknown parse mode',
    { text: 'x', parse_mode: 'BBCode' },
    { text: 'x', parse_mode: 'html' },
    'unsupported parse_mode',
  ),
  text(
    'a flag that is no flag',
    { text: 'x', protect_content: 'maybe' },
    { text: 'x', protect_content: 'true' },
    'field "protect_content" must be of type Boolean',
  ),
  text(
    'a reply to nothing',
    { text: 'x', reply_parameters: { message_id: 999_999 } },
    { text: 'x', reply_parameters: { message_id: 999_999, allow_sending_without_reply: true } },
    'message to be replied not found',
  ),
  text(
    'reply parameters without a message',
    { text: 'x', reply_parameters: { quote: 'a' } },
    { text: 'x', reply_parameters: { message_id: 1 } },
    'can\'t find field "message_id"',
  ),
  text(
    'unknown keys in nested objects',
    { text: 'x', link_preview_options: { disabled: true } },
    { text: 'x', link_preview_options: { is_disabled: true } },
    'unknown parameter "disabled" specified',
  ),
  text(
    'nested flags of another type',
    { text: 'x', link_preview_options: { is_disabled: 'yes' } },
    { text: 'x', link_preview_options: '{"is_disabled":true}' },
    'field "is_disabled" must be of type Boolean',
  ),
  text(
    'a thread in a chat without threads',
    { text: 'x', message_thread_id: 5 },
    { text: 'x' },
    'message thread not found',
  ),
  html('an unclosed tag', '<b>bold', '<b>bold</b>', 'Can\'t find end tag corresponding to start tag "b"'),
  html(
    'a tag it does not know',
    'a <script>x</script>',
    'a &lt;script&gt;x',
    'Unsupported start tag "script" at byte offset 2',
  ),
  html(
    'crossed tags',
    '<b><i>x</b></i>',
    '<b><i>x</i></b>',
    'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
  ),
  html('an end without a start', '中</b>', '中', 'Unexpected end tag at byte offset 3'),
  html('a bare less-than sign', 'a < b', 'a &lt; b', 'Unclosed start tag at byte offset 2'),
  html(
    'a custom emoji without a number',
    '<tg-emoji emoji-id="x">😀</tg-emoji>',
    '<tg-emoji emoji-id="5368324170671202286">😀</tg-emoji>',
    'Invalid custom emoji identifier specified',
  ),
  markdown(
    'a reserved dot',
    'Version 1.0',
    'Version 1\\.0',
    "Character '.' is reserved and must be escaped with the preceding '\\'",
  ),
  markdown(
    'a reserved dash',
    'a-b',
    'a\\-b',
    "Character '-' is reserved and must be escaped with the preceding '\\'",
  ),
  markdown('bold without an end', '*bold', '*bold*', "Can't find end of Bold entity at byte offset 0"),
  markdown(
    'italic without an end after other bytes',
    '中 _x',
    '中 _x_',
    "Can't find end of Italic entity at byte offset 4",
  ),
  markdown('code without an end', '`x', '`x`', "Can't find end of Code entity at byte offset 0"),
  markdown(
    'a link without an end',
    '[x](http://a.b',
    '[x](http://a.b)',
    "Can't find end of a URL at byte offset 0",
  ),
  text(
    'legacy Markdown without an end',
    { text: '*x', parse_mode: 'Markdown' },
    { text: '*x*', parse_mode: 'Markdown' },
    "can't parse entities: Can't find end of the entity starting at byte offset 0",
  ),
  entity(
    'an entity behind the text',
    { ...bold, offset: 100 },
    bold,
    'entity begins after the end of the text at UTF-16 offset 100',
  ),
  entity(
    'an entity longer than the text',
    { ...bold, length: 100 },
    { ...bold, length: 7 },
    'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100',
  ),
  entity('a negative offset', { ...bold, offset: -1 }, bold, 'receive an entity with incorrect offset -1'),
  entity(
    'an entity that begins inside an emoji',
    { ...bold, offset: 3, length: 1 },
    { ...bold, offset: 2 },
    'entity begins in a middle of a UTF-16 symbol at UTF-16 offset 3',
  ),
  entity(
    'an entity that ends inside an emoji',
    { ...bold, length: 3 },
    { ...bold, length: 4 },
    'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 offset 3',
  ),
  entity(
    'an unknown type',
    { ...bold, type: 'blink' },
    bold,
    "can't parse MessageEntity: Unsupported type specified",
  ),
  entity(
    'a link without an address',
    { ...bold, type: 'text_link' },
    { ...bold, type: 'text_link', url: 'https://example.org' },
    'can\'t parse MessageEntity: Can\'t find field "url"',
  ),
  entity(
    'a link with a bad address',
    { ...bold, type: 'text_link', url: 'nowhere' },
    { ...bold, type: 'text_link', url: 'http://a.b' },
    "entity URL 'nowhere' is invalid: Wrong HTTP URL",
  ),
];
