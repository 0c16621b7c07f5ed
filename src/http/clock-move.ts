import { Duration } from 'luxon';
import { z } from 'zod';
import type { ClockMove } from '../actions/move-clock.js';

export type { ClockMove };

export interface Mistake {
  readonly mistake: string;
}

const dayMs = 24 * 60 * 60 * 1_000;
const longestMs = 1_000 * dayMs;
const kinds = ['advance', 'advanceWorking', 'jump'] as const;

const body = z.strictObject({
  advance: z.string().optional(),
  advanceWorking: z.string().optional(),
  jump: z.string().optional(),
});

/** Reads the body of `POST /dev/clock`; a mistake is a sentence for the caller. */
export const parseClockMove = (given: unknown): ClockMove | Mistake => {
  const parsed = body.safeParse(given);
  const asked = parsed.success ? kinds.filter((kind) => parsed.data[kind] !== undefined) : [];
  const [kind] = asked;
  if (!parsed.success || kind === undefined || asked.length > 1) {
    return {
      mistake: 'Give exactly one of "advance", "advanceWorking" or "jump" with an ISO duration like "PT24H".',
    };
  }
  const duration = Duration.fromISO(parsed.data[kind] ?? '');
  if (!duration.isValid) return { mistake: `"${kind}" must be an ISO duration like "PT24H" or "P1D".` };
  if (duration.years !== 0 || duration.months !== 0 || duration.quarters !== 0) {
    return { mistake: 'Months and years have no fixed length; give days.' };
  }
  const ms = duration.toMillis();
  if (Object.values(duration.toObject()).some((amount) => amount < 0) || ms <= 0 || ms > longestMs) {
    return { mistake: 'Time moves forward only, by at most 1000 days.' };
  }
  return kind === 'advanceWorking' ? working(duration) : { kind, ms };
};

const working = (duration: Duration): ClockMove | Mistake => {
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = duration.toObject();
  if (weeks !== 0 || seconds !== 0 || !Number.isInteger(days) || !Number.isInteger(hours * 60 + minutes)) {
    return { mistake: 'Working time is given in whole days, hours and minutes, like "P1D" or "PT2H30M".' };
  }
  return { kind: 'advanceWorking', days, minutes: hours * 60 + minutes };
};
