/** Reminders and escalations of rules §3–§4: who hears what at which working instant, and that nobody else does. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wd, wh, workingTime } from '../support/business-time.js';
import {
  cardOf,
  contacted,
  dispatched,
  filed,
  pressOn,
  signed,
  submitted,
  writeResult,
} from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

const { owner, officer, colleague, head, duty, secondDuty, supervisor, leader, auditor, admin } = cast;
const { housingHead, housingOfficer } = cast;
const everybody = [
  owner,
  officer,
  colleague,
  head,
  duty,
  secondDuty,
  supervisor,
  leader,
  auditor,
  admin,
  housingHead,
  housingOfficer,
];

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  for (const id of everybody) await arrive(channel.person(id));
  await quiet(channel);
});
afterEach(async () => await channel.stop());

type News = Readonly<Record<number, readonly string[]>>;

/** What everybody heard while something happened; who heard nothing is left out. */
async function newsOf(happening: () => Promise<unknown>): Promise<News> {
  await quiet(channel);
  const since = channel.person(owner).mark();
  await happening();
  await quiet(channel);
  // The letters that go with a card are told in letters.test.ts.
  const spoken = (id: number) => heard(channel.person(id), since).filter((line) => !line.startsWith('📄'));
  const all = everybody.map((id) => [id, spoken(id)] as const);
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0));
}

const minute = 60_000;

/** Two minutes before the instant nothing has been said; a minute after it exactly these people have heard exactly this. */
async function expectStep(at: Date, line: string, people: readonly number[]): Promise<void> {
  const early = await newsOf(async () => await until(channel, new Date(at.getTime() - 2 * minute)));
  expect(early, `before ${line}`).toEqual({});
  const news = await newsOf(async () => await until(channel, new Date(at.getTime() + minute)));
  expect(news, line).toEqual(Object.fromEntries(people.map((id) => [id, [line]])));
}

const after = (from: Date, minutes: number): Date => workingTime.add(from, minutes);
const before = (due: Date, minutes: number): Date => workingTime.subtract(due, minutes);
const hours = (from: Date, count: number): Date => new Date(from.getTime() + count * 60 * minute);

