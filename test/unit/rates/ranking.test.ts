import { describe, expect, test } from 'vitest';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import type { ClosingRow } from '../../../src/domain/rates/closing.js';
import { isMonth, monthsAfter } from '../../../src/domain/rates/month.js';
import { rankMonth } from '../../../src/domain/rates/ranking.js';
import { answered, row, said, times } from './rows.js';

const rules = defaultRules.ranking;
const month = '2026-11';

const of = (department: string, count: number, good: number): readonly ClosingRow[] =>
  times(count, () => row({ department })).map((one, i) => ({
    ...one,
    answers: i < good ? said('contacted', 'yes', 5) : said('not contacted', 'no', 1),
  }));

const table = (
  closings: readonly ClosingRow[],
  closingsBefore: readonly ClosingRow[] = [],
  departments: readonly string[] = ['A', 'B', 'C', 'D'],
) => rankMonth({ month, departments, closings, closingsBefore }, rules);

describe('who is ranked', () => {
  test('five valid cases are enough, four are not', () => {
    const { standings } = table([...of('A', 5, 5), ...of('B', 4, 4)], [], ['A', 'B']);
    expect(standings.map(({ department, place, why }) => [department, place, why])).toEqual([
      ['A', 1, null],
      ['B', null, 'sample-too-small'],
    ]);
  });

  test('valid cases count, not closed ones: thirty silent enterprises make no rank', () => {
    const { standings } = table([...times(30, () => row({ department: 'A' })), ...of('A', 4, 4)], [], ['A']);
    expect(standings[0]).toMatchObject({ why: 'sample-too-small', rates: { closed: 34, valid: 4 } });
  });

  test('a department that closed nothing stands in the table with that reason', () => {
    expect(table([], [], ['A']).standings[0]).toMatchObject({ why: 'nothing-closed', place: null });
  });

  test('a department is compared with those of its volume; the groups come largest first', () => {
    const { standings } = table([...of('A', 5, 5), ...of('B', 10, 8), ...of('C', 20, 4), ...of('D', 19, 19)]);
    expect(standings.map(({ department, volume, place }) => [department, volume, place])).toEqual([
      ['C', 'large', 1],
      ['D', 'medium', 1],
      ['B', 'medium', 2],
      ['A', 'small', 1],
    ]);
  });

  test('equal scores share a place, and the next place is left out', () => {
    const { standings } = table([...of('A', 5, 4), ...of('B', 5, 5), ...of('C', 5, 4), ...of('D', 5, 1)]);
    expect(standings.map(({ department, place }) => [department, place])).toEqual([
      ['B', 1],
      ['A', 2],
      ['C', 2],
      ['D', 4],
    ]);
  });

  test('a department that is no longer in the organisation is in no table', () => {
    expect(table(of('Z', 5, 5), [], ['A']).standings.map(({ department }) => department)).toEqual(['A']);
  });
});

describe('the most improved', () => {
  test('are those ranked in both months, the greatest gain first, at most three', () => {
    const before = [...of('A', 10, 5), ...of('B', 10, 1), ...of('C', 10, 8), ...of('D', 10, 9)];
    const now = [...of('A', 10, 6), ...of('B', 10, 7), ...of('C', 10, 10), ...of('D', 10, 10)];
    const { improved } = table(now, before);
    expect(improved.map(({ department }) => department)).toEqual(['B', 'C', 'A']);
    expect(improved[0]?.before).toBeCloseTo(0.1, 12);
    expect(improved[0]?.now).toBeCloseTo(0.7, 12);
  });

  test('leave out who fell, stood still, or had a sample too small in either month', () => {
    const before = [...of('A', 5, 5), ...of('B', 5, 3), ...of('C', 4, 0), ...of('D', 5, 0)];
    const now = [...of('A', 5, 4), ...of('B', 5, 3), ...of('C', 5, 5), ...of('D', 4, 4)];
    expect(table(now, before).improved).toEqual([]);
  });
});

describe('months', () => {
  test('are counted over the end of a year', () => {
    expect([monthsAfter('2026-12', 1), monthsAfter('2026-01', -1), monthsAfter('2026-03', -14)]).toEqual([
      '2027-01',
      '2025-12',
      '2025-01',
    ]);
  });

  test('are written YYYY-MM and nothing else', () => {
    expect(['2026-11', '2026-13', '2026-00', '26-11', '2026-11-01', ''].map(isMonth)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

test('the weights and limits a table was made with stand in the table', () => {
  const weights = { response: 0, resolution: 1, satisfaction: 0 };
  const made = rankMonth(
    {
      month,
      departments: ['A'],
      closings: times(5, () => answered(said('contacted', 'partly', 5), { department: 'A' })),
      closingsBefore: [],
    },
    { ...rules, weights },
  );
  expect(made.rules.weights).toEqual(weights);
  expect(made.standings[0]?.rates.three?.score).toBe(0.5);
});
