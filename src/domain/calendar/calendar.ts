import { type DayNumber, dayNumberOf, isWeekend, yearOf } from './day-number.js';

/** One year as the State Council announces it; dates are written YYYY-MM-DD, weekends inside a holiday may be listed. */
export type CalendarYear = {
  readonly year: number;
  readonly source: string;
  /** True while the year's notice is not out: deadlines that touch it may still move. */
  readonly provisional: boolean;
  readonly holidays: readonly string[];
  readonly makeUpWorkdays: readonly string[];
};

/** Which days are working days. A year without data answers Monday to Friday and is provisional. */
export type Calendar = {
  isWorkingDay(date: string): boolean;
  isWorkingDayNumber(day: DayNumber): boolean;
  isProvisional(date: string): boolean;
  isProvisionalYear(year: number): boolean;
};

/**
 * Takes years, gives the calendar (rules "Working time"); a year given again replaces the one before, so that an
 * imported year supersedes a shipped one. Refuses a year whose dates contradict each other or belong elsewhere.
 */
export function createCalendar(years: readonly CalendarYear[]): Calendar {
  const byYear = new Map(years.map((year) => [year.year, year]));
  const holidays = new Set<DayNumber>();
  const makeUpWorkdays = new Set<DayNumber>();
  for (const year of byYear.values()) {
    for (const date of year.holidays) holidays.add(dayWithin(year, date));
    for (const date of year.makeUpWorkdays) {
      const day = dayWithin(year, date);
      if (holidays.has(day))
        throw new RangeError(`Calendar ${year.year}: ${date} is both a holiday and a make-up workday`);
      if (!isWeekend(day))
        throw new RangeError(`Calendar ${year.year}: make-up workday ${date} is not on a weekend`);
      makeUpWorkdays.add(day);
    }
  }
  const isWorkingDayNumber = (day: DayNumber): boolean =>
    isWeekend(day) ? makeUpWorkdays.has(day) : !holidays.has(day);
  const isProvisionalYear = (year: number): boolean => byYear.get(year)?.provisional ?? true;
  return {
    isWorkingDay: (date) => isWorkingDayNumber(dayNumberOf(date)),
    isWorkingDayNumber,
    isProvisional: (date) => isProvisionalYear(yearOf(dayNumberOf(date))),
    isProvisionalYear,
  };
}

function dayWithin({ year }: CalendarYear, date: string): DayNumber {
  const day = dayNumberOf(date);
  if (yearOf(day) !== year) throw new RangeError(`Calendar ${year}: ${date} belongs to another year`);
  return day;
}
