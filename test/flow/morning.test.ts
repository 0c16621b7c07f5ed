/** The morning digest (rules §4): one message for what the day brings, once, and none when there is nothing to say. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, workingTime } from '../support/business-time.js';
import { formatDay } from '../../src/text/format.js';
import { contacted, dispatched, filed, submitted } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel({ schedules: ['digest'] });
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor])
    await arrive(channel.person(id));
  await tillMorning(channel);
});
afterEach(async () => await channel.stop());

const digests = (telegramId: number): readonly string[] =>
  channel
    .person(telegramId)
    .messages()
    .map(({ text = '' }) => text)
    .filter((text) => text.startsWith('🌅'));

const dayOf = (at: Date): string => formatDay(at, 'zh', { timeZone: 'Asia/Shanghai' });

const titleOf = (digest = ''): string => digest.split('\n')[0] ?? '';

const quarterToNine = async (): Promise<Date> => {
  const opening = workingTime.dayOpeningAfter(await now(channel));
  return new Date(opening.getTime() - 15 * 60_000);
};

test('at 08:45 of a working day everybody hears what waits for him, and nobody hears when nothing does', async () => {
  await until(channel, await quarterToNine());
  expect([cast.duty, cast.officer, cast.head, cast.supervisor].flatMap(digests)).toEqual([]);

  await until(channel, workingTime.nextOpening(await now(channel)));
  const waiting = await filed(channel);
  const sent = await dispatched(channel);
  await until(channel, await quarterToNine());

  expect(digests(cast.duty)).toHaveLength(1);
  expect(digests(cast.duty)[0]).toMatch(new RegExp(`已超时（1）\\n1\\. ${waiting}`));
  expect(digests(cast.officer)).toHaveLength(1);
  expect(digests(cast.officer)[0]).toMatch(new RegExp(`今天到期（1）\\n1\\. ${sent}`));
  expect(digests(cast.officer)[0]).not.toContain(waiting);
  expect(digests(cast.supervisor)[0]).toContain(waiting);

  const officer = channel.person(cast.officer);
  await officer.press(new RegExp(sent.slice(-8)));
  await officer.press('✅ 签收');
  await officer.waitFor(/办理中/);
  expect(digests(cast.officer)).toHaveLength(1);
});

test('a sweep that runs again, a restart and the other replicas make no second digest; a long outage makes one, not five', async () => {
  await filed(channel);
  await until(channel, await quarterToNine());
  await channel.restart();
  await channel.advance('PT2M');
  await quiet(channel);
  expect(digests(cast.duty)).toHaveLength(1);
  await channel.jump('P9D');
  await quiet(channel);
  expect(digests(cast.duty).length).toBeLessThanOrEqual(2);
});

test('told late, a digest carries the day it is for; once a newer one is due it is not told any more', async () => {
  await dispatched(channel);
  const officer = channel.person(cast.officer);
  await officer.block();
  await quiet(channel);
  const first = await quarterToNine();
  await until(channel, first);
  await channel.advance('PT20H');
  await officer.unblock();
  await quiet(channel);
  expect(digests(cast.officer)).toHaveLength(1);
  expect(titleOf(digests(cast.officer)[0])).toContain(dayOf(first));

  await officer.block();
  await quiet(channel);
  await until(channel, await quarterToNine());
  await channel.advance('PT1H');
  const latest = await quarterToNine();
  await until(channel, latest);
  await officer.unblock();
  await quiet(channel);
  expect(digests(cast.officer)).toHaveLength(2);
  expect(titleOf(digests(cast.officer)[1])).toContain(dayOf(latest));
});

/** A case whose half-time is an opening, or so many minutes later, as if it had been signed then; gives its number and that opening. */
async function halfTimeAtOpening({
  officer = cast.officer,
  pressure = 0,
  minutesLater = 0,
}: { readonly officer?: number; readonly pressure?: number; readonly minutesLater?: number } = {}): Promise<{
  readonly number: string;
  readonly opening: Date;
}> {
  const number = await contacted(channel, { officer });
  const cases = channel.connection().collection<{ number: string; clocks: { name: string }[] }>('cases');
  const found = await cases.findOne({ number });
  const opening = workingTime.dayOpeningAfter(await now(channel));
  const clocks = (found?.clocks ?? []).map((clock) =>
    clock.name === 'resolve'
      ? {
          ...clock,
          startedAt: opening,
          dueAt: workingTime.add(workingTime.addWorkingDays(opening, 5), minutesLater),
          limit: { working: 10 * 420 },
        }
      : clock,
  );
  await cases.updateOne({ number }, { $set: { clocks, pressure, wakeAt: opening } });
  return { number, opening };
}

