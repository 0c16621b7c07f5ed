/** The month's rates from the survey a person answers to the ranking the leader publishes. */
import { afterEach, expect, test } from 'vitest';
import { defaultRules } from '../../src/domain/clock-limits.js';
import type { Answers } from '../../src/domain/rates/closing.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { closed, pressOn } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, head, duty, supervisor, leader, auditor } = cast;

let channel: Channel;
afterEach(async () => await channel.stop());

const person = (id: number) => channel.person(id);

async function open(...people: readonly number[]): Promise<void> {
  channel = await startChannel();
  for (const id of people) await arrive(person(id));
}

/** Other cases of the month, as the relay would have left them. */
async function alreadyClosed(
  department: string,
  month: string,
  answers: readonly (Answers | null)[],
): Promise<void> {
  await channel
    .connection()
    .collection<{ _id: string }>('closings')
    .insertMany(
      answers.map((one, i) => ({
        _id: `${department}-${month}-${i}.1`,
        rev: 9,
        caseId: `${department}-${month}-${i}`,
        ordinal: 1,
        at: new Date(`${month}-03T02:00:00Z`),
        month,
        department,
        onTime: true,
        workingMinutes: 420,
        contacted: true,
        answers: one,
        reopenedAt: null,
        excluded: null,
      })),
    );
}

const happy: Answers = { contacted: true, solved: 'yes', satisfied: 5 };
const soSo: Answers = { contacted: true, solved: 'partly', satisfied: 3 };

const monthNow = async (): Promise<string> =>
  new Date(new Date((await channel.state()).now).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
const inChinese = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

async function rank(id: number, argument = ''): Promise<string> {
  const since = person(id).mark();
  await person(id).say(`/rank ${argument}`.trim());
  return (await person(id).waitFor(/三率|身份里/, { since })).text ?? '';
}

test('an answered survey counts at once, the fifth makes a rank, and the table says why the others have none', async () => {
  await open(owner, officer, head, duty, supervisor, leader, auditor);
  const month = await monthNow();
  const before = await rank(duty);
  expect(before).toContain(`${inChinese(month)} 三率`);
  expect(before).toMatch(/审批局\n当月没有核销/);

  const number = await closed(channel);
  await quiet(channel);
  expect(await rank(supervisor)).toMatch(/还有 1 件可以评价/);
  expect(await rank(supervisor)).toMatch(/审批局\n样本不足：核销 1 件，有效评价 0 件，至少要 5 件/);
  await alreadyClosed('SPJ', month, [happy, happy, happy, null]);
  for (const label of ['是', '部分解决', /⭐ 一般$/])
    await pressOn(channel, { person: owner, number, label });
  await pressOn(channel, { person: owner, number, label: '就这些 »' });
  await quiet(channel);
  expect(await rank(leader)).toMatch(/审批局\n样本不足：核销 5 件，有效评价 4 件/);

  await channel
    .connection()
    .collection<{ _id: string; answers: Answers | null }>('closings')
    .updateOne({ _id: `SPJ-${month}-3.1` }, { $set: { answers: happy } });
  // Four of five solved and one partly: 0.1 + 0.5 · 0.9 + 0.4 · 0.98.
  const ranked = await rank(head);
  expect(ranked).toMatch(
    /办件少（核销不足 10 件）\n\n1\. 👉 审批局 · 94\.2\n联系 100% · 解决 90% · 满意 98%/,
  );
  expect(ranked).toMatch(/评价 5\/5 件（100%）/);
  expect(await rank(auditor)).toContain('1. 审批局 · 94.2');
  for (const id of [officer, owner]) expect(await rank(id)).toMatch(/身份里/);
});

test('a reopened case counts as unsolved in the month it was struck off, and as it was answered when struck off again', async () => {
  await open(owner, officer, head, duty, supervisor);
  const month = await monthNow();
  const number = await closed(channel);
  await alreadyClosed('SPJ', month, [happy, happy, happy, happy]);
  for (const label of ['是', '解决了', /很满意$/]) await pressOn(channel, { person: owner, number, label });
  await quiet(channel);
  expect(await rank(duty)).toMatch(/联系 100% · 解决 100% · 满意 100%/);
  await pressOn(channel, { person: owner, number, label: /要求重办/ });
  await quiet(channel);
  expect(await rank(duty)).toMatch(/联系 100% · 解决 80% · 满意 100%\n按时 100% · .* · 重办 20%/);
});

test('a month that is over is published once by the supervisor, and stays as it was published', async () => {
  await open(owner, officer, head, duty, supervisor, leader);
  const month = await monthNow();
  await alreadyClosed('SPJ', month, [happy, happy, happy, happy, soSo]);
  await alreadyClosed('ZJJ', month, [soSo, soSo, soSo, soSo, soSo]);
  const buttons = (id: number) => person(id).buttons().join(' ');

  await rank(leader);
  expect(buttons(leader)).not.toMatch(/公布/);
  while ((await monthNow()) === month) await channel.advance('P7D');
  await rank(head, month);
  expect(buttons(head)).not.toMatch(/公布/);
  expect(await rank(leader, month)).toMatch(/未公布/);
  await rank(supervisor);
  await person(supervisor).press(`« ${inChinese(month)}`);
  const before = await person(supervisor).waitFor(/1\. 审批局 · 94\.2[\s\S]*2\. 住房和城乡建设局 · 71\.0/);
  await person(supervisor).press('📢 公布这个月…', { message: before });
  await person(supervisor).press('📢 确定公布', { message: await person(supervisor).waitFor(/不能再改/) });
  await person(supervisor).waitFor(/已公布 · /);

  // The leader still looks at the table from before and presses, too.
  await person(leader).press('📢 公布这个月…');
  const { answer } = await person(leader).press('📢 确定公布');
  expect(answer?.text).toBe('这个月已经公布过了。');

  await channel.connection().collection('closings').deleteMany({ department: 'SPJ' });
  const published = await rank(head, month);
  expect(published).toMatch(/已公布 · /);
  expect(published).toMatch(/1\. 👉 审批局 · 94\.2/);
  const stored = await channel.connection().collection('rankings').findOne({});
  expect(stored?.['table']).toMatchObject({ month, rules: defaultRules.ranking });
});

test('a department that did better than in the month before stands in the most-improved list', async () => {
  await open(supervisor);
  const month = await monthNow();
  const [year = 0, ordinal = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, ordinal - 2, 1)).toISOString().slice(0, 7);
  await alreadyClosed('ZJJ', last, [soSo, soSo, soSo, soSo, soSo]);
  await alreadyClosed('ZJJ', month, [happy, happy, happy, happy, soSo]);
  expect(await rank(supervisor)).toMatch(/进步最大（比上月）\n住房和城乡建设局 71\.0 → 94\.2 \(\+23\.2\)/);
  expect(heard(person(supervisor)).join(' ')).not.toMatch(/undefined|NaN/);
});
