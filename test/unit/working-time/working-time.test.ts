import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { createWorkingTime, type OpeningHours } from '../../../src/domain/working-time/index.js';

const calendar = createCalendar(shippedYears);
const time = createWorkingTime({ calendar });
const at = (shanghai: string): Date => new Date(`${shanghai.replace(' ', 'T')}:00+08:00`);

describe('adding working time in Shanghai', () => {
  it.each([
    ['a whole day ends at its closing', '2026-03-09 09:00', 420, '2026-03-09 17:30'],
    ['from the closing it counts from the next opening', '2026-03-09 17:30', 420, '2026-03-10 17:30'],
    ['one day from 15:00 is 15:00 the next working day', '2026-03-09 15:00', 420, '2026-03-10 15:00'],
    ['one day from Friday afternoon is Monday', '2026-03-13 15:00', 420, '2026-03-16 15:00'],
    ['the lunch break does not count', '2026-03-09 11:30', 60, '2026-03-09 14:00'],
    ['what ends at noon ends at noon', '2026-03-09 11:00', 60, '2026-03-09 12:00'],
    ['from within the lunch break it counts from its end', '2026-03-09 12:40', 30, '2026-03-09 14:00'],
    ['from the night it counts from the morning', '2026-03-09 03:00', 60, '2026-03-09 10:00'],
    ['nothing added at night is the next opening', '2026-03-09 20:00', 0, '2026-03-10 09:00'],
    ['nothing added at the closing is the closing', '2026-03-09 17:30', 0, '2026-03-09 17:30'],
    ['the make-up Saturday before Spring Festival counts', '2026-02-13 17:00', 60, '2026-02-14 09:30'],
    ['Spring Festival is leapt over', '2026-02-14 17:00', 60, '2026-02-24 09:30'],
    [
      'the year ends in a holiday and goes on with a make-up Sunday',
      '2025-12-31 17:00',
      60,
      '2026-01-04 09:30',
    ],
    ['into the provisional year the statutory day is off', '2026-12-31 17:00', 60, '2027-01-04 09:30'],
    ['a year without data is Monday to Friday', '2031-10-01 09:00', 840, '2031-10-02 17:30'],
  ])('%s', (_, from, minutes, due) => {
    expect(time.add(at(from), minutes)).toEqual(at(due));
  });

  it('counts seconds and fractions of minutes exactly', () => {
    expect(time.add(new Date('2026-03-09T17:29:59.250+08:00'), 0.5)).toEqual(
      new Date('2026-03-10T09:00:29.250+08:00'),
    );
  });

  it('counts back the same way: to the opening, not to the closing before it', () => {
    expect(time.subtract(at('2026-03-10 11:00'), 120)).toEqual(at('2026-03-10 09:00'));
    expect(time.subtract(at('2026-03-10 09:30'), 120)).toEqual(at('2026-03-09 16:00'));
    expect(time.subtract(at('2026-02-24 09:30'), 60)).toEqual(at('2026-02-14 17:00'));
  });

  it('a closing at midnight belongs to the day that ends there', () => {
    const evening = createWorkingTime({ calendar, hours: [['22:00', '24:00']] });
    expect(evening.add(at('2026-03-09 23:00'), 60)).toEqual(at('2026-03-10 00:00'));
    expect(evening.add(at('2026-03-10 00:00'), 0)).toEqual(at('2026-03-10 00:00'));
    expect(evening.add(at('2026-03-10 00:00'), 60)).toEqual(at('2026-03-10 23:00'));
  });

  it('adds working days as days of seven hours', () => {
    expect(time.minutesPerDay).toBe(420);
    expect(time.addWorkingDays(at('2026-09-18 10:15'), 10)).toEqual(at('2026-10-09 10:15'));
  });
});

describe('asking about working time in Shanghai', () => {
  it('opening belongs to working time, closing does not', () => {
    const open = ['09:00', '11:59', '13:30', '17:29'];
    const closed = ['08:59', '12:00', '13:29', '17:30'];
    expect(open.filter((hour) => time.isWorking(at(`2026-03-09 ${hour}`)))).toEqual(open);
    expect(closed.filter((hour) => time.isWorking(at(`2026-03-09 ${hour}`)))).toEqual([]);
  });

  it('the next opening is the instant itself during working time', () => {
    expect(time.nextOpening(at('2026-03-09 10:07'))).toEqual(at('2026-03-09 10:07'));
    expect(time.nextOpening(at('2026-03-09 12:00'))).toEqual(at('2026-03-09 13:30'));
    expect(time.nextOpening(at('2026-09-30 17:30'))).toEqual(at('2026-10-08 09:00'));
  });

  it('a span is provisional as soon as either end or the time between touches an unannounced year', () => {
    expect(time.isProvisional(at('2026-01-01 00:00'), at('2026-12-31 23:59'))).toBe(false);
    expect(time.isProvisional(at('2026-12-31 17:30'), at('2027-01-01 00:00'))).toBe(true);
    expect(time.isProvisional(at('2023-12-31 23:59'), at('2024-01-02 00:00'))).toBe(true);
    expect(time.isProvisional(at('2027-05-01 00:00'), at('2026-05-01 00:00'))).toBe(true);
  });
});

describe('working time refuses what it cannot count', () => {
  const now = at('2026-03-09 10:00');

  it.each([-1, NaN, Infinity])('%s minutes', (minutes) => {
    expect(() => time.add(now, minutes)).toThrow(/not a number of working minutes/);
    expect(() => time.subtract(now, minutes)).toThrow(/not a number of working minutes/);
  });

  it('half working days, invalid dates, and instants or lengths that no case has', () => {
    expect(() => time.addWorkingDays(now, 0.5)).toThrow(/not a whole number of working days/);
    expect(() => time.nextOpening(new Date('soon'))).toThrow(/invalid date/);
    expect(() => time.between(new Date('1800-01-01'), now)).toThrow(/from the year 1970/);
    expect(() => time.add(now, 1e12)).toThrow(/from the year 1970/);
  });

  it('a time zone that does not exist', () => {
    expect(() => createWorkingTime({ calendar, timeZone: 'Asia/Nowhere' })).toThrow(/Asia\/Nowhere/);
  });

  it.each([
    [[]],
    [[['9:00', '12:00']]],
    [[['09:00', '24:30']]],
    [[['12:00', '09:00']]],
    [
      [
        ['09:00', '12:00'],
        ['11:00', '17:30'],
      ],
    ],
    [
      [
        ['13:30', '17:30'],
        ['09:00', '12:00'],
      ],
    ],
  ] satisfies [OpeningHours][])('opening hours %j', (hours) => {
    expect(() => createWorkingTime({ calendar, hours })).toThrow(RangeError);
  });
});
