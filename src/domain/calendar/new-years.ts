/** Years that are to be taken over, from a notice or a file: what they say, what is wrong, what they change. Pure. */
import { createCalendar, type CalendarYear } from './calendar.js';
import { dateOf, dayNumberOf, isWeekend, yearOf, type DayNumber } from './day-number.js';
import { yearsIn, type HolidayName, type Notice, type NoticeMistake } from './read-notice.js';

/** Days that become free and days that become workdays, written YYYY-MM-DD. */
export interface DayChanges {
  readonly free: readonly string[];
  readonly worked: readonly string[];
}

export interface CalendarProposal extends DayChanges {
  readonly id: string;
  readonly years: readonly number[];
  readonly source: string;
  readonly missing: readonly HolidayName[];
  /** Years that were provisional and no longer are. */
  readonly announced: readonly number[];
  /** Running cases whose dates move, and the earliest of these dates. */
  readonly moved: number;
  readonly examples: readonly { readonly from: Date; readonly to: Date }[];
}

export type CalendarRefusal =
  | NoticeMistake['refusal']
  | 'other-year'
  | 'not-yours'
  | 'same'
  | 'stale'
  | 'forgotten'
  | 'unreadable'
  | 'not-a-notice';

export interface CalendarMistake {
  readonly place: string | null;
  readonly refusal: CalendarRefusal;
}

/**
 * The years of a notice. Its own year is replaced whole; a New Year that reaches into the year before changes only the
 * days it names there.
 */
export function yearsOfNotice(
  notice: Notice,
  source: string,
  known: readonly CalendarYear[],
): readonly CalendarYear[] {
  const of = (days: readonly DayNumber[], year: number): readonly string[] =>
    days.filter((day) => yearOf(day) === year).map(dateOf);
  return yearsIn(notice).flatMap((year) => {
    const holidays = of(notice.holidays, year);
    const makeUpWorkdays = of(notice.makeUpWorkdays, year);
    if (year === notice.year) return [{ year, source, provisional: false, holidays, makeUpWorkdays }];
    const present = known.find((one) => one.year === year);
    const telling = holidays.some((date) => !isWeekend(dayNumberOf(date))) || makeUpWorkdays.length > 0;
    return present && telling ? [withDays(present, { holidays, makeUpWorkdays })] : [];
  });
}

const withDays = (
  year: CalendarYear,
  { holidays, makeUpWorkdays }: Pick<CalendarYear, 'holidays' | 'makeUpWorkdays'>,
): CalendarYear => ({
  ...year,
  holidays: [...year.holidays.filter((date) => !makeUpWorkdays.includes(date)), ...holidays].toSorted(),
  makeUpWorkdays: [
    ...year.makeUpWorkdays.filter((date) => !holidays.includes(date)),
    ...makeUpWorkdays,
  ].toSorted(),
});

/** Everything that cannot be right about a year, with the day it is wrong about. */
export function mistakesIn(given: CalendarYear): readonly CalendarMistake[] {
  const all = [...given.holidays, ...given.makeUpWorkdays];
  const wrong = all.flatMap((date): CalendarMistake[] => {
    const day = existing(date);
    if (day === null) return [{ place: date.slice(0, 40), refusal: 'no-such-date' }];
    return yearOf(day) === given.year ? [] : [{ place: date, refusal: 'other-year' }];
  });
  if (wrong.length > 0) return wrong;
  return given.makeUpWorkdays.flatMap((date): CalendarMistake[] => {
    if (given.holidays.includes(date)) return [{ place: date, refusal: 'off-and-worked' }];
    return isWeekend(dayNumberOf(date)) ? [] : [{ place: date, refusal: 'make-up-in-the-week' }];
  });
}

function existing(date: string): DayNumber | null {
  try {
    return dayNumberOf(date);
  } catch {
    return null;
  }
}

/** The days on which two calendars differ, within the years that were given anew. */
export function dayChanges(known: readonly CalendarYear[], given: readonly CalendarYear[]): DayChanges {
  const [before, after] = [createCalendar(known), createCalendar([...known, ...given])];
  const days = given.flatMap(({ year }) => daysOf(year));
  const differing = days.filter((day) => before.isWorkingDayNumber(day) !== after.isWorkingDayNumber(day));
  return {
    free: differing.filter((day) => !after.isWorkingDayNumber(day)).map(dateOf),
    worked: differing.filter((day) => after.isWorkingDayNumber(day)).map(dateOf),
  };
}

function daysOf(year: number): readonly DayNumber[] {
  const first = dayNumberOf(`${year}-01-01`);
  return Array.from({ length: dayNumberOf(`${year + 1}-01-01`) - first }, (_, i) => first + i);
}
