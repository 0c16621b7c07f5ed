/** A new calendar of holidays: which dates move, who hears it, and that nothing is told twice. */
import { describe, expect, it, test } from 'vitest';
import { createCalendar, type CalendarYear } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { activeClock, type CaseRecord, type Clock } from '../../../src/domain/case.js';
import { wake } from '../../../src/domain/decide.js';
import type { Viewer } from '../../../src/domain/people.js';
import { recalendar } from '../../../src/domain/recalendar.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';
import { filed as file, rules as before, step } from './case-of-test.js';

/** The same numbers, with further days off or worked in 2026 and what is announced of 2027. */
const over = (change: Partial<CalendarYear>, announced?: CalendarYear) => {
  const years = shippedYears.map((year) =>
    year.year === 2026
      ? {
          ...year,
          holidays: [...year.holidays, ...(change.holidays ?? [])],
          makeUpWorkdays: [...year.makeUpWorkdays, ...(change.makeUpWorkdays ?? [])],
        }
      : year,
  );
  const calendar = createCalendar(announced ? [...years, announced] : years);
  return { ...before, time: createWorkingTime({ calendar }), calendarRevision: 1 };
};

const at = (iso: string): Date => new Date(`${iso}:00+08:00`);
const duty: Viewer = { personId: 'duty', role: 'duty' };
const officer: Viewer = { personId: 'officer', role: 'officer', departments: ['SPJ'] };
const owner: Viewer = { personId: 'reporter', role: 'enterprise' };
const supervisor: Viewer = { personId: 'supervisor', role: 'supervisor' };

/** Filed and dispatched on Monday 2 November, signed at 10:00: due on Monday 16 November at 10:00. */
const filed = file({ now: at('2026-11-02T09:30') });
const dispatched = step(filed, 'dispatch', duty, at('2026-11-02T09:45'), { department: 'SPJ' });
const signed = step(dispatched, 'sign', officer, at('2026-11-02T10:00'));
const now = at('2026-11-04T11:00');

const running = (c: CaseRecord, name = 'resolve'): Clock => {
  const clock = c.clocks.find((one) => one.name === name && one.stoppedAt === null);
  if (!clock) throw new Error(`${name} does not run`);
  return clock;
};
const moved = (c: CaseRecord, rules: ReturnType<typeof over>, on = now) =>
  recalendar(c, on, { before, rules });
const holiday = over({ holidays: ['2026-11-10'] });

test('a further holiday moves the due date by a day: a new generation, a word to the reporter, an entry in the history', () => {
  expect(running(signed).dueAt).toEqual(at('2026-11-16T10:00'));
  const next = moved(signed, holiday);
  expect(running(next)).toMatchObject({ dueAt: at('2026-11-17T10:00'), generation: 2 });
  expect(next.promisedAt).toEqual(at('2026-11-17T10:00'));
  expect(next.outbox.slice(signed.outbox.length).map(({ event, to }) => [event, ...to])).toEqual([
    ['progress-recalendar', 'reporter'],
    ['refresh'],
  ]);
  expect(next.history.at(-1)).toMatchObject({ transition: 'recalendar', by: 'system', detail: 'calendar 1' });
  expect(next.rev).toBe(signed.rev + 1);
});

test('computed again it stays as it is', () => {
  const next = moved(signed, holiday);
  expect(recalendar(next, now, { before: holiday, rules: holiday })).toEqual(next);
});

test('a case whose dates stay is marked, and nobody hears anything', () => {
  const next = moved(signed, over({ holidays: ['2026-12-24'] }));
  expect(next).toEqual({ ...signed, calendarRevision: 1 });
});

test('a day that becomes a workday moves the date earlier; what is overdue by it is told once, merged', () => {
  const rules = over({ makeUpWorkdays: ['2026-11-07', '2026-11-08'] });
  const late = at('2026-11-12T10:30');
  const told = wake(signed, at('2026-11-09T10:00'), before) ?? signed;
  expect(running(told).stepsDone).toEqual(['R1']);
  const next = moved(told, rules, late);
  expect(running(next).dueAt).toEqual(at('2026-11-12T10:00'));
  expect(running(next).stepsDone).toEqual(['R1']);
  const woken = wake(next, late, rules) ?? next;
  expect(running(woken).stepsDone).toEqual(['R1', 'R2', 'R3', 'E1']);
  const steps = woken.outbox.flatMap(({ clock }) => (clock?.name === 'resolve' ? [clock.step] : []));
  expect(steps).toEqual(['R1', 'E1']);
});

test('a reminder that was told is not told again by the new date; an escalation that is no longer due is, when it is', () => {
  const reminded = wake(signed, at('2026-11-09T10:00'), before) ?? signed;
  const next = moved(reminded, holiday, at('2026-11-09T11:00'));
  expect(running(next).stepsDone).toEqual(['R1']);
  expect(wake(next, at('2026-11-10T10:00'), holiday)).toBe(null);

  const overdue = wake(reminded, at('2026-11-16T10:00'), before) ?? reminded;
  expect(running(overdue).stepsDone).toContain('E1');
  const spared = moved(overdue, holiday, at('2026-11-16T10:30'));
  expect(running(spared).stepsDone).not.toContain('E1');
  expect(running(spared).stepsDone).toContain('R3');
  const again = wake(spared, at('2026-11-17T10:00'), holiday);
  expect(running(again ?? spared).stepsDone).toContain('E1');
});

