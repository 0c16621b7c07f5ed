/** The commission's check: strike off or redo, and that nobody else can. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCaseNumber } from '../../src/domain/case-number.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { until, wd, workingTime } from '../support/business-time.js';
import { cardOf, closed, filed, pressOn, submitted, writeResult } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, colleague, head, duty, secondDuty, supervisor, leader, auditor, admin } = cast;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [owner, officer, colleague, head, duty, secondDuty, supervisor, leader, auditor, admin])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const person = (id: number) => channel.person(id);

test('the duty officer strikes off: the enterprise is asked three questions, the department hears of it', async () => {
  const number = await submitted(channel);
  await pressOn(channel, { person: duty, number, label: /核销$/ });
  await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('请答三个问题'));
  for (const id of [officer, head])
    await person(id).waitFor(({ text = '' }) => text.includes(number) && text.includes('✅ 已核销'));
});

test('the supervisor may strike off as well', async () => {
  const number = await submitted(channel);
  await pressOn(channel, { person: supervisor, number, label: /核销$/ });
  await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('请答三个问题'));
});

test('sent back with a reason, the department has five working days, both sides read why, and it goes on to the end', async () => {
  const number = await submitted(channel);
  await pressOn(channel, { person: duty, number, label: '退回重办…' });
  await person(duty).waitFor(/退回重办的理由/);
  await person(duty).say('企业称尚未领到批复，请落实后再报。');
  await quiet(channel);
  const at = new Date((await channel.state()).now);
  const card = await cardOf(channel, person(officer), number);
  expect(card.text).toMatch(/^↩️ 退回重办/);
  for (const id of [officer, head, owner])
    expect((await cardOf(channel, person(id), number)).text).toContain('尚未领到批复');
  expect(card.text).toContain('退回 1 次');
  expect(card.text).toContain(dateOf(workingTime.add(at, 5 * wd)));

  await writeResult(channel, { person: officer, number });
  await person(officer).press('📤 上报');
  await quiet(channel);
  await pressOn(channel, { person: duty, number, label: /核销$/ });
  await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('请答三个问题'));
});

test('the redo clock reminds by itself: half of five working days later the handler hears', async () => {
  const number = await submitted(channel);
  await pressOn(channel, { person: supervisor, number, label: '退回重办…' });
  await person(supervisor).say('材料不全。');
  await quiet(channel);
  const at = new Date((await channel.state()).now);
  const since = person(officer).mark();
  await until(channel, workingTime.add(at, 2.5 * wd + 5));
  expect(heard(person(officer), since)).toContain('⏳ 提醒：重办时限已过半');
});

test('nobody else can strike off: no button is drawn, and a stolen one is refused alike for all', async () => {
  const number = await submitted(channel);
  const theirs = await cardOf(channel, person(duty), number);
  const close = theirs.inlineKeyboard?.flat().find(({ text }) => /核销$/.test(text))?.callbackData ?? '';
  expect(close).not.toBe('');
  const answers: (string | undefined)[] = [];
  for (const id of [officer, colleague, head, leader, auditor, admin, owner]) {
    const labels = person(id)
      .messages()
      .filter(({ text = '' }) => text.includes(number))
      .flatMap((message) => person(id).buttons(message));
    expect(
      labels.some((label) => /核销$|退回重办/.test(label)),
      String(id),
    ).toBe(false);
    const own = person(id)
      .messages()
      .findLast((message) => message.from === 'bot');
    const { answer } = await person(id).pressData({ messageId: own?.messageId ?? 0, data: close });
    answers.push(answer?.text);
  }
  expect(new Set(answers)).toEqual(new Set(['这个按钮不能用。']));
  await quiet(channel);
  expect((await cardOf(channel, person(duty), number)).text).toContain('待核销');
});

test('altered data is refused like stolen data: other case, other revision, other action, no check', async () => {
  const number = await submitted(channel);
  const card = await cardOf(channel, person(officer), number);
  const own = card.inlineKeyboard?.flat()[0]?.callbackData ?? '';
  const [action = '', id = '', rev = '', , check = ''] = own.split('|');
  const forged = [
    `close|${id}|${rev}||${check}`,
    `${action}|${id.slice(0, -1)}x|${rev}||${check}`,
    `${action}|${id}|zz||${check}`,
    `close|${id}|${rev}|`,
    'close',
    '|',
    '💥',
  ];
  for (const data of forged) {
    const { answer } = await person(officer).pressData({ messageId: card.messageId, data });
    expect(answer?.text, data).toBe('这个按钮不能用。');
  }
});

test('a button of an earlier state does nothing but refresh its card', async () => {
  const number = await submitted(channel);
  const card = await cardOf(channel, person(duty), number);
  const close = card.inlineKeyboard?.flat().find(({ text }) => /核销$/.test(text))?.callbackData ?? '';
  await pressOn(channel, { person: supervisor, number, label: '退回重办…' });
  await person(supervisor).say('材料不全，退回。');
  await quiet(channel);
  const since = person(owner).mark();
  const { answer } = await person(duty).pressData({ messageId: card.messageId, data: close });
  expect(answer?.text).toBe('现在不能这样做：事情已经往前走了，卡片已更新。');
  await quiet(channel);
  expect(heard(person(owner), since)).toEqual([]);
  const now = person(duty)
    .messages()
    .find(({ messageId }) => messageId === card.messageId);
  expect(now?.text).toContain('办理中');
});

test('a button drawn before a colleague rewrote the text does not dispatch; it shows what is new', async () => {
  const number = await filed(channel);
  const card = await cardOf(channel, person(duty), number);
  const old = card.inlineKeyboard?.flat().find(({ text }) => text === '📮 交办 审批局')?.callbackData ?? '';
  await pressOn(channel, { person: secondDuty, number, label: /改写转交文字/ });
  await person(secondDuty).say('某企业的环评批复超期未答复。');
  await quiet(channel);
  const { answer } = await person(duty).pressData({ messageId: card.messageId, data: old });
  expect(answer?.text).toBe('有新情况，卡片已更新，请再看一眼。');
  const shown = await cardOf(channel, person(duty), number);
  expect(shown.text).toContain('待受理');
  expect(shown.text).toContain('某企业的环评批复超期未答复。');
});

test('a case that is not his looks to an officer like a case that does not exist, button and number alike', async () => {
  const number = await closed(channel);
  const ask = async (asked: string): Promise<string | undefined> => {
    const since = person(cast.colleague).mark();
    await person(colleague).say(`/case ${asked}`);
    return (await person(colleague).waitFor(/./, { since })).text;
  };
  expect(await ask(number)).toBe(await ask(makeCaseNumber(Buffer.alloc(8, 9))));
});

function dateOf(at: Date): string {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日`;
}
