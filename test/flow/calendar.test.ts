/** An administrator imports the holidays of a year: seen before it counts, and the dates of running cases follow, told once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { createCalendar, type CalendarYear } from '../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../src/domain/calendar/shipped-years.js';
import { createWorkingTime } from '../../src/domain/working-time/index.js';
import { formatInstant } from '../../src/text/format.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wd, workingTime } from '../support/business-time.js';
import { cardOf, signed } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const secondAdmin = 3005;

let channel: Channel;
let admin: TestPerson;
beforeAll(async () => {
  channel = await startChannel({
    schedules: ['digest'],
    organisation: (file) => ({
      ...file,
      commission: file.commission.map((member) =>
        member.telegramId === secondAdmin ? { ...member, roles: ['admin'] } : member,
      ),
    }),
  });
  admin = channel.person(cast.admin);
  const { owner, duty, officer, head, supervisor, leader } = cast;
  for (const id of [owner, duty, officer, head, supervisor, leader, cast.admin, secondAdmin])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** The year of a day as it is known, with that day off. */
function yearWith(day: string): CalendarYear {
  const year = Number(day.slice(0, 4));
  const known = shippedYears.find((one) => one.year === year);
  const holidays = [...(known?.holidays ?? []), day].toSorted();
  return { year, source: 'test', provisional: false, holidays, makeUpWorkdays: known?.makeUpWorkdays ?? [] };
}

async function send(person: TestPerson, year: object): Promise<ViewMessage> {
  const since = person.mark();
  const bytes = Buffer.from(JSON.stringify(year));
  await person.document({ name: 'year.json', mimeType: 'application/json', bytes });
  return await person.waitFor(/核对/, { since });
}

interface Running {
  readonly rev: number;
  readonly clocks: readonly {
    readonly name: string;
    readonly startedAt: Date;
    readonly dueAt: Date;
    readonly stoppedAt: Date | null;
  }[];
}

async function resolving(number: string) {
  const found = await channel.connection().collection<Running>('cases').findOne({ number });
  const clock = found?.clocks.find(({ name, stoppedAt }) => name === 'resolve' && stoppedAt === null);
  if (!found || !clock) throw new Error(`${number} is not being resolved`);
  return { rev: found.rev, startedAt: clock.startedAt, dueAt: clock.dueAt };
}

const imports = (): Promise<number> => channel.connection().collection('calendar_imports').countDocuments();
const updated = (lines: readonly string[]): number => lines.filter((line) => line.startsWith('📅')).length;

test('an import moves the date of a running case: the officer sees it, the reporter and the commission hear it once', async () => {
  await tillMorning(channel);
  const number = await signed(channel);
  const before = await resolving(number);
  const off = workingTime.add(before.startedAt, 3 * wd);
  const year = yearWith(dayOf(off));

  const preview = await send(admin, year);
  expect(preview.text).toContain('改为休息');
  expect(preview.text).toContain('有 1 件的日期会移动');
  expect(await resolving(number)).toEqual(before);

  const people = [cast.owner, cast.officer, cast.supervisor, cast.leader].map((id) => channel.person(id));
  const marks = people.map((person) => person.mark());
  const { message } = await admin.press('✅ 确认导入', { message: preview });
  expect(message.text).toContain('已导入');
  // Whatever process goes on with it: this one ends before it has looked at the cases.
  await channel.restart();
  await channel.advance('PT1S');
  await quiet(channel);

  const after = await resolving(number);
  const renewed = createWorkingTime({ calendar: createCalendar([...shippedYears, year]) });
  expect(after.dueAt).toEqual(renewed.add(before.startedAt, 10 * wd));
  expect(after.dueAt.getTime()).toBeGreaterThan(before.dueAt.getTime());
  const shown = formatInstant(after.dueAt, 'zh', { timeZone: 'Asia/Shanghai', now: await now(channel) });
  for (const id of [cast.officer, cast.owner])
    expect((await cardOf(channel, channel.person(id), number)).text).toContain(shown);

  await channel.restart();
  await channel.advance('PT1S');
  await quiet(channel);
  expect(people.map((person, i) => updated(heard(person, marks[i])))).toEqual([1, 0, 1, 1]);
  expect(await resolving(number)).toEqual(after);
});

test('a red card that waits for a head out of reach is not lost by an import that leaves the case overdue', async () => {
  const head = channel.person(cast.head);
  await head.block();
  await quiet(channel);
  const from = await now(channel);
  const dueAt = new Date(from.getTime() + 30 * 60_000);
  const cases = channel.connection().collection<Running & { state: string; wakeAt: Date }>('cases');
  const c = await cases.findOne({ state: 'handling' });
  const clocks = (c?.clocks ?? []).map((clock) =>
    clock.name === 'resolve' && clock.stoppedAt === null
      ? { ...clock, dueAt, counted: { from, span: { working: 30 } }, stepsDone: ['R1', 'R2', 'R3'] }
      : clock,
  );
  await cases.updateOne({ state: 'handling' }, { $set: { clocks, wakeAt: dueAt } });
  // The next morning; with today off it was due this morning.
  await until(channel, workingTime.add(from, wd));
  const since = head.mark();
  await admin.press('✅ 确认导入', { message: await send(admin, yearWith(dayOf(from))) });
  await channel.advance('PT1S');
  await quiet(channel);
  const [moved] = (await cases.find({ state: 'handling' }).toArray()).flatMap((one) =>
    one.clocks.filter(({ name, stoppedAt }) => name === 'resolve' && stoppedAt === null),
  );
  expect(moved?.dueAt.getTime()).toBeGreaterThan(dueAt.getTime());
  expect(moved?.dueAt.getTime()).toBeLessThan((await now(channel)).getTime());

  await head.unblock();
  await head.start();
  await quiet(channel);
  expect(heard(head, since).filter((line) => line.includes('红牌：办理已超时'))).toHaveLength(1);
});

