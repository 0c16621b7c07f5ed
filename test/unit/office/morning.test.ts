import { expect, test } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import { isOver, morningOf, nextSlot } from '../../../src/domain/morning.js';
import type { Person } from '../../../src/domain/person.js';
import { absenceOf, forGood } from '../../../src/domain/substitutes.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

const time = createWorkingTime({ calendar: createCalendar(shippedYears) });
const rules = { rules: defaultRules, time, calendarRevision: 0 };
const at = (iso: string): Date => new Date(`${iso}+08:00`);
const before = defaultRules.morning.digest.beforeOpening;

test('the digest is due at 08:45 of the next working day, also from one minute before, and never on a day off', () => {
  expect(nextSlot(at('2026-11-23T08:44'), before, rules)).toEqual(at('2026-11-23T08:45'));
  expect(nextSlot(at('2026-11-23T08:45'), before, rules)).toEqual(at('2026-11-24T08:45'));
  expect(nextSlot(at('2026-11-27T12:00'), before, rules)).toEqual(at('2026-11-30T08:45'));
  // National Day: off from the 1st on, back at work on the 8th (2026).
  expect(nextSlot(at('2026-09-30T12:00'), before, rules)).toEqual(at('2026-10-08T08:45'));
});

test('a morning’s digest is over when the next one is due', () => {
  const morning = morningOf(at('2026-11-27T08:45'), rules);
  expect(morning.opening).toEqual(at('2026-11-27T09:00'));
  expect(isOver(morning, at('2026-11-30T08:44'))).toBe(false);
  expect(isOver(morning, at('2026-11-30T08:45'))).toBe(true);
});

const person: Person = {
  id: 'p1',
  contact: { telegramId: 1, name: '李', username: null },
  language: 'zh',
  grants: [{ role: 'officer', department: 'SPJ' }],
  activeRole: null,
  honestySeenAt: null,
  draftId: null,
  reachable: true,
  unreachableSince: null,
  inviters: [],
  awayUntil: null,
};

test('whoever lost the role, is away, or cannot be reached for 2 working days cannot hold cases', () => {
  const now = at('2026-11-25T10:00');
  const absence = (change: Partial<Person>) => absenceOf({ ...person, ...change }, 'SPJ', now, rules);
  expect(absence({})).toBe(null);
  expect(absenceOf(null, 'SPJ', now, rules)).toBe('left');
  expect(absenceOf(person, 'ZJJ', now, rules)).toBe('left');
  expect(absence({ awayUntil: at('2026-11-26T10:00') })).toBe('away');
  expect(absence({ awayUntil: at('2026-11-25T09:59') })).toBe(null);
  expect(absence({ awayUntil: forGood })).toBe('left');
  expect(absence({ reachable: false, unreachableSince: at('2026-11-23T10:01') })).toBe(null);
  expect(absence({ reachable: false, unreachableSince: at('2026-11-23T10:00') })).toBe('unreachable');
});
