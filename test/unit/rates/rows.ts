/** Closings for the tests of the rates, said shortly. */
import type { Answers, ClosingRow } from '../../../src/domain/rates/closing.js';

let cases = 0;

/** A closing of a case of its own: on time, seven working hours, nobody asked yet. */
export const row = (given: Partial<ClosingRow> = {}): ClosingRow => ({
  caseId: given.caseId ?? `case-${++cases}`,
  ordinal: 1,
  at: new Date('2026-11-10T02:00:00Z'),
  month: '2026-11',
  department: 'SPJ',
  onTime: true,
  workingMinutes: 420,
  contacted: true,
  answers: null,
  reopenedAt: null,
  excluded: null,
  ...given,
});

/** Contacted, solved, satisfied: as an enterprise presses them. */
export const said = (
  contacted: 'contacted' | 'not contacted',
  solved: Answers['solved'],
  satisfied: number,
): Answers => ({ contacted: contacted === 'contacted', solved, satisfied });

export const answered = (answers: Answers, given: Partial<ClosingRow> = {}): ClosingRow =>
  row({ answers, ...given });

export const times = (count: number, make: () => ClosingRow): readonly ClosingRow[] =>
  Array.from({ length: count }, make);
