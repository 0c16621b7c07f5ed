/** The program is down for five days before reminders: on its return everybody hears the latest of what he missed, once, and no storm. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wd, wh, workingTime } from '../support/business-time.js';
import { contacted, dispatched } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, colleague, head, duty, secondDuty, supervisor, leader } = cast;
const everybody = [owner, officer, colleague, head, duty, secondDuty, supervisor, leader];
const days = 24 * 60 * 60_000;

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  for (const id of everybody) await arrive(channel.person(id));
  await quiet(channel);
});
afterEach(async () => await channel.stop());

/** What everybody heard since a mark; who heard nothing is left out, the letters that follow a card as well. */
const newsSince = (since: number): Readonly<Record<number, readonly string[]>> => {
  const all = everybody.map((id) => {
    const lines = heard(channel.person(id), since).filter((line) => !line.startsWith('📄'));
    return [id, lines] as const;
  });
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0));
};

test('after five days of outage the missed steps are one message to each, the latest one', async () => {
  await tillMorning(channel);
  await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  await until(channel, workingTime.add(workingTime.subtract(due, 1 * wd), 10));
  const back = new Date((await now(channel)).getTime() + 5 * days);
  const missed = (
    [
      [workingTime.subtract(due, 2 * wh), '🟧 橙牌：办理马上到期', [officer, head]],
      [due, '🟥 红牌：办理已超时', [head, duty, secondDuty]],
      [workingTime.add(due, 1 * wd), '📕 办理已超时，仍未办', [head, supervisor]],
      [workingTime.add(due, 2 * wd), '📕 办理超时，且没有收到说明', [head, supervisor]],
      // The leader's step and, with both letters ignored, the last one fall on the same moment.
      [workingTime.add(due, 3 * wd), '⛔ 办理超时最后一级：请决定约谈或移交', [leader]],
    ] as const
  ).filter(([at]) => at < back);
  const people = new Set(missed.flatMap(([, , all]) => all));
  const line = missed.at(-1)?.[1] ?? '';
  await quiet(channel);
  const since = channel.person(owner).mark();
  await channel.jump('P5D');
  await quiet(channel);
  expect(missed.length).toBeGreaterThan(2);
  expect(newsSince(since)).toEqual(Object.fromEntries([...people].map((id) => [id, [line]])));
});

test('really ended and started again three weeks later, with several cases: one message a case and person, and what was pressed meanwhile is handled', async () => {
  await tillMorning(channel);
  const late = await contacted(channel);
  await dispatched(channel);
  await quiet(channel);
  const since = channel.person(owner).mark();
  await channel.restart(undefined, async (store) => {
    await channel.person(owner).say(`/case ${late}`);
    await store.collection('business_time').updateOne({}, { $inc: { offsetMs: 21 * days } });
  });
  await channel.advance('PT1S');
  await quiet(channel);
  const news = newsSince(since);
  for (const [id, lines] of Object.entries(news))
    expect(lines.length, `to ${id}: ${lines.join()}`).toBeLessThanOrEqual(2);
  expect(news[leader]).toEqual([expect.stringMatching(/办理超时最后一级|报委领导/)]);
  // The commission hears of the signing that did not happen, the officers are past being warned.
  expect(news[supervisor]?.some((line) => line.includes('签收已超时'))).toBe(true);
  expect(news[owner]).toHaveLength(1);
  await channel.advance('PT1H');
  await quiet(channel);
  expect(newsSince(channel.person(owner).mark())).toEqual({});
});
