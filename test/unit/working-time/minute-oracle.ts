import { vi } from 'vitest';
import type { CalendarYear } from '../../../src/domain/calendar/calendar.js';
import type { OpeningHours } from '../../../src/domain/working-time/index.js';

const minute = 60_000;

/** Sets the zone of this process, as an operator's TZ would, until `vi.unstubAllEnvs`; proves that it took effect. */
export function setHostZone(timeZone: string): void {
  vi.stubEnv('TZ', timeZone);
  const shown = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const probe = new Date(Date.UTC(2026, 6, 1, 12));
  if (Number(shown.format(probe)) !== probe.getHours())
    throw new Error(`The host zone ${timeZone} did not take effect`);
}

export type MinuteOracle = {
  readonly first: number;
  readonly minutes: number;
  instant(index: number): Date;
  add(index: number, minutes: number): number;
  subtract(index: number, minutes: number): number;
  between(from: number, to: number): number;
  isOpen(index: number): boolean;
};

/**
 * The slow truth: asks the host's own clock, once for every minute between two UTC dates, whether that minute is open,
 * and then only ever counts minutes one by one.
 */
export function createMinuteOracle(about: {
  readonly timeZone: string;
  readonly years: readonly CalendarYear[];
  readonly hours: OpeningHours;
  readonly from: string;
  readonly until: string;
}): MinuteOracle {
  setHostZone(about.timeZone);
  const off = new Set(about.years.flatMap((year) => year.holidays));
  const madeUp = new Set(about.years.flatMap((year) => year.makeUpWorkdays));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const first = Date.parse(`${about.from}T00:00:00Z`);
  const open = new Uint8Array((Date.parse(`${about.until}T00:00:00Z`) - first) / minute);
  const at = new Date();
  for (let index = 0; index < open.length; index += 1) {
    at.setTime(first + index * minute);
    const time = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
    if (!about.hours.some(([opens, closes]) => time >= opens && time < closes)) continue;
    const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
    const monToFri = at.getDay() >= 1 && at.getDay() <= 5;
    open[index] = madeUp.has(date) || (monToFri && !off.has(date)) ? 1 : 0;
  }
  const within = (index: number): number => {
    if (index < 0 || index >= open.length) throw new Error(`Minute ${index} is outside the oracle's years`);
    return index;
  };
  return {
    first,
    minutes: open.length,
    instant: (index) => new Date(first + index * minute),
    isOpen: (index) => open[within(index)] === 1,
    add(index, minutes) {
      let here = index;
      if (minutes === 0) while (here < open.length && open[here] === 0 && open[here - 1] === 0) here += 1;
      for (let left = minutes; left > 0 && here < open.length; here += 1) if (open[here] === 1) left -= 1;
      return within(here);
    },
    subtract(index, minutes) {
      let here = index;
      if (minutes === 0) while (here > 0 && open[here] === 0 && open[here - 1] === 0) here -= 1;
      for (let left = minutes; left > 0 && here > 0; here -= 1) if (open[here - 1] === 1) left -= 1;
      return within(here);
    },
    between(from, to) {
      let sum = 0;
      for (let here = from; here < within(to); here += 1) if (open[here] === 1) sum += 1;
      return sum;
    },
  };
}

/** Random whole numbers in [0, below) from a seed, so that a failure can be repeated. */
export function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
