/** Words that break markup, databases and screens: delivered as they were written, and nothing in them acts (fault 15). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const complaint = '窗口拖着变更登记三个月不办，也不说原因。';

const naughty: readonly (readonly [name: string, lines: readonly string[]])[] = [
  // Well-formed alone, for broken markup is refused by Telegram and then sent plain.
  ['HTML', ['<b>粗体</b> <a href="tg://user?id=1">点我</a> &lt;script&gt; &amp; &#128512;']],
  ['Markdown', ['*星* _下划_ `码` ~删~ ||藏|| [字](https://example.com)']],
  ['broken markup', ['<b><i>没有关上 </a></code> <pre>', '```块``` \\* \\_ *半 _截 [没有](完']],
  [
    'queries and code',
    [
      `'; DROP TABLE cases; -- " OR 1=1`,
      '{"$gt":""} {"$where":"sleep(9)"} $ne[$in] __proto__ constructor.prototype',
      '${7*7} {{7*7}} <%= 7*7 %> #{7*7} %s %n %d `id` $(id) | id ; id',
      '../../../../etc/passwd C:\\Windows\\system32 file:///etc/passwd',
      '=SUM(1;2) +1+1 -1 @SUM(A1)',
    ],
  ],
  [
    'writing',
    [
      '𠮷野家 㐂 ﷽ ŝüñ Ω≈ç√∫ Ĳ ﬁ ① ½ ㍿ 🏳️‍🌈 👨‍👩‍👧‍👦 🇨🇳 👍🏽',
      'עברית ועוד العربية و हिन्दी ไทย 한국어 ひらがな カタカナ',
      'Z̷̢͎a̶̡l̸̰g̵o̴ é e\u0301 A\u030A Å',
      '／＼：＊？＂＜＞｜　全角空格　“引号”‘单’…—·',
    ],
  ],
  [
    'signs nobody sees',
    [
      '左\u202E右反\u202C正',
      '\u2066隔\u2069离\u2067 开\u2069',
      '零\u200B宽\u200D连\u200C断\u2060词',
      '软\u00AD连字 窄\u202F空 不\u00A0断',
    ],
  ],
  [
    'names of the bot',
    ['/start /health /cancel@bot @everyone #话题 ZT-000-000-0000 https://t.me/x?start=1 a@b.cn'],
  ],
];

/** What a reader may find different: the order of writing marks that Telegram itself takes away, and spaces at the ends. */
const legible = (text: string): string =>
  text.normalize('NFC').replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\u00AD]/gu, '');

test.each(naughty)('%s: the duty officer reads what the owner wrote', async (_name, lines) => {
  const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
  const { number } = await report(owner, [complaint, ...lines].join('\n'));
  const card = await cardOf(duty, number, /新件待受理|收到一条/);
  let shown = card;
  if (duty.buttons(card).includes('📖 阅读全文')) {
    const since = duty.mark();
    await duty.press('📖 阅读全文', { message: card });
    shown = await duty.waitFor((message) => message.messageId !== card.messageId, { since });
  }
  for (const line of lines) expect(legible(shown.text ?? '')).toContain(legible(line));
  expect((await channel.state()).deadLetters).toBe(0);
});
