import type { Calendar } from '../calendar/calendar.js';
import { type DayNumber, millisecondsPerDay } from '../calendar/day-number.js';
import type { OpenPeriod } from './opening-hours.js';
import type { Zone } from './zone.js';

/** A stretch of open time in epoch milliseconds: opens included, closes excluded. */
export type OpenStretch = { readonly opens: number; readonly closes: number };

const millisecondsPerMinute = 60_000;

/**
 * Takes calendar, zone and the periods of a day, gives a function from a day to its open stretches in order; none
 * on a day off. Open is when the wall clock shows an open time, so an hour the clock skips or repeats is counted as
 * it is lived. A stretch may be cut in two where a year or an offset begins; the halves touch.
 */
export function createOpenStretches(from: {
  readonly calendar: Calendar;
  readonly zone: Zone;
  readonly periods: readonly OpenPeriod[];
}): (day: DayNumber) => readonly OpenStretch[] {
  const { calendar, zone, periods } = from;
  return (day) => {
    if (!calendar.isWorkingDayNumber(day)) return [];
    const stretches: OpenStretch[] = [];
    for (const regime of zone.regimesAround(day)) {
      const midnight = day * millisecondsPerDay - regime.offset;
      for (const period of periods) {
        const opens = Math.max(midnight + period.opens * millisecondsPerMinute, regime.from);
        const closes = Math.min(midnight + period.closes * millisecondsPerMinute, regime.until);
        if (opens < closes) stretches.push({ opens, closes });
      }
    }
    return stretches;
  };
}