test('what was told by the old date and has not gone out yet still holds by the new one, unless that one tells it itself', () => {
  const overdue = wake(signed, at('2026-11-16T10:00'), before) ?? signed;
  const [ofOld] = overdue.outbox.flatMap(({ clock }) => (clock?.step === 'E1' ? [clock] : []));
  if (!ofOld) throw new Error('nobody was told');
  const later = moved(overdue, holiday, at('2026-11-17T11:00'));
  expect(running(later)).toMatchObject({ generation: 2, dueAt: at('2026-11-17T10:00') });
  expect(wake(later, at('2026-11-17T11:00'), holiday)).toBe(null);
  expect(activeClock(later, ofOld)).toBe(true);
  // Not overdue by the new date: it is told then, and the old word is over before and after.
  const spared = moved(overdue, holiday, at('2026-11-16T10:30'));
  const again = wake(spared, at('2026-11-17T10:00'), holiday) ?? spared;
  expect(running(again).stepsDone).toContain('E1');
  expect([spared, again].map((c) => activeClock(c, ofOld))).toEqual([false, false]);
  expect(activeClock({ ...later, clocks: later.clocks.slice(0, -1) }, ofOld)).toBe(false);
});

describe('dates that were moved before', () => {
  it('after a pause the rest is counted from where it went on', () => {
    const contacted = step(signed, 'contact', officer, at('2026-11-02T11:00'));
    const waiting = step(contacted, 'wait', officer, at('2026-11-03T10:00'));
    const resumed = step(waiting, 'resume', owner, at('2026-11-05T10:00'));
    expect(running(resumed).dueAt).toEqual(at('2026-11-18T10:00'));
    expect(running(moved(resumed, holiday, at('2026-11-05T11:00'))).dueAt).toEqual(at('2026-11-19T10:00'));
    // A day of the pause that becomes a holiday changes nothing: what was left is still left.
    const within = over({ holidays: ['2026-11-04'] });
    expect(running(moved(resumed, within, at('2026-11-05T11:00'))).dueAt).toEqual(at('2026-11-18T10:00'));
  });

  it('an extension is counted with the limit', () => {
    const asked = step(signed, 'ask-extension', officer, at('2026-11-03T10:00'), { days: 3 });
    const extended = step(asked, 'grant-extension', supervisor, at('2026-11-03T11:00'));
    expect(running(extended).dueAt).toEqual(at('2026-11-19T10:00'));
    expect(running(moved(extended, holiday)).dueAt).toEqual(at('2026-11-20T10:00'));
  });

  it('a moved date of a version that did not note from where keeps what was left of it', () => {
    const old = (c: CaseRecord): CaseRecord => ({
      ...c,
      clocks: c.clocks.map((clock) =>
        clock.name === 'resolve' ? { ...clock, generation: 2, dueAt: at('2026-11-18T15:00') } : clock,
      ),
    });
    expect(running(moved(old(signed), holiday)).dueAt).toEqual(at('2026-11-19T15:00'));
  });
});

test('while an answer is waited for, the pause and not the stopped clock moves', () => {
  const contacted = step(signed, 'contact', officer, at('2026-11-02T11:00'));
  const waiting = step(contacted, 'wait', officer, at('2026-11-06T10:00'));
  expect(waiting.pauseUntil).toEqual(at('2026-11-13T10:00'));
  const next = moved(waiting, holiday, at('2026-11-06T11:00'));
  expect(next.pauseUntil).toEqual(at('2026-11-16T10:00'));
  expect(next.wakeAt).toEqual(at('2026-11-16T10:00'));
});

test('the date promised at filing is the sum of its limits by the new calendar', () => {
  const next = moved(filed, holiday, at('2026-11-02T10:00'));
  expect(next.promisedAt).toEqual(holiday.time.addWorkingDays(holiday.time.add(filed.filedAt, 240), 11));
  expect(next.promisedAt).not.toEqual(filed.promisedAt);
});

test('an announced year takes the mark from a date without moving it', () => {
  const late = file({ now: at('2026-12-28T10:00') });
  expect(late.provisional).toBe(true);
  const announced = {
    ...shippedYears.find(({ year }) => year === 2027),
    year: 2027,
    source: 'test',
    provisional: false,
    holidays: ['2027-01-01'],
    makeUpWorkdays: [],
  };
  const next = moved(late, over({}, announced), at('2026-12-28T11:00'));
  expect(next.promisedAt).toEqual(late.promisedAt);
  expect(next.provisional).toBe(false);
  expect(next.outbox.map(({ event }) => event)).toEqual([
    ...late.outbox.map(({ event }) => event),
    'refresh',
  ]);
});

test('a natural-time clock does not move', () => {
  const urgent = file({ now: at('2026-11-09T22:00'), urgent: true });
  const next = moved(urgent, holiday, at('2026-11-09T22:10'));
  expect(next).toEqual({ ...urgent, calendarRevision: 1, wakeAt: next.wakeAt });
});
