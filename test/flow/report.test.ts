import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCaseNumber } from '../../src/domain/case-number.js';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn, report } from '../support/reporting.js';
import { arrive, numberIn } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  await arrive(channel.person(cast.owner));
  await arrive(channel.person(cast.englishOwner), 'English');
  await arrive(channel.person(cast.duty));
});
afterAll(async () => await channel.stop());

const clear = reports[0]?.text ?? '';

/** Puts away whatever report is open and begins another. */
async function beginAnew(owner: TestPerson): Promise<void> {
  await owner.say('/cancel');
  const since = owner.mark();
  await owner.say('/report');
  const offered = await owner.waitFor(/没写完的草稿|请用自己的话写/, { since });
  if (!/没写完/.test(offered.text ?? '')) return;
  await owner.press('丢弃草稿，重新写', { message: offered });
  await owner.waitFor(/请用自己的话写/, { since });
}

const buttonOf = ({ inlineKeyboard = [] }: ViewMessage, label: string): string =>
  inlineKeyboard.flat().find(({ text }) => text === label)?.callbackData ?? '';

/** The messages the bot sent him later than `since`, edits not counted. */
const newFromBot = (id: number, since: number): readonly string[] =>
  channel
    .person(id)
    .history()
    .filter(({ seq, kind, by }) => seq > since && kind === 'new' && by === 'bot')
    .map(({ text }) => text);

test('of a clear report nothing is asked that was told; the receipt is the card that was confirmed', async () => {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say(clear);
  const { screen, asked } = await fillIn(owner, { until: 'consent', since, confidentiality: '公开' });
  expect(asked).toEqual(['files', 'confidentiality', 'review']);
  expect(screen.text).toMatch(/能看到“江城精工机械有限公司”和您名字的人/);
  expect(screen.text).toMatch(/[^（、]+（预计，值班受理员定）的负责人；签收前是全体承办人/);

  const before = owner.mark();
  await owner.press('📨 确认提交', { message: screen });
  const receipt = await owner.waitFor(/✅ 已提交/, { since: before });
  expect(receipt.messageId).toBe(screen.messageId);
  expect(newFromBot(cast.owner, before)).toEqual([]);
  const number = numberIn(receipt.text ?? '');
  expect(parseCaseNumber(number)).toBe(number);

  // The receipt stays in sight while the case is routed; the list tells the promised date, not a clock of the staff.
  const duty = channel.person(cast.duty);
  await cardOf(duty, number, /新件待受理/);
  const listed = owner.mark();
  await owner.say('/my');
  const promised = /承诺日期：([^。]+)。/.exec(receipt.text ?? '')?.[1] ?? '?';
  await owner.waitFor(
    ({ text = '' }) => text.includes(`承诺日期：${promised}`) && text.includes('我的事项'),
    {
      since: listed,
    },
  );
  expect(owner.messages().find(({ messageId }) => messageId === receipt.messageId)?.text).toMatch(
    /✅ 已提交/,
  );
  const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
  expect(parseCaseNumber(wrong)).toBeUndefined();
});

test('an unclear text is asked about: kind, subject, problem, each with the bot’s guess first in sight', async () => {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say('你们那边的事情我想说说。');
  const { screen, asked } = await fillIn(owner, {
    until: 'review',
    since,
    kind: '投诉',
    domain: '招标投标',
    conduct: '推诿',
  });
  expect(asked).toEqual(['kind', 'domain', 'conduct', 'files', 'confidentiality']);
  expect(screen.text).toMatch(/类型：投诉\n方面：招标投标\n问题：推诿/);
  await beginAnew(owner);
});

