/** A due date moves, later or earlier: every step comes once, at the new time, and not at the old one. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wd, workingTime } from '../support/business-time.js';
import { contacted, pressOn } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, head, duty, supervisor } = cast;
const minute = 60_000;

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  for (const id of [owner, officer, head, duty, supervisor]) await arrive(channel.person(id));
  await tillMorning(channel);
});
afterEach(async () => await channel.stop());

const reminders = (id: number, since: number): readonly string[] =>
  heard(channel.person(id), since).filter((line) => /提醒|黄牌|橙牌|红牌/.test(line));

const [half, yellow, orange, red] = [
  '⏳ 提醒：办理时限已过半',
  '🟨 黄牌：办理时限将尽',
  '🟧 橙牌：办理马上到期',
  '🟥 红牌：办理已超时',
];

test('later: an extension is granted; nothing comes at the old time, everything once at the new one', async () => {
  const number = await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  await pressOn(channel, { person: officer, number, label: '申请延期…' });
  await channel.person(officer).press('3');
  await channel.person(officer).say('专家评审排到下周。');
  await pressOn(channel, { person: supervisor, number, label: '✅ 同意延期' });
  await quiet(channel);
  const newDue = workingTime.add(due, 3 * wd);
  const since = channel.person(owner).mark();
  await until(channel, new Date(due.getTime() + minute));
  // Of what belonged to the old date nothing; the new half-time lies before it.
  expect(reminders(officer, since)).toEqual([half]);
  expect(reminders(head, since)).toEqual([]);
  await until(channel, new Date(newDue.getTime() + minute));
  expect(reminders(officer, since)).toEqual([half, yellow, orange]);
  expect(reminders(head, since)).toEqual([yellow, orange, red]);
});

test('earlier, as when a make-up workday is announced: everything once at the new time, nothing again at the old one', async () => {
  await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  const newDue = workingTime.subtract(due, 2 * wd);
  await quiet(channel);
  const cases = channel.connection().collection<MovedCase>('cases');
  const c = await cases.findOne({});
  const at = await now(channel);
  const clocks = (c?.clocks ?? []).flatMap((clock) =>
    clock.name === 'resolve'
      ? [
          { ...clock, stoppedAt: at },
          { ...clock, generation: 2, dueAt: newDue },
        ]
      : [clock],
  );
  await cases.updateOne({}, { $set: { clocks, wakeAt: at }, $inc: { rev: 1 } });
  const since = channel.person(owner).mark();
  await until(channel, new Date(newDue.getTime() + minute));
  expect(reminders(officer, since)).toEqual([half, yellow, orange]);
  expect(reminders(head, since)).toEqual([yellow, orange, red]);
  const later = channel.person(owner).mark();
  await until(channel, new Date(due.getTime() + minute));
  expect([reminders(officer, later), reminders(head, later)]).toEqual([[], []]);
});

interface MovedCase {
  readonly clocks: readonly {
    readonly name: string;
    readonly stoppedAt: Date | null;
    readonly dueAt: Date;
  }[];
  readonly wakeAt: Date;
  readonly rev: number;
}