describe('a general case', () => {
  test('from half-time to the leader: R1, R2, R3, E1, unacknowledged, E2, E2b, and the last step when the second letter is ignored', async () => {
    await tillMorning(channel);
    await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await expectStep(before(due, 5 * wd), '⏳ 提醒：办理时限已过半', [officer]);
    await expectStep(before(due, 1 * wd), '🟨 黄牌：办理时限将尽', [officer, head]);
    await expectStep(before(due, 2 * wh), '🟧 橙牌：办理马上到期', [officer, head]);
    await expectStep(due, '🟥 红牌：办理已超时', [head, duty, secondDuty]);
    await expectStep(after(due, 4 * wh), '🟥 办理超时，红牌 4 个工作小时无人知悉', [supervisor]);
    await expectStep(after(due, 1 * wd), '📕 办理已超时，仍未办', [head, supervisor]);
    await expectStep(after(due, 2 * wd), '📕 办理超时，且没有收到说明', [head, supervisor]);
    await expectStep(after(due, 3 * wd), '⛔ 办理超时最后一级：请决定约谈或移交', [leader]);
    expect(await newsOf(async () => await channel.advance('P20D'))).toEqual({});
  });

  test('the first steps: dispatch, sign, contact and check each warn and raise on their own ladder', async () => {
    await tillMorning(channel);
    const number = await filed(channel);
    let due = after(await now(channel), 4 * wh);
    await expectStep(before(due, 1 * wh), '🟧 橙牌：交办马上到期', [duty, secondDuty]);
    await expectStep(due, '🟥 红牌：交办已超时', [supervisor]);
    await expectStep(after(due, 1 * wd), '📕 交办已超时，仍未办', [leader]);

    await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
    await channel.person(cast.owner).waitFor(/交办晚于规定时限，办结日期因此后延/);
    due = after(await now(channel), 1 * wd);
    await expectStep(before(due, 1.75 * wh), '🟧 橙牌：签收马上到期', [officer, colleague]);
    await expectStep(due, '🟥 红牌：签收已超时', [head]);
    await expectStep(after(due, 1 * wd), '📕 签收已超时，仍未办', [supervisor]);

    await pressOn(channel, { person: officer, number, label: '✅ 签收' });
    await channel.person(cast.owner).waitFor(/签收晚于规定时限，办结日期因此后延/);
    due = after(await now(channel), 1 * wd);
    await expectStep(before(due, 1.75 * wh), '🟧 橙牌：首次联系马上到期', [officer]);
    await expectStep(due, '🟥 红牌：首次联系已超时', [head]);
    await expectStep(after(due, 1 * wd), '📕 首次联系已超时，仍未办', [supervisor]);
  });

  test('the check of the commission: duty is warned, then supervisor, then leader', async () => {
    await tillMorning(channel);
    await submitted(channel);
    const due = after(await now(channel), 2 * wd);
    await expectStep(before(due, 2 * wh), '🟧 橙牌：核查马上到期', [duty, secondDuty]);
    await expectStep(due, '🟥 红牌：核查已超时', [supervisor]);
    await expectStep(after(due, 1 * wd), '📕 核查已超时，仍未办', [leader]);
  });

  test('a written explanation stops the second letter, not the leader', async () => {
    await tillMorning(channel);
    const number = await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await until(channel, after(due, 1 * wd + 5));
    const asked = async (): Promise<string> => {
      const since = channel.person(head).mark();
      await channel.person(head).say(`/case ${number}`);
      return (await channel.person(head).waitFor(/办理中/, { since })).text ?? '';
    };
    expect(await asked()).toMatch(/督办函 督〔\d{4}〕\d{3}号：负责人须在 .+ 前书面说明/);
    await pressOn(channel, { person: head, number, label: /书面说明/ });
    await channel.person(head).say('评审专家档期冲突，已改期至下周二。');
    await channel.person(supervisor).waitFor(/负责人已作书面说明[\s\S]*评审专家档期冲突/);
    expect(await asked()).not.toMatch(/须在 .+ 前书面说明/);
    await expectStep(after(due, 3 * wd), '🚨 报委领导：办理严重超时，可挂牌、提级或包案', [leader]);
  });

  test('the letter is numbered, the second one differently, and the head can explain from its card', async () => {
    await tillMorning(channel);
    const number = await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await until(channel, after(due, 2 * wd + 5));
    const letters = channel
      .person(head)
      .history()
      .flatMap(({ text }) => /督办函 (督〔\d{4}〕\d{3}号)/.exec(text)?.[1] ?? []);
    expect(new Set(letters).size, number).toBe(2);
  });

  test('who acknowledges the red card is not asked again; the others still are', async () => {
    await tillMorning(channel);
    const number = await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await until(channel, after(due, 5));
    const said = await pressOn(channel, { person: head, number, label: '👌 已知悉' });
    expect(said).toBe(undefined);
    await quiet(channel);
    const offered = async (id: number): Promise<boolean> =>
      channel
        .person(id)
        .buttons(await cardOf(channel, channel.person(id), number))
        .includes('👌 已知悉');
    expect(await offered(head)).toBe(false);
    expect(await offered(duty)).toBe(true);
  });
});

describe('acknowledging', () => {
  /** Whether somebody's card, opened anew, offers to acknowledge. */
  const offered = async (id: number, number: string): Promise<boolean> => {
    await quiet(channel);
    const person = channel.person(id);
    const since = person.mark();
    await person.say(`/case ${number}`);
    const message = await person.waitFor(({ text = '' }) => text.includes(number), { since });
    return person.buttons(message).includes('👌 已知悉');
  };

  test('only whom the red card went to can acknowledge it; the word of anybody else does not keep it from the supervisor', async () => {
    await tillMorning(channel);
    const number = await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await until(channel, after(due, 5));
    for (const id of [leader, supervisor]) expect(await offered(id, number), `${id}`).toBe(false);
    for (const id of [head, duty]) expect(await offered(id, number), `${id}`).toBe(true);
    const found = await channel.connection().collection('cases').findOne({ number });
    const data = channel.drawPress({ action: 'acknowledge', id: String(found?.['_id']) }, leader);
    const message = await cardOf(channel, channel.person(leader), number);
    const { answer } = await channel.person(leader).pressData({ messageId: message.messageId, data });
    expect(answer?.text).toMatch(/没有需要回应/);
    await expectStep(after(due, 4 * wh), '🟥 办理超时，红牌 4 个工作小时无人知悉', [supervisor]);
    expect(await offered(supervisor, number)).toBe(true);
  });

  test('the commission’s own alert is the supervisor’s, and nobody’s once its clock has stopped', async () => {
    await tillMorning(channel);
    const number = await filed(channel);
    await until(channel, after(after(await now(channel), 4 * wh), 5));
    expect(await offered(supervisor, number)).toBe(true);
    for (const id of [duty, leader]) expect(await offered(id, number), `${id}`).toBe(false);
    await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
    for (const id of [supervisor, duty, leader, head]) expect(await offered(id, number), `${id}`).toBe(false);
  });
});

