import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn, report, screenIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
let owner: TestPerson;
beforeAll(async () => {
  channel = await startChannel();
  owner = channel.person(cast.owner);
  await arrive(owner);
  await arrive(channel.person(cast.duty));
});
afterAll(async () => await channel.stop());

beforeEach(async () => {
  await answerTo('/cancel');
  const since = owner.mark();
  await owner.say('/report');
  const offered = await owner.waitFor(/没写完的草稿|请用自己的话写/, { since });
  if (/没写完/.test(offered.text ?? '')) await owner.press('丢弃草稿，重新写', { message: offered });
  await owner.waitFor(/请用自己的话写/, { since });
});

async function answerTo(words: string): Promise<ViewMessage> {
  const since = owner.mark();
  await owner.say(words);
  return await owner.waitFor(() => true, { since });
}

/** The text of a case as the duty officer reads it in full. */
async function readInFull(number: string): Promise<string> {
  const duty = channel.person(cast.duty);
  const card = await cardOf(duty, number, /新件待受理|收到一条/);
  if (!duty.buttons(card).includes('📖 阅读全文')) return card.text ?? '';
  const since = duty.mark();
  await duty.press('📖 阅读全文', { message: card });
  return (await duty.waitFor((message) => message.messageId !== card.messageId, { since })).text ?? '';
}

const reportWith = (text: string): string => `窗口拖着变更登记三个月不办，也不说原因。${text}`;

test('two characters are too few, and the bot says so', async () => {
  expect((await answerTo('不好')).text).toMatch(/太短了/);
});

test('3,000 characters pass and arrive whole; one more is refused with what to do instead', async () => {
  const most = reportWith('一二三四五六七八九十'.repeat(300)).slice(0, 3000);
  expect((await answerTo(`${most}多`)).text).toMatch(/太长了.*3000 字.*作为文件发来/);
  const { number } = await report(owner, most);
  expect(await readInFull(number)).toContain(most);
});

test('emoji count as one character each, and neither a card nor the full text cuts one in two', async () => {
  const telegramLongest = 4096;
  const first = [...reportWith('🏭'.repeat(2000))].join('').slice(0, telegramLongest - 1);
  const since = owner.mark();
  await owner.say(first);
  await fillIn(owner, { until: 'files', since });
  const { number } = await report(owner, '🚰'.repeat(900));
  await readInFull(number);
  const duty = channel.person(cast.duty);
  await duty.waitFor((message) => message.text?.endsWith('🚰') ?? false);
  const read = duty.messages().map(({ text = '' }) => text);
  expect(read.filter((text) => /\p{Surrogate}/u.test(text))).toEqual([]);
  const full = read.filter((text) => text.startsWith(number) && !text.includes(' · '));
  expect(full.map((text) => text.slice(number.length).trim()).join('')).toBe(`${first}\n${'🚰'.repeat(900)}`);
});

test('what looks like markup, a command or a link arrives as it was written', async () => {
  const text = reportWith('<b>粗</b> *星* _下_ [链接](tg://user?id=1) `码` &amp; \\ /start @all ~~');
  const { number } = await report(owner, text);
  const card = await cardOf(channel.person(cast.duty), number, /新件待受理/);
  expect(card.text).toContain(text);
  const kinds = (card.entities ?? []).map(({ type }) => type);
  expect(kinds).not.toContain('text_link');
  expect(kinds).not.toContain('code');
});

test('invisible and direction-changing characters are gone, the meaning stays', async () => {
  const { number } = await report(
    owner,
    reportWith('金额\u202E0001\u202C元，\u200B单\u2066位\u2069是某局。'),
  );
  const card = await cardOf(channel.person(cast.duty), number, /新件待受理/);
  expect(card.text).toContain('金额0001元，单位是某局。');
});

test('20 files are taken; the 21st is refused in one clear sentence and the report goes on', async () => {
  const since = owner.mark();
  await owner.say(reportWith(''));
  await fillIn(owner, { until: 'files', since });
  for (const items of [10, 10]) {
    const album = owner.mark();
    await owner.album(Array.from({ length: items }, (_, i) => ({ name: `${album}-${i}.png` })));
    await owner.waitFor(items === 10 ? /共 \d+ 份材料/ : /./, { since: album });
  }
  await owner.waitFor(/共 20 份材料/);
  const before = owner.mark();
  await owner.photo();
  await owner.waitFor(/最多 20 份材料/, { since: before });
  const screen = await owner.waitFor((message) => screenIn(message) === 'files', { since: before });
  expect(screen.text).toMatch(/共 20 份材料/);
  await owner.press(/材料齐了（20 份）/, { message: screen });
  await owner.waitFor(/谁可以看到/, { since: before });
});

test('a file Telegram would not hand back is refused', async () => {
  const since = owner.mark();
  await owner.say(reportWith(''));
  await fillIn(owner, { until: 'files', since });
  const before = owner.mark();
  await owner.document({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1), name: '录像.bin' });
  await owner.waitFor(/文件太大（上限 20 MB）/, { since: before });
});
