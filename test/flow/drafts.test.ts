import { afterEach, expect, test } from 'vitest';
import type { TestPerson } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { wd, wh, workingTime } from '../support/business-time.js';
import { cardOf, fillIn, screenIn } from '../support/reporting.js';
import { arrive, dataUnder, numberIn } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
afterEach(async () => await channel.stop());

const clear = reports[0]?.text ?? '';

async function begin(): Promise<TestPerson> {
  channel = await startChannel();
  const owner = channel.person(cast.owner);
  await arrive(owner);
  await arrive(channel.person(cast.duty));
  return owner;
}

const caseCount = async (): Promise<number> =>
  Object.values((await channel.state()).cases).reduce((sum, count) => sum + count, 0);

test('a draft survives a restart in its middle: the next word, file and press go on where he stopped', async () => {
  const owner = await begin();
  let since = owner.mark();
  await owner.say(clear);
  await fillIn(owner, { until: 'files', since });
  since = owner.mark();
  await owner.photo();
  const files = await owner.waitFor(/共 1 份材料/, { since });

  await channel.restart();

  since = owner.mark();
  await owner.press(/材料齐了/, { message: files });
  await owner.waitFor((message) => screenIn(message) === 'confidentiality', { since });
  await channel.restart();
  since = owner.mark();
  await owner.say('/report');
  const offered = await owner.waitFor(/没写完的草稿.*环评批复/s, { since });
  expect(owner.buttons(offered)).toEqual(['继续上次的草稿', '丢弃草稿，重新写']);
  await owner.press('继续上次的草稿', { message: offered });
  const { screen } = await fillIn(owner, { until: 'review', since: since + 1 });
  expect(screen.text).toMatch(/环评批复[^]*材料：📎1/);
});

test('a discarded draft is gone; a new one begins empty', async () => {
  const owner = await begin();
  let since = owner.mark();
  await owner.say(clear);
  await fillIn(owner, { until: 'review', since });
  since = owner.mark();
  await owner.say('/report');
  await owner.press('丢弃草稿，重新写', { message: await owner.waitFor(/没写完的草稿/, { since }) });
  await owner.waitFor(/请用自己的话写/, { since });
  since = owner.mark();
  await owner.say('/report');
  await owner.waitFor(/请用自己的话写/, { since });
  expect(await caseCount()).toBe(0);
});

test('two taps on send, twenty at once, and taps on the old button afterwards make one case and one receipt', async () => {
  const owner = await begin();
  const since = owner.mark();
  await owner.say(clear);
  const { screen } = await fillIn(owner, { until: 'consent', since });
  const data = dataUnder(screen, '📨 确认提交');
  const { messageId } = screen;
  const filedAt = new Date((await channel.state()).now);
  await Promise.all(Array.from({ length: 20 }, () => owner.pressData({ messageId, data })));
  const receipt = await owner.waitFor(/✅ 已提交/, { since });
  const number = numberIn(receipt.text ?? '');
  await owner.pressData({ messageId, data });
  await owner.pressData({ messageId, data });
  await cardOf(channel.person(cast.duty), number, /新件待受理/);

  expect(await caseCount()).toBe(1);
  const numbers = owner.history().flatMap(({ text }) => text.match(/ZT-\d{3}-\d{3}-\d{4}/g) ?? []);
  expect(new Set(numbers)).toEqual(new Set([number]));
  expect(
    owner.history().filter(({ kind, seq, by }) => seq > since && kind === 'new' && by === 'bot').length,
  ).toBe(1);
  const cards = channel
    .person(cast.duty)
    .history()
    .filter(({ kind, text }) => kind === 'new' && text.includes(number));
  expect(cards).toHaveLength(1);

  // Dispatch, signing and the limit of a general case, one after the other (rules §3).
  const promised = workingTime.add(filedAt, 4 * wh + wd + 10 * wd);
  const written = new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
  }).format(promised);
  expect(receipt.text).toMatch(new RegExp(`承诺日期：(\\d{4}年)?${written}`));
});