describe('an urgent case', () => {
  test('at night it runs in natural time, and nobody waits for the morning', async () => {
    const morning = await tillMorning(channel);
    await until(channel, hours(morning, 12));
    const number = await filed(channel, { text: reports[2]?.text ?? '' });
    const at = await now(channel);
    expect(workingTime.isWorking(at)).toBe(false);
    await expectStep(hours(at, 0.75), '🟧 橙牌：交办马上到期', [duty, secondDuty]);
    await expectStep(hours(at, 1), '🟥 红牌：交办已超时', [supervisor]);
    await pressOn(channel, { person: duty, number, label: '📮 交办 住房和城乡建设局' });
    const sent = await now(channel);
    await expectStep(hours(sent, 1.5), '🟧 橙牌：签收马上到期', [housingOfficer]);
    await pressOn(channel, { person: housingOfficer, number, label: '✅ 签收' });
    const taken = await now(channel);
    await expectStep(hours(taken, 3), '🟧 橙牌：首次联系马上到期', [housingOfficer]);
    await pressOn(channel, { person: housingOfficer, number, label: /首次联系/ });
    await channel.person(housingOfficer).say('抢修人员已出发。');
    const due = hours(taken, 24);
    await expectStep(hours(due, -12), '⏳ 提醒：办理时限已过半', [housingOfficer]);
    await expectStep(hours(due, -4.8), '🟨 黄牌：办理时限将尽', [housingHead, housingOfficer]);
    await expectStep(hours(due, -2), '🟧 橙牌：办理马上到期', [housingHead, housingOfficer]);
    await expectStep(due, '🟥 红牌：办理已超时', [duty, secondDuty, housingHead]);
    await expectStep(hours(due, 2), '📕 办理已超时，仍未办', [supervisor, housingHead]);
  });
});

describe('when things go wrong', () => {
  test('a step whose clock has stopped meanwhile is not sent to who could not be reached', async () => {
    await tillMorning(channel);
    const number = await contacted(channel);
    const due = after(await now(channel), 10 * wd);
    await until(channel, after(before(due, 2 * wd), 5));
    await channel.person(head).block();
    await quiet(channel);
    const since = channel.person(head).mark();
    await until(channel, after(before(due, 1 * wd), 5));
    await writeResult(channel, { person: officer, number });
    await channel.person(officer).press('📤 上报');
    await quiet(channel);
    await channel.person(head).unblock();
    await channel.person(head).start();
    await channel.person(head).waitFor(/您单位已上报办结/, { since });
    await quiet(channel);
    expect(heard(channel.person(head), since).filter((line) => line.includes('黄牌'))).toEqual([]);
  });

  test('a restart between two steps loses and repeats nothing', async () => {
    await tillMorning(channel);
    await signed(channel);
    const due = after(await now(channel), 1 * wd);
    await expectStep(before(due, 1.75 * wh), '🟧 橙牌：首次联系马上到期', [officer]);
    expect(await newsOf(async () => await channel.restart())).toEqual({});
    await expectStep(due, '🟥 红牌：首次联系已超时', [head]);
  });

  test('nobody hears of the clock of a case that was dispatched and signed in time', async () => {
    await tillMorning(channel);
    const number = await dispatched(channel);
    await pressOn(channel, { person: colleague, number, label: '✅ 签收' });
    await pressOn(channel, { person: colleague, number, label: /首次联系/ });
    await channel.person(colleague).say('您好，我来办这件事。');
    expect(await newsOf(async () => await channel.advanceWorking('P2D'))).toEqual({});
  });
});
