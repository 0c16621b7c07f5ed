import type { Calendar } from '../calendar/calendar.js';
import { dateOf, yearOf } from '../calendar/day-number.js';
import { createCounting, within } from './counting.js';
import { createOpenStretches } from './open-stretches.js';
import { defaultOpeningHours, minutesPerDay, type OpeningHours, parseOpeningHours } from './opening-hours.js';
import { createZone } from './zone.js';

export type { OpeningHours } from './opening-hours.js';

/** Arithmetic in working minutes (rules "Working time"). Minutes may be fractions; instants are exact to the millisecond. */
export type WorkingTime = {
  /** What one working day (1 wd) is worth in working minutes. */
  readonly minutesPerDay: number;
  /**
   * The instant after that many working minutes. Counts from the next opening when `from` is outside hours; minutes
   * that end exactly at a closing end there, not at the next opening. Refuses a negative number.
   */
  add(from: Date, minutes: number): Date;
  /** The mirror of `add`: counts back from the last closing, and ends at an opening rather than at the closing before. */
  subtract(from: Date, minutes: number): Date;
  /** `add` of whole working days: +1 from 15:00 is 15:00 on the next working day. Refuses fractions. */
  addWorkingDays(from: Date, days: number): Date;
  /** Working minutes from the first instant to the second; negative when the second is earlier. */
  between(from: Date, to: Date): number;
  isWorking(at: Date): boolean;
  /** The instant itself when it is working time, else the next opening. */
  nextOpening(at: Date): Date;
  /** The first opening of a working day that comes after an instant: when the next day's work begins. */
  dayOpeningAfter(at: Date): Date;
  /** The calendar year of an instant on the zone's wall clock. */
  yearAt(at: Date): number;
  /** Says whether the time between the two instants touches a year whose holidays are not announced yet. */
  isProvisional(from: Date, to: Date): boolean;
  /** The month the wall calendar shows at an instant, written YYYY-MM. */
  monthOf(at: Date): string;
};

const millisecondsPerMinute = 60_000;

/** Takes a calendar, an IANA time zone and opening hours in that zone's wall-clock time; gives their arithmetic. */
export function createWorkingTime(settings: {
  readonly calendar: Calendar;
  readonly timeZone?: string;
  readonly hours?: OpeningHours;
}): WorkingTime {
  const { calendar, timeZone = 'Asia/Shanghai', hours = defaultOpeningHours } = settings;
  const zone = createZone(timeZone);
  const stretchesOf = createOpenStretches({ calendar, zone, periods: parseOpeningHours(hours) });
  const { forward, backward, openBetween, openingFrom, dayOpeningAfter } = createCounting({
    zone,
    stretchesOf,
  });
  const perDay = minutesPerDay(hours);
  const add = (from: Date, minutes: number): Date => new Date(forward(instantOf(from), lengthOf(minutes)));
  return {
    minutesPerDay: perDay,
    add,
    subtract: (from, minutes) => new Date(backward(instantOf(from), lengthOf(minutes))),
    addWorkingDays(from, days) {
      if (!Number.isInteger(days)) throw new RangeError(`${days} is not a whole number of working days`);
      return add(from, days * perDay);
    },
    between(from, to) {
      const [start, end] = [instantOf(from), instantOf(to)];
      const open = start <= end ? openBetween(start, end) : 0 - openBetween(end, start);
      return open / millisecondsPerMinute;
    },
    isWorking: (at) => openingFrom(instantOf(at)) === at.getTime(),
    nextOpening: (at) => new Date(openingFrom(instantOf(at))),
    dayOpeningAfter: (at) => new Date(dayOpeningAfter(instantOf(at))),
    yearAt: (at) => yearOf(zone.dayAt(instantOf(at))),
    isProvisional(from, to) {
      const years = [from, to].map((at) => yearOf(zone.dayAt(instantOf(at))));
      for (let year = Math.min(...years); year <= Math.max(...years); year += 1)
        if (calendar.isProvisionalYear(year)) return true;
      return false;
    },
    monthOf: (at) => dateOf(zone.dayAt(instantOf(at))).slice(0, 7),
  };
}

function instantOf(at: Date): number {
  const instant = at.getTime();
  if (Number.isNaN(instant)) throw new RangeError('Working time of an invalid date');
  return within(instant);
}

function lengthOf(minutes: number): number {
  if (!Number.isFinite(minutes) || minutes < 0)
    throw new RangeError(
      `${minutes} is not a number of working minutes: finite and not negative is expected`,
    );
  return Math.round(minutes * millisecondsPerMinute);
}