test('what a digest tells somebody stands in his to-do, in whatever state it is', async () => {
  const late = await contacted(channel);
  const submittedOne = await submitted(channel);
  await channel.advanceWorking('P11D');
  await filed(channel);
  await until(channel, await quarterToNine());
  await quiet(channel);
  for (const id of [cast.duty, cast.supervisor, cast.officer, cast.head]) {
    const told =
      digests(id)
        .at(-1)
        ?.match(/ZT-\d{3}-\d{3}-\d{4}/g) ?? [];
    expect(told.length).toBeGreaterThan(0);
    const person = channel.person(id);
    const since = person.mark();
    await person.say('/todo');
    const listed = (await person.waitFor(/待办/, { since })).text ?? '';
    expect(told.filter((number) => !listed.includes(number))).toEqual([]);
  }
  expect(digests(cast.duty).at(-1)).toMatch(new RegExp(`等您处理[^]*${late}`));
  expect(digests(cast.supervisor).at(-1)).toMatch(new RegExp(`已超时[^]*${late}`));
  expect(digests(cast.supervisor).at(-1)).toContain(submittedOne);
});

test('a reminder that falls on the opening is told in the digest and does not come again as a ping', async () => {
  const { number, opening } = await halfTimeAtOpening();
  const officer = channel.person(cast.officer);
  const since = officer.mark();
  await until(channel, new Date(opening.getTime() + 60_000));
  expect(digests(cast.officer)[0]).toMatch(new RegExp(`时限过半或将尽（1）\\n1\\. ${number}`));
  expect(heard(officer, since).filter((line) => line.includes('过半'))).toEqual([]);
});

test('a handler who cannot be reached reads no digest: his reminder comes by itself, and his head hears it', async () => {
  const { number, opening } = await halfTimeAtOpening();
  await channel.person(cast.officer).block();
  await quiet(channel);
  const head = channel.person(cast.head);
  const since = head.mark();
  await until(channel, new Date(opening.getTime() + 60_000));
  expect(heard(head, since).filter((line) => line.startsWith('📵'))).toHaveLength(1);
  expect(head.messages().findLast(({ text = '' }) => text.startsWith('📵'))?.text).toContain(number);
});

test('a head whom the reminder is for as well and who cannot be reached: it comes by itself, and whoever stands in for him hears it', async () => {
  // Under pressure the head hears of the half-time, too.
  const { number, opening } = await halfTimeAtOpening({ pressure: 1 });
  await channel.person(cast.head).block();
  await quiet(channel);
  const duty = channel.person(cast.duty);
  const since = duty.mark();
  await until(channel, new Date(opening.getTime() + 60_000));
  expect(digests(cast.officer)[0]).toContain(number);
  expect(heard(duty, since).filter((line) => line.startsWith('📵'))).toHaveLength(1);
  expect(duty.messages().findLast(({ text = '' }) => text.startsWith('📵'))?.text).toContain(number);
});

test('one staff record that cannot be read, and a round that fails, hold up nobody else’s digest, reminder or watch', async () => {
  await arrive(channel.person(cast.colleague));
  const orphaned = await contacted(channel);
  await filed(channel);
  const { opening } = await halfTimeAtOpening({ officer: cast.colleague, minutesLater: 120 });
  const store = channel.connection();
  const c = await store.collection('cases').findOne({ number: orphaned });
  await store.collection('people').updateOne({ _id: c?.['handlerId'] }, { $set: { contact: 'broken' } });
  // Two that cannot be brought into their order: the chain cannot be written.
  await store
    .collection<{ _id: string }>('audit_waiting')
    .insertMany(['1', '2'].map((_id) => ({ _id, kind: 'act', what: 'x', by: 'x', at: null, closed: true })));
  const dueAt = new Date(opening.getTime() - 20 * 60_000);
  await store
    .collection<{ _id: string }>('schedules')
    .insertMany(['audit-head', 'watch'].map((name) => ({ _id: `${name}:all`, name, key: 'all', dueAt })));
  const [colleague, head] = [channel.person(cast.colleague), channel.person(cast.head)];
  const since = head.mark();

  await until(channel, new Date(opening.getTime() + 121 * 60_000));
  await expect.poll(() => digests(cast.duty).length, { timeout: 20_000 }).toBe(1);
  const saw = (line: RegExp) => (one: string) => line.test(one);
  await expect
    .poll(() => heard(head, since).filter(saw(/承办人已不在岗/)).length, { timeout: 20_000 })
    .toBe(1);
  await expect.poll(() => heard(colleague, since).filter(saw(/过半/)).length, { timeout: 20_000 }).toBe(1);
});
