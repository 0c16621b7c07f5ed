import { expect, test } from 'vitest';
import { formatText } from '../src/text/format.js';

const marks = (text: string, parseMode?: string): readonly string[] => {
  const formatted = formatText({ text, parseMode });
  return formatted.entities.map(
    ({ type, offset, length }) => `${type}:${formatted.text.slice(offset, offset + length)}`,
  );
};

test.each([
  [
    '<b>bold</b> <i>it</i> <u>u</u> <s>s</s> <code>c</code>',
    ['bold:bold', 'italic:it', 'underline:u', 'strikethrough:s', 'code:c'],
  ],
  ['<b>a <i>b</i></b>', ['bold:a b', 'italic:b']],
  ['<a href="https://example.org/?a=1&amp;b=2">x</a>', ['text_link:x']],
  ['<pre><code class="language-ts">let x</code></pre>', ['pre:let x']],
  ['<blockquote expandable>q</blockquote>', ['expandable_blockquote:q']],
  ['<tg-spoiler>s</tg-spoiler><span class="tg-spoiler">t</span>', ['spoiler:s', 'spoiler:t']],
  ['a &lt;b&gt; &amp; &quot;&#x4e2d;&quot;', []],
])('HTML %s', (source, expected) => {
  expect(marks(source, 'HTML')).toEqual(expected);
});

test.each([
  [
    '*b* _i_ __u__ ~s~ ||p|| `c`',
    ['bold:b', 'italic:i', 'underline:u', 'strikethrough:s', 'spoiler:p', 'code:c'],
  ],
  ['*b _i_*', ['bold:b i', 'italic:i']],
  ['[x](https://e\\.org)', ['text_link:x']],
  ['```ts\nlet x\n```', ['pre:let x']],
  ['>q\n>r\nplain', ['blockquote:q\nr\n']],
  ['**>q\n>hidden||\nplain', ['expandable_blockquote:q\nhidden\n']],
  ['>a ||s|| b', ['blockquote:a s b', 'spoiler:s']],
  ['\\*not bold\\*', []],
])('MarkdownV2 %s', (source, expected) => {
  expect(marks(source, 'MarkdownV2')).toEqual(expected);
});

test('addresses, commands, mentions and tags are found by themselves, but not inside code', () => {
  expect(marks('/start 见 https://example.org/a, 或 @some_body #诉求 a@b.cn')).toEqual([
    'bot_command:/start',
    'url:https://example.org/a',
    'mention:@some_body',
    'hashtag:#诉求',
    'email:a@b.cn',
  ]);
  expect(marks('<code>/start https://example.org</code>', 'HTML')).toEqual([
    'code:/start https://example.org',
  ]);
  expect(marks('and/or 1/2 a@b')).toEqual([]);
});

test('texts are cleaned and trimmed, and entities move along', () => {
  const formatted = formatText({
    text: '  a\r\n\u202Eb\u0001 ',
    entities: [{ type: 'bold', offset: 6, length: 1 }],
  });
  expect(formatted).toEqual({ text: 'a\nb', entities: [{ type: 'bold', offset: 2, length: 1 }] });
});

test('offsets are UTF-16 units', () => {
  expect(formatText({ text: '😀<b>中</b>', parseMode: 'HTML' }).entities).toEqual([
    { type: 'bold', offset: 2, length: 1 },
  ]);
});