test('photos, files, voice and place are taken, their captions become part of the text, an album is answered once', async () => {
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await owner.photo({ caption: '环评批复材料交了五个月没有答复，一直说在走流程。' });
  await fillIn(owner, { until: 'files', since });
  since = owner.mark();
  await owner.album([{ caption: '这是回执' }, { kind: 'document' }, { kind: 'photo' }]);
  const counted = await owner.waitFor(/共 4 份材料/, { since });
  expect(newFromBot(cast.owner, since)).toHaveLength(1);
  await owner.document({ name: '说明.pdf', mimeType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') });
  await owner.voice();
  await owner.location();
  await owner.waitFor(/共 7 份材料/);
  const typed = owner.mark();
  await owner.say('补充：设备每天损失一万多。');
  await owner.waitFor(/已补充/, { since: typed });
  const { screen } = await fillIn(owner, { until: 'review', since: typed });
  expect(screen.text).toMatch(/五个月没有答复.*\n这是回执\n补充：设备每天损失一万多。/);
  expect(screen.text).toMatch(/材料：📎7/);
  expect(counted.text).toMatch(/共 4 份材料/);

  await owner.press('下一步 »', { message: screen });
  await owner.press('📨 确认提交');
  const number = numberIn((await owner.waitFor(/✅ 已提交/, { since: typed })).text ?? '');
  const duty = channel.person(cast.duty);
  const card = await cardOf(duty, number, /📎7/);
  const before = duty.messages().length;
  await duty.press(/查看材料（7）/, { message: card });
  await duty.waitFor((message) => message.location !== undefined);
  const handedOut = duty.messages().slice(before);
  expect(handedOut).toHaveLength(7);
  const open = handedOut.filter(({ protectContent, location }) => !protectContent && !location);
  expect(open).toEqual([]);
});

test('an album while the bot asks something joins the report and is answered once', async () => {
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await owner.say('你们那边的事情我想说说。');
  await owner.waitFor(/更像是哪一种/, { since });
  since = owner.mark();
  await owner.album([{}, {}, {}]);
  const { screen } = await fillIn(owner, {
    until: 'review',
    since,
    kind: '建议',
    domain: '融资',
  });
  expect(screen.text).toMatch(/材料：📎3/);
  expect(newFromBot(cast.owner, since)).toHaveLength(1);
});

test('every field can be changed on the review; a stale review refreshes and changes nothing', async () => {
  const owner = channel.person(cast.owner);
  let screen = await owner.waitFor(/请看一遍/);
  const edit = async (field: string, choice: string | RegExp): Promise<void> => {
    const { message } = await owner.press(`✏️ ${field}`, { message: screen });
    const chosen = owner.mark();
    await owner.press(choice, { message });
    ({ screen } = await fillIn(owner, { until: 'review', since: chosen }));
  };
  const unchanged = screen.text;
  for (const field of ['内容', '类型', '方面', '企业', '保密']) await edit(field, '« 返回');
  expect(screen.text).toBe(unchanged);
  await edit('类型', /投诉$/);
  await edit('方面', /行政审批$/);
  await edit('问题', /慢作为$/);
  await edit('保密', /锁定$/);
  let since = owner.mark();
  await owner.press('✏️ 企业', { message: screen });
  await owner.waitFor(/哪家企业/, { since });
  await owner.say('江城精工二厂');
  screen = await owner.waitFor(/请看一遍/, { since });
  const beforeTheText = screen;
  since = owner.mark();
  await owner.press('✏️ 内容', { message: screen });
  await owner.waitFor(/重新写一遍/, { since });
  await owner.say(clear);
  screen = await owner.waitFor(/请看一遍/, { since });
  expect(screen.text).toMatch(
    /5 个多月没有任何书面答复[^]*类型：投诉\n方面：行政审批\n问题：慢作为\n企业：江城精工二厂\n材料：📎3\n保密：锁定/,
  );

  const { answer } = await owner.pressData({
    messageId: screen.messageId,
    data: buttonOf(beforeTheText, '下一步 »'),
  });
  expect(answer?.text).toMatch(/请再看一眼/);
  expect(owner.sees(/提交前请确认/)).toBe(false);
  await owner.say('/cancel');
  await owner.waitFor(/已停下/);
});

test('for each level it is said before sending who will see the name', async () => {
  const owner = channel.person(cast.owner);
  await beginAnew(owner);
  for (const [level, seen, unseen] of [
    ['公开', /值班受理员定）的负责人；签收前是全体承办人/, /两人批准/],
    ['仅委内可见', /委（值班受理员、督办、委领导）/, /责任单位的承办人|两人批准/],
    ['锁定', /委内两人批准后，15 分钟/, /责任单位的承办人|值班受理员、督办/],
  ] as const) {
    const since = owner.mark();
    await owner.say(clear);
    const choice = await fillIn(owner, { until: 'confidentiality', since });
    expect(choice.screen.text).toMatch(new RegExp(`• ${level} — `));
    const { screen } = await fillIn(owner, { until: 'consent', since, confidentiality: level });
    const who = (screen.text ?? '').split('\n\n')[1] ?? '';
    expect(who).toMatch(seen);
    expect(who).not.toMatch(unseen);
    await beginAnew(owner);
  }
});

test('the same life of a report in English', async () => {
  const owner = channel.person(cast.englishOwner);
  const { number, receipt } = await report(owner, reports[13]?.text ?? '', {
    language: 'en',
    confidentiality: 'Open',
  });
  expect(receipt.text).toMatch(/Your case number: ZT-[^]*Promised date: \w{3} \d+ \w{3}/);
  const card = await cardOf(channel.person(cast.duty), number, /新件待受理/);
  expect(card.text).toMatch(/Harbour Cold Chain Ltd/);
  await channel.person(cast.duty).press(/审批局/, { message: card });
  await cardOf(owner, number, /Approvals Bureau/);
  expect(
    owner
      .history()
      .filter(({ by, text }) => by === 'bot' && /[\u4e00-\u9fff]/.test(text.replace('请选择语言', ''))),
  ).toEqual([]);
});
