/** Hours of a working day as [opens, closes] pairs of wall-clock times, in order and without overlap. */
export type OpeningHours = readonly (readonly [opens: string, closes: string])[];

/** The commission's hours (rules "Working time"): 7 working hours a day. */
export const defaultOpeningHours: OpeningHours = [
  ['09:00', '12:00'],
  ['13:30', '17:30'],
];

/** A stretch of open time within one day, in minutes after midnight: opens included, closes excluded. */
export type OpenPeriod = { readonly opens: number; readonly closes: number };

/** Takes opening hours, gives them in minutes after midnight; refuses what is empty, malformed, or out of order. */
export function parseOpeningHours(hours: OpeningHours): readonly OpenPeriod[] {
  if (hours.length === 0)
    throw new RangeError('Opening hours are empty: a working day needs at least one period');
  let closedAt = -1;
  return hours.map(([from, until]) => {
    const period = { opens: minuteOfDay(from), closes: minuteOfDay(until) };
    if (period.opens >= period.closes || period.opens <= closedAt)
      throw new RangeError(
        `Opening hours ${from}-${until} are not after the ones before, or end before they begin`,
      );
    closedAt = period.closes;
    return period;
  });
}

/** Takes opening hours, gives the minutes of one whole working day: what "1 wd" is worth. */
export function minutesPerDay(hours: OpeningHours): number {
  return parseOpeningHours(hours).reduce((sum, { opens, closes }) => sum + closes - opens, 0);
}

function minuteOfDay(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const hour = Number(match?.[1] ?? NaN);
  const minute = Number(match?.[2] ?? NaN);
  const ofDay = hour * 60 + minute;
  if (!(minute < 60 && ofDay <= 24 * 60))
    throw new RangeError(`"${time}" is not a time of day written HH:MM`);
  return ofDay;
}
