import { type DayNumber, millisecondsPerDay, yearOf } from '../calendar/day-number.js';

/** A stretch of time with one offset, in milliseconds: the wall clock shows instant + offset. */
export type Regime = { readonly from: number; readonly until: number; readonly offset: number };

/** A time zone's wall clock, independent of the zone of the machine. Instants are epoch milliseconds. */
export type Zone = {
  dayAt(instant: number): DayNumber;
  /** The regimes under which the wall clock can show that day, in order; some may lie outside it. */
  regimesAround(day: DayNumber): readonly Regime[];
};

/** Takes an IANA name, gives its zone with the offsets of each year found once; refuses a name Intl does not know. */
export function createZone(timeZone: string): Zone {
  const offsetAt = createOffsetReader(timeZone);
  const years = new Map<number, readonly Regime[]>();
  const regimesOf = (year: number): readonly Regime[] => {
    const known = years.get(year) ?? findRegimes(year, offsetAt);
    years.set(year, known);
    return known;
  };
  return {
    dayAt(instant) {
      const regimes = regimesOf(new Date(instant).getUTCFullYear());
      const offset = regimes.find(({ until }) => instant < until)?.offset ?? offsetAt(instant);
      return Math.floor((instant + offset) / millisecondsPerDay);
    },
    regimesAround(day) {
      // No offset reaches a day, so the neighbouring days enclose every instant of this one.
      const first = yearOf(day - 1);
      const last = yearOf(day + 2);
      return first === last ? regimesOf(first) : [...regimesOf(first), ...regimesOf(last)];
    },
  };
}

const millisecondsPerWeek = 7 * millisecondsPerDay;

type OffsetReader = (instant: number) => number;

function createOffsetReader(timeZone: string): OffsetReader {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const shown = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? NaN;
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - Math.floor(instant / 1000) * 1000;
  };
}

/** Compares the weeks of a UTC year: two changes that cancel out within a week would be missed, no zone has them. */
function findRegimes(year: number, offsetAt: OffsetReader): readonly Regime[] {
  const end = Date.UTC(year + 1, 0, 1);
  const regimes: Regime[] = [];
  let from = Date.UTC(year, 0, 1);
  let offset = offsetAt(from);
  for (let week = from; week < end; week += millisecondsPerWeek) {
    const nextWeek = Math.min(week + millisecondsPerWeek, end);
    const next = offsetAt(nextWeek);
    if (next === offset) continue;
    const until = findChange({ before: week, after: nextWeek, offset, offsetAt });
    regimes.push({ from, until, offset });
    from = until;
    offset = next;
  }
  if (from < end) regimes.push({ from, until: end, offset });
  return regimes;
}

type Change = {
  readonly before: number;
  readonly after: number;
  readonly offset: number;
  readonly offsetAt: OffsetReader;
};

/** Halves the stretch until the second at which the offset changes is found. */
function findChange({ before, after, offset, offsetAt }: Change): number {
  let low = before / 1000;
  let high = after / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}
