import { afterAll, describe, expect, it, vi } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import {
  createWorkingTime,
  type OpeningHours,
  type WorkingTime,
} from '../../../src/domain/working-time/index.js';
import { defaultOpeningHours } from '../../../src/domain/working-time/opening-hours.js';
import { createDice, createMinuteOracle, type MinuteOracle, setHostZone } from './minute-oracle.js';

afterAll(() => vi.unstubAllEnvs());

const day = 24 * 60;

type Trial = {
  readonly at: Date;
  readonly to: Date;
  readonly minutes: number;
  readonly expected: readonly string[];
};

const answers = (time: WorkingTime, { at, to, minutes }: Omit<Trial, 'expected'>): readonly string[] => [
  `add ${time.add(at, minutes).toISOString()}`,
  `subtract ${time.subtract(at, minutes).toISOString()}`,
  `between ${time.between(at, to)}`,
  `isWorking ${time.isWorking(at)}`,
  `nextOpening ${time.nextOpening(at).toISOString()}`,
];

/** Random starts and lengths with what the oracle answers to them. */
function createTrials(oracle: MinuteOracle, count: number, seed: number): readonly Trial[] {
  const dice = createDice(seed);
  const margin = 60 * day;
  const shown = (index: number): string => oracle.instant(index).toISOString();
  return Array.from({ length: count }, () => {
    const anywhere = margin + dice(oracle.minutes - 2 * margin);
    // One start in three lies on a full or half hour, where openings, closings and lunch are; lengths likewise.
    const from = dice(3) === 0 ? anywhere - (anywhere % 30) : anywhere;
    const minutes = dice(4) === 0 ? 30 * dice(60) : dice(dice(10) * 420 + 1);
    const to = from + dice(dice(10) * day + 1);
    let opening = from;
    while (!oracle.isOpen(opening)) opening += 1;
    const expected = [
      `add ${shown(oracle.add(from, minutes))}`,
      `subtract ${shown(oracle.subtract(from, minutes))}`,
      `between ${oracle.between(from, to)}`,
      `isWorking ${oracle.isOpen(from)}`,
      `nextOpening ${shown(opening)}`,
    ];
    return { at: oracle.instant(from), to: oracle.instant(to), minutes, expected };
  });
}

/** The first trials whose answers are not the oracle's; an empty list is agreement. */
function disagreements(time: WorkingTime, trials: readonly Trial[]): readonly object[] {
  return trials
    .map((trial) => ({ ...trial, got: answers(time, trial) }))
    .filter(({ got, expected }) => got.join() !== expected.join())
    .slice(0, 3);
}

describe('working time equals a count of minutes one by one', () => {
  const china = { timeZone: 'Asia/Shanghai', years: shippedYears, hours: defaultOpeningHours };
  const oracle = createMinuteOracle({ ...china, from: '2023-11-01', until: '2028-03-01' });
  const trials = createTrials(oracle, 10_000, 2026);

  it.each(['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    'for 10,000 starts over 2024-2027 on a machine that lives in %s',
    (host) => {
      setHostZone(host);
      const time = createWorkingTime({ calendar: createCalendar(shippedYears) });
      expect(disagreements(time, trials)).toEqual([]);
    },
  );
});

describe('working time follows the wall clock of its zone through changed clocks', () => {
  // The Sundays on which clocks change are made working days, and the hours enclose the hour that is lost or repeated.
  const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
  const years = [{ year: 2026, source: 'test', provisional: false, holidays: [], makeUpWorkdays: changes }];

  it.each([
    ['Europe/Berlin', [['00:00', '24:00']]],
    [
      'Europe/Berlin',
      [
        ['01:30', '02:30'],
        ['02:45', '09:00'],
      ],
    ],
    [
      'America/New_York',
      [
        ['00:30', '01:30'],
        ['02:15', '20:00'],
      ],
    ],
    [
      'Australia/Lord_Howe',
      [
        ['01:00', '01:45'],
        ['01:50', '12:00'],
      ],
    ],
    [
      'Asia/Kathmandu',
      [
        ['05:00', '06:00'],
        ['22:00', '24:00'],
      ],
    ],
  ] satisfies [string, OpeningHours][])('%s, open %j', (timeZone, hours) => {
    const oracle = createMinuteOracle({ timeZone, years, hours, from: '2025-10-01', until: '2027-08-01' });
    const trials = createTrials(oracle, 1_000, 7);
    setHostZone('Asia/Shanghai');
    const time = createWorkingTime({ calendar: createCalendar(years), timeZone, hours });
    expect(disagreements(time, trials)).toEqual([]);
  });
});
