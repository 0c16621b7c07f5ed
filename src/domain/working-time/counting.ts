import { type DayNumber, millisecondsPerDay } from '../calendar/day-number.js';
import type { OpenStretch } from './open-stretches.js';
import type { Zone } from './zone.js';

// Bounds that every case lies within, so that an absurd length is refused quickly instead of counted for minutes.
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** Counting open time day by day; instants and lengths in whole milliseconds. All refuse to leave the bounds. */
export type Counting = {
  readonly forward: (from: number, length: number) => number;
  readonly backward: (from: number, length: number) => number;
  readonly openBetween: (from: number, to: number) => number;
  readonly openingFrom: (from: number) => number;
  readonly dayOpeningAfter: (from: number) => number;
};

/** Takes a zone and the open stretches of its days, gives the counting over them. */
export function createCounting(over: {
  readonly zone: Zone;
  readonly stretchesOf: (day: DayNumber) => readonly OpenStretch[];
}): Counting {
  const { zone, stretchesOf } = over;

  function forward(from: number, length: number): number {
    let left = length;
    // The instant before belongs to the day whose closing `from` may be, also when that closing is midnight.
    for (let day = zone.dayAt(from - 1); ; day += 1) {
      for (const { opens, closes } of stretchesOf(day)) {
        if (closes < from) continue;
        const begin = Math.max(opens, from);
        if (left <= closes - begin) return within(begin + left);
        left -= closes - begin;
      }
      refuseBeyond(day);
    }
  }

  function backward(from: number, length: number): number {
    let left = length;
    for (let day = zone.dayAt(from); ; day -= 1) {
      for (const { opens, closes } of stretchesOf(day).toReversed()) {
        if (opens > from) continue;
        const end = Math.min(closes, from);
        if (left <= end - opens) return within(end - left);
        left -= end - opens;
      }
      refuseBeyond(day);
    }
  }

  function openBetween(from: number, to: number): number {
    const last = zone.dayAt(to);
    let sum = 0;
    for (let day = zone.dayAt(from); day <= last; day += 1)
      for (const { opens, closes } of stretchesOf(day))
        sum += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    return sum;
  }

  function openingFrom(from: number): number {
    for (let day = zone.dayAt(from); ; day += 1) {
      const stretch = stretchesOf(day).find(({ closes }) => from < closes);
      if (stretch) return Math.max(stretch.opens, from);
      refuseBeyond(day);
    }
  }

  function dayOpeningAfter(from: number): number {
    for (let day = zone.dayAt(from); ; day += 1) {
      const first = stretchesOf(day)[0];
      if (first && first.opens > from) return first.opens;
      refuseBeyond(day);
    }
  }

  return { forward, backward, openBetween, openingFrom, dayOpeningAfter };
}

/** Gives back an instant that lies within the bounds; refuses any other. */
export function within(instant: number): number {
  if (instant < earliest || instant > latest)
    throw new RangeError('Working time is known from the year 1970 to the year 2199 only');
  return instant;
}

function refuseBeyond(day: DayNumber): void {
  within(day * millisecondsPerDay);
}