test('of two administrators the second is told that the first was faster; pressed again it stays one import', async () => {
  const second = channel.person(secondAdmin);
  const one = yearWith(dayOf(workingTime.add(await now(channel), 5 * wd)));
  const other = yearWith(dayOf(workingTime.add(await now(channel), 6 * wd)));
  const his = await send(second, other);
  const hers = await send(admin, one);
  const count = await imports();
  const taps = [1, 2].map(() => admin.press('✅ 确认导入', { message: hers }));
  expect((await Promise.allSettled(taps))[0]?.status).toBe('fulfilled');
  const { message } = await second.press('✅ 确认导入', { message: his });
  expect(message.text).toContain('日历已有别的改动');
  expect(await imports()).toBe(count + 1);
});

test('a morning that becomes a day off is left out of the rounds', async () => {
  const digestAt = async (): Promise<Date> => {
    const row = await channel
      .connection()
      .collection<{ dueAt: Date }>('schedules')
      .findOne({ name: 'digest' });
    return row?.dueAt ?? new Date(0);
  };
  const before = await digestAt();
  const year = yearWith(dayOf(before));
  await admin.press('✅ 确认导入', { message: await send(admin, year) });
  const renewed = createWorkingTime({ calendar: createCalendar([...shippedYears, year]) });
  const opening = renewed.dayOpeningAfter(before);
  expect(await digestAt()).toEqual(new Date(opening.getTime() - 15 * 60_000));
  expect(dayOf(await digestAt()) > dayOf(before)).toBe(true);
});

test('the notice itself can be pasted; one that cannot be right is refused with the place, and nothing is imported', async () => {
  const count = await imports();
  const notice = `国务院办公厅关于2031年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月22日（农历除夕、周三）至28日（周二）放假调休，共7天。1月19日（周日）、2月1日（周六）上班。`;
  const since = admin.mark();
  await admin.say(notice);
  const preview = await admin.waitFor(/核对/, { since });
  expect(preview.text).toContain('请核对：2031 年放假安排');
  expect(preview.text).toMatch(/改为上班：1月19日（周日）、2月1日（周六）/);
  expect(preview.text).toContain('没有提到：清明节 · 劳动节');
  await admin.press('不改了', { message: preview });

  const mark = admin.mark();
  await admin.say(notice.replace('共7天', '共8天').replace('1月1日（周三）', '1月1日（周四）'));
  const refused = await admin.waitFor(/没有导入/, { since: mark });
  expect(refused.text).toMatch(/元旦:1月1日\(周四\)放假1天,不调休：星期与日期对不上/);
  expect(refused.text).toMatch(/春节.*：天数与起止日期对不上/);
  expect(admin.buttons(refused)).toEqual([]);
  expect(await imports()).toBe(count);
});

test('words that are no notice are answered with what the calendar takes, until something else is begun', async () => {
  const saying = async (text: string, answer: RegExp): Promise<string> => {
    const since = admin.mark();
    await admin.say(text);
    return (await admin.waitFor(answer, { since })).text ?? '';
  };
  await saying('/calendar', /📅 放假与调休/);
  expect(await saying('元旦放假一天', /没有导入|没看懂/)).toMatch(/不是一年的放假安排[^]*带标题和年份/);
  expect(await saying('/cancel', /取消/)).toBe('已取消。');
  await saying('元旦放假一天', /没看懂这一步/);
});

test('nobody but the administrator reads or imports the calendar', async () => {
  const supervisor = channel.person(cast.supervisor);
  const since = supervisor.mark();
  await supervisor.say('/calendar');
  expect((await supervisor.waitFor(/身份/, { since })).text).toContain('不在您的身份里');
  const mark = supervisor.mark();
  await supervisor.say('国务院办公厅关于2031年部分节假日安排的通知。一、元旦：1月1日放假。');
  await supervisor.waitFor(({ text = '' }) => text !== '', { since: mark });
  expect(supervisor.buttons().join()).not.toContain('确认导入');
  await admin.say('/calendar');
  const known = await admin.waitFor(/📅 放假与调休/);
  expect(known.text).toContain('2026 年：已公布');
});

test('who imported holidays, and of which year, stands in the audit', async () => {
  await channel.advance('PT1S');
  const chain = channel.connection().collection('audit');
  const acts = await chain.find({ kind: 'act', what: 'calendar-imported' }).toArray();
  expect(acts).toHaveLength(await imports());
  expect(acts.length).toBeGreaterThan(0);
  for (const { role, detail } of acts)
    expect([role, detail]).toEqual(['admin', expect.stringMatching(/20\d\d/)]);
});
