import { describe, expect, it } from 'vitest';
import { type CalendarYear, createCalendar } from '../../../src/domain/calendar/calendar.js';
import { dateOf, dayNumberOf } from '../../../src/domain/calendar/day-number.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';

const calendar = createCalendar(shippedYears);

/** Days of a year whose answer differs from Monday to Friday, as month-day. */
function exceptions(year: number): { readonly off: readonly string[]; readonly on: readonly string[] } {
  const plain = createCalendar([]);
  const days = Array.from({ length: 366 }, (_, index) => dateOf(dayNumberOf(`${year}-01-01`) + index));
  const differing = days.filter(
    (date) => date.startsWith(`${year}`) && calendar.isWorkingDay(date) !== plain.isWorkingDay(date),
  );
  return {
    off: differing.filter((date) => !calendar.isWorkingDay(date)).map((date) => date.slice(5)),
    on: differing.filter((date) => calendar.isWorkingDay(date)).map((date) => date.slice(5)),
  };
}

/** The weekdays within month-day ranges such as "02-10..02-17". */
function weekdays(year: number, ranges: string): readonly string[] {
  const plain = createCalendar([]);
  return ranges.split(' ').flatMap((range) => {
    const [first = '', last = first] = range.split('..');
    const start = dayNumberOf(`${year}-${first}`);
    const length = dayNumberOf(`${year}-${last}`) - start + 1;
    return Array.from({ length }, (_, index) => dateOf(start + index))
      .filter((date) => plain.isWorkingDay(date))
      .map((date) => date.slice(5));
  });
}

describe('the shipped years say what the notices say', () => {
  it.each([
    [
      2024,
      '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07',
      '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
    ],
    [
      2025,
      '01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08',
      '01-26 02-08 04-27 09-28 10-11',
    ],
    [
      2026,
      '01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07',
      '01-04 02-14 02-28 05-09 09-20 10-10',
    ],
    [2027, '01-01 02-05..02-08 04-05 05-01..05-02 06-09 09-15 10-01..10-03', ''],
  ])('%i', (year, holidays, makeUps) => {
    expect(exceptions(year)).toEqual({
      off: weekdays(year, holidays),
      on: makeUps.split(' ').filter(Boolean),
    });
  });

  it('the announced years have as many working days as the State Council leaves', () => {
    const count = (year: number): number =>
      Array.from({ length: 366 }, (_, index) => dateOf(dayNumberOf(`${year}-01-01`) + index)).filter(
        (date) => date.startsWith(`${year}`) && calendar.isWorkingDay(date),
      ).length;
    expect([2024, 2025, 2026].map(count)).toEqual([251, 248, 248]);
  });

  it('only announced years are final', () => {
    const years = ['2023', '2024', '2025', '2026', '2027', '2028'];
    expect(years.filter((year) => calendar.isProvisional(`${year}-06-01`))).toEqual(['2023', '2027', '2028']);
  });
});

describe('a calendar', () => {
  const year = (given: Partial<CalendarYear>): CalendarYear => ({
    year: 2030,
    source: 'test',
    provisional: false,
    holidays: [],
    makeUpWorkdays: [],
    ...given,
  });

  it('lets an imported year replace the shipped one whole', () => {
    const imported = year({ year: 2027, holidays: ['2027-02-09'], makeUpWorkdays: ['2027-02-20'] });
    const renewed = createCalendar([...shippedYears, imported]);
    expect(renewed.isProvisional('2027-01-01')).toBe(false);
    expect(['2027-02-05', '2027-02-20'].map((date) => renewed.isWorkingDay(date))).toEqual([true, true]);
    expect(renewed.isWorkingDay('2027-02-09')).toBe(false);
  });

  it.each([
    ['a date of another year', { holidays: ['2031-01-01'] }, /belongs to another year/],
    ['a date that does not exist', { holidays: ['2030-02-30'] }, /not a date/],
    ['a date written otherwise', { makeUpWorkdays: ['2030/02/02'] }, /not a date/],
    [
      'a day both off and worked',
      { holidays: ['2030-02-02'], makeUpWorkdays: ['2030-02-02'] },
      /both a holiday/,
    ],
    ['a make-up workday in the week', { makeUpWorkdays: ['2030-02-04'] }, /not on a weekend/],
  ])('refuses %s', (_, given, reason) => {
    expect(() => createCalendar([year(given)])).toThrow(reason);
  });
});
