/** A calendar day as the count of days since 1970-01-01, so that day arithmetic needs no time zone. */
export type DayNumber = number;

export const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** Takes a date written YYYY-MM-DD, gives its day number; refuses any other writing and days that do not exist. */
export function dayNumberOf(date: string): DayNumber {
  const written = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(written) || dateOf(written / millisecondsPerDay) !== date)
    throw new RangeError(`"${date}" is not a date written YYYY-MM-DD`);
  return written / millisecondsPerDay;
}

/** Takes a day number, gives its date as YYYY-MM-DD. */
export function dateOf(day: DayNumber): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

export function yearOf(day: DayNumber): number {
  return new Date(day * millisecondsPerDay).getUTCFullYear();
}

/** Says whether a day is a Saturday or a Sunday. */
export function isWeekend(day: DayNumber): boolean {
  // Day 0 was a Thursday, so day 2 of each week counted from it is a Saturday and day 3 a Sunday.
  const sinceThursday = ((day % 7) + 7) % 7;
  return sinceThursday === 2 || sinceThursday === 3;
}
