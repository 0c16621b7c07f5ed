import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import type { ClosingRow } from '../../../src/domain/rates/closing.js';
import { ratesOf } from '../../../src/domain/rates/rates.js';
import { answered, row, said, times } from './rows.js';

const { weights } = defaultRules.ranking;
const rates = (closings: readonly ClosingRow[]) => ratesOf(closings, weights);

const happy = () => answered(said('contacted', 'yes', 5));

describe('worked examples of rules §5', () => {
  test('the weights are one tenth, one half and four tenths', () => {
    expect(weights).toEqual({ response: 0.1, resolution: 0.5, satisfaction: 0.4 });
  });

  test('everybody contacted, solved and satisfied gives a score of 1', () => {
    expect(rates(times(5, happy)).three).toEqual({
      response: 1,
      resolution: 1,
      satisfaction: 1,
      score: 1,
    });
  });

  test('ten valid cases: 9 contacted, 6 solved and 2 partly, 5 satisfied and 2 so-so', () => {
    const { three, valid } = rates([
      ...times(5, happy),
      answered(said('contacted', 'yes', 3)),
      answered(said('contacted', 'partly', 3)),
      answered(said('contacted', 'partly', 2)),
      answered(said('contacted', 'no', 1)),
      answered(said('not contacted', 'no', 1)),
    ]);
    expect(valid).toBe(10);
    expect(three?.response).toBeCloseTo(9 / 10, 12);
    expect(three?.resolution).toBeCloseTo((6 + 2 / 2) / 10, 12);
    expect(three?.satisfaction).toBeCloseTo((5 + 0.9 * 2) / 10, 12);
    expect(three?.score).toBeCloseTo(0.1 * 0.9 + 0.5 * 0.7 + 0.4 * 0.68, 12);
  });

  test('satisfied is 4 and 5; so-so counts nine tenths; 2 and 1 count nothing', () => {
    const of = (satisfied: number) =>
      rates([answered(said('contacted', 'yes', satisfied))]).three?.satisfaction;
    expect([5, 4, 3, 2, 1].map(of)).toEqual([1, 1, 0.9, 0, 0]);
  });

  test('an unanswered survey is not counted in the rates, but shown as coverage', () => {
    const month = rates([...times(5, happy), ...times(3, row)]);
    expect(month).toMatchObject({ closed: 8, valid: 5, coverage: 5 / 8 });
    const declined = rates([...times(5, happy), row({ declined: true }), ...times(2, row)]);
    expect(declined).toMatchObject({ closed: 8, valid: 5, declined: 1, coverage: 6 / 8 });
    expect(month.three?.score).toBe(1);
  });

  test.each(['withdrawn', 'merged', 'tolerance', 'sealed'] as const)('%s is in no count', (excluded) => {
    const bad = answered(said('not contacted', 'no', 1), { excluded, onTime: false, workingMinutes: 9_999 });
    expect(rates([...times(5, happy), bad])).toEqual(rates(times(5, happy)));
  });

  test('on time, median working time, reopened and coverage are of all cases struck off', () => {
    const month = rates([
      row({ workingMinutes: 60 }),
      row({ workingMinutes: 180, onTime: false }),
      row({ workingMinutes: 120 }),
      row({ workingMinutes: 3_000, reopenedAt: new Date() }),
    ]);
    expect(month).toMatchObject({ onTime: 3 / 4, medianWorkingMinutes: 150, reopened: 1 / 4 });
  });

  test('a month without a case has no rates', () => {
    expect(rates([])).toEqual({
      closed: 0,
      valid: 0,
      declined: 0,
      three: null,
      onTime: null,
      reopened: null,
      coverage: null,
      medianWorkingMinutes: null,
    });
  });
});

