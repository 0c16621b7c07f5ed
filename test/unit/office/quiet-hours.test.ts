/** Timed notices of cases that are not urgent come in working time (rules, "Working time"). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import type { CaseRecord } from '../../../src/domain/case.js';
import { clockNames } from '../../../src/domain/clock-names.js';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import { startClock } from '../../../src/domain/clocks.js';
import { fileCase } from '../../../src/domain/file-case.js';
import { ladderSteps } from '../../../src/domain/ladder.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

const time = createWorkingTime({ calendar: createCalendar(shippedYears) });
const rules = { rules: defaultRules, time, calendarRevision: 0 };

const filed = (urgent: boolean): CaseRecord =>
  fileCase(
    {
      id: 'c1',
      number: 'ZT-111-111-1111',
      draftId: 'd1',
      reporterId: 'p1',
      named: true,
      enterpriseId: null,
      verified: true,
      kind: 'complaint',
      domain: 'approval',
      conduct: 'delay',
      tier: 'general',
      urgent,
      confidentiality: 'commission',
      fileCount: 0,
      confirmed: true,
      reportMessageId: 'm0',
      now: new Date('2026-03-02T02:00:00Z'),
      causeId: 'u0',
    },
    rules,
  );

/** Open hours, their last instant included: minutes that end at a closing end there. */
const inHours = (at: Date): boolean => time.isWorking(at) || time.isWorking(new Date(at.getTime() - 1));

test('whenever a clock starts, day or night, no notice of a case that is not urgent falls outside working hours', () => {
  const c = filed(false);
  fc.assert(
    fc.property(
      fc.constantFrom(...clockNames),
      fc.date({
        min: new Date('2026-01-05T00:00:00Z'),
        max: new Date('2026-10-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      (name, start) => {
        const clock = startClock({ ...c, clocks: [] }, name, start, rules).at(-1);
        const outside = clock ? ladderSteps(c, clock, rules).filter(({ at }) => !inHours(at)) : [];
        expect(outside.map(({ step, at }) => `${name} ${step} ${at.toISOString()}`)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test('an urgent case does not wait for the morning', () => {
  const c = filed(true);
  const night = new Date('2026-03-02T14:00:00Z');
  const clock = startClock({ ...c, clocks: [] }, 'resolve', night, rules).at(-1);
  const steps = clock ? ladderSteps(c, clock, rules) : [];
  expect(steps.some(({ at }) => !inHours(at))).toBe(true);
});
