/** The three rates and what stands beside them, per department and month (rules §5). Pure. */
import type { Answers, ClosingRow } from './closing.js';

/** How much each rate counts in the score; together 1. */
export interface Weights {
  readonly response: number;
  readonly resolution: number;
  readonly satisfaction: number;
}

/** The rates of the valid cases, each 0…1. */
export interface ThreeRates {
  readonly response: number;
  readonly resolution: number;
  readonly satisfaction: number;
  readonly score: number;
}

export interface Rates {
  /** Cases struck off in the month, each counted once. */
  readonly closed: number;
  /** Those with an answered survey. */
  readonly valid: number;
  /** Those whose enterprise would rather not answer; in no rate, but not out of reach either. */
  readonly declined?: number;
  /** Null when no case is valid. */
  readonly three: ThreeRates | null;
  /** Shares of the cases struck off, 0…1; null when there was none. */
  readonly onTime: number | null;
  readonly reopened: number | null;
  /** Of those struck off, the ones whose enterprise was heard: it answered, or said that it would not. */
  readonly coverage: number | null;
  readonly medianWorkingMinutes: number | null;
}

/** A case as one month counts it, whatever the number of times it was struck off in it. */
export interface CountedCase {
  readonly onTime: boolean;
  readonly workingMinutes: number;
  readonly reopened: boolean;
  /** Null when the enterprise neither answered nor reopened. */
  readonly answers: Answers | null;
  readonly declined: boolean;
}

/** Takes the closings of one department and month in any order, gives its rates. */
export function ratesOf(closings: readonly ClosingRow[], weights: Weights): Rates {
  const cases = countedCases(closings);
  const answers = cases.flatMap((one) => (one.answers ? [one.answers] : []));
  const declined = cases.filter((one) => one.answers === null && one.declined).length;
  const share = (count: number): number | null => (cases.length === 0 ? null : count / cases.length);
  return {
    closed: cases.length,
    valid: answers.length,
    declined,
    three: threeRates(answers, weights),
    onTime: share(cases.filter(({ onTime }) => onTime).length),
    reopened: share(cases.filter(({ reopened }) => reopened).length),
    coverage: share(answers.length + declined),
    medianWorkingMinutes: median(cases.map(({ workingMinutes }) => workingMinutes)),
  };
}

/** Takes the answers of the valid cases; null when there is none. */
export function threeRates(answers: readonly Answers[], weights: Weights): ThreeRates | null {
  const valid = answers.length;
  if (valid === 0) return null;
  const count = (fits: (one: Answers) => boolean): number => answers.filter(fits).length;
  const response = count(({ contacted }) => contacted) / valid;
  const resolution =
    (count(({ solved }) => solved === 'yes') + count(({ solved }) => solved === 'partly') / 2) / valid;
  const satisfaction =
    (count(({ satisfied }) => satisfied >= 4) + 0.9 * count(({ satisfied }) => satisfied === 3)) / valid;
  const score =
    weights.response * response + weights.resolution * resolution + weights.satisfaction * satisfaction;
  return { response, resolution, satisfaction, score };
}

/** Leaves out the excluded and brings the closings of one case together: one case counts once in a month. */
export function countedCases(closings: readonly ClosingRow[]): readonly CountedCase[] {
  const byCase = new Map<string, ClosingRow[]>();
  for (const closing of closings) {
    if (closing.excluded !== null) continue;
    byCase.set(closing.caseId, [...(byCase.get(closing.caseId) ?? []), closing]);
  }
  return [...byCase.values()].map(counted);
}

function counted(closings: readonly ClosingRow[]): CountedCase {
  const inOrder = closings.toSorted((a, b) => a.ordinal - b.ordinal);
  const reopened = inOrder.some(({ reopenedAt }) => reopenedAt !== null);
  const answered = inOrder.findLast(({ answers }) => answers !== null)?.answers ?? null;
  return {
    onTime: inOrder.every(({ onTime }) => onTime),
    workingMinutes: inOrder.reduce((sum, { workingMinutes }) => sum + workingMinutes, 0),
    reopened,
    declined: inOrder.at(-1)?.declined === true,
    answers: reopened ? unsolved(answered, inOrder) : answered,
  };
}

/**
 * A reopened case counts as unsolved in its first month (rules §5). Asking for the redo is itself the answer to the
 * second question, so a case that was reopened without a survey is no gain for the department: contact is taken from
 * the record, and nobody was satisfied.
 */
const unsolved = (answered: Answers | null, closings: readonly ClosingRow[]): Answers => ({
  contacted: answered?.contacted ?? closings.some(({ contacted }) => contacted),
  solved: 'no',
  satisfied: answered?.satisfied ?? 1,
});

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