describe('a reopened case', () => {
  const reopenedAt = new Date('2026-11-12T02:00:00Z');

  test('counts as unsolved in its first month, whatever was answered; the other answers stand', () => {
    const { three, reopened } = rates([answered(said('contacted', 'yes', 4), { reopenedAt })]);
    expect(three).toMatchObject({ response: 1, resolution: 0, satisfaction: 1 });
    expect(reopened).toBe(1);
  });

  test('counts as its own survey says in the month in which it was struck off again', () => {
    const first = answered(said('contacted', 'no', 1), { caseId: 'again', reopenedAt });
    const second = answered(said('contacted', 'yes', 5), { caseId: 'again', ordinal: 2, month: '2026-12' });
    expect(rates([first]).three?.resolution).toBe(0);
    expect(rates([second]).three?.resolution).toBe(1);
  });

  test('is one case, unsolved, when it is struck off twice in one month; its last survey and all its work count', () => {
    const twice = [
      answered(said('contacted', 'yes', 5), { caseId: 'again', ordinal: 2, workingMinutes: 60 }),
      answered(said('not contacted', 'no', 1), { caseId: 'again', reopenedAt, onTime: false }),
    ];
    expect(rates(twice)).toMatchObject({
      closed: 1,
      valid: 1,
      three: { response: 1, resolution: 0, satisfaction: 1 },
      onTime: 0,
      reopened: 1,
      medianWorkingMinutes: 480,
    });
  });

  test('is no gain when it was reopened without a survey: unsolved, nobody satisfied, contact as on record', () => {
    const silent = (contacted: boolean) => rates([row({ reopenedAt, contacted })]);
    expect(silent(true).three).toMatchObject({ response: 1, resolution: 0, satisfaction: 0 });
    expect(silent(false).three?.response).toBe(0);
  });
});

describe('for any month', () => {
  const solved = fc.constantFrom('yes' as const, 'partly' as const, 'no' as const);
  const answers = fc.record({
    contacted: fc.boolean(),
    solved,
    satisfied: fc.integer({ min: 1, max: 5 }),
  });
  const closing = fc
    .record({
      caseId: fc.constantFrom(...'abcdefghij'),
      ordinal: fc.integer({ min: 1, max: 3 }),
      onTime: fc.boolean(),
      contacted: fc.boolean(),
      workingMinutes: fc.nat(100_000),
      answers: fc.option(answers),
      reopenedAt: fc.option(fc.constant(new Date(0))),
      excluded: fc.option(fc.constantFrom('withdrawn' as const, 'merged' as const)),
    })
    .map(row);
  const month = fc.array(closing, { maxLength: 30 });

  test('every rate lies between 0 and 1, and valid cases are no more than cases', () => {
    fc.assert(
      fc.property(month, (closings) => {
        const { closed, valid, three, onTime, reopened, coverage } = rates(closings);
        expect(valid).toBeLessThanOrEqual(closed);
        for (const rate of [...Object.values(three ?? {}), onTime, reopened, coverage]) {
          if (rate === null) continue;
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(closed === 0).toBe(onTime === null);
      }),
    );
  });

  test('the order in which closings are read does not matter', () => {
    const distinct = fc.uniqueArray(closing, {
      selector: ({ caseId, ordinal }) => `${caseId}${ordinal}`,
      maxLength: 20,
    });
    fc.assert(
      fc.property(distinct, (closings) => {
        expect(rates(closings.toReversed())).toEqual(rates(closings));
      }),
    );
  });

  test('a better answer never lowers a rate or the score', () => {
    const better = { no: 'partly', partly: 'yes', yes: 'yes' } as const;
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 20 }), fc.nat(), (all, n) => {
        const at = n % all.length;
        const raised = all.map((one, i) =>
          i === at
            ? {
                contacted: true,
                solved: better[one.solved],
                satisfied: Math.min(5, one.satisfied + 1),
              }
            : one,
        );
        const [before, after] = [all, raised].map((list) => rates(list.map((one) => answered(one))).three);
        for (const name of ['response', 'resolution', 'satisfaction', 'score'] as const)
          expect(after?.[name] ?? 0).toBeGreaterThanOrEqual((before?.[name] ?? 0) - 1e-12);
      }),
    );
  });
});
