/** The duty officer chooses the tier before he dispatches; with a second department a case is complex (rules §1, §2 dispatch). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { now, tillMorning, workingTime } from '../support/business-time.js';
import { cardOf, contacted, filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { formatInstant } from '../../src/text/format.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.housingOfficer])
    await arrive(channel.person(id));
  await tillMorning(channel);
});
afterEach(async () => await channel.stop());

const wd = workingTime.minutesPerDay;
const written = (at: Date): string => formatInstant(at, 'zh', { timeZone: 'Asia/Shanghai', now: at });

async function shownTo(id: number, number: string): Promise<string> {
  return (await cardOf(channel, channel.person(id), number)).text ?? '';
}

test('the tier is on the card before dispatch, one button changes it, and the promised date follows with its reason', async () => {
  const number = await filed(channel);
  const duty = channel.person(cast.duty);
  const press = async (label: string): Promise<unknown> =>
    await pressOn(channel, { person: cast.duty, number, label });
  await press('📐 档次：一般件');
  const choices = await cardOf(channel, duty, number);
  expect(duty.buttons(choices)).toEqual(['简单件', '复杂件', '历史遗留件', '« 返回']);
  await press('复杂件');
  expect(await shownTo(cast.duty, number)).toMatch(/慢作为 · 复杂件 · 仅委内可见/);
  expect(duty.buttons(await cardOf(channel, duty, number))).toContain('📐 档次：复杂件');

  await press('📮 交办 审批局');
  await quiet(channel);
  const told = await shownTo(cast.owner, number);
  expect(told).toMatch(/您的事已交责任单位。\n情况复杂，按更长期限的档次办理，办结日期因此后延/);
  expect(await shownTo(cast.officer, number)).toMatch(/复杂件/);
  await pressOn(channel, { person: cast.officer, number, label: '✅ 签收' });
  const due = written(workingTime.add(await now(channel), 15 * wd));
  expect(await shownTo(cast.officer, number)).toContain(`须在 ${due.slice(0, -3)}`);
});

test('with a co-department it is complex: the time is that of a complex case from the same start, and the owner hears it', async () => {
  const number = await contacted(channel);
  const signedAt = await now(channel);
  await pressOn(channel, { person: cast.duty, number, label: '➕ 增加协办单位…' });
  await pressOn(channel, { person: cast.duty, number, label: '住房和城乡建设局' });
  await quiet(channel);
  const due = written(workingTime.add(signedAt, 15 * wd)).slice(0, -3);
  expect(await shownTo(cast.duty, number)).toMatch(/复杂件/);
  expect(await shownTo(cast.officer, number)).toContain(`须在 ${due}`);
  const told = await shownTo(cast.owner, number);
  expect(told).toMatch(/您的事由多个单位一起办理。\n办结日期因此后延/);
  expect(told).toContain(`承诺 ${due}`);
});
