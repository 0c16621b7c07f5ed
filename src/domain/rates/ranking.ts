/** Who is ranked in a month, among whom, and why the others are not (rules §5). Pure. */
import type { ClosingRow } from './closing.js';
import type { Month } from './month.js';
import { ratesOf, type Rates, type Weights } from './rates.js';

/** Departments are compared with those that had about as much to do. */
export const volumes = ['large', 'medium', 'small'] as const;
export type Volume = (typeof volumes)[number];

/** The numbers of rules §5; they are stored with every published ranking. */
export interface RankingRules {
  readonly weights: Weights;
  /** Fewer valid cases than this are not ranked. */
  readonly leastValid: number;
  /** The least number of cases struck off in the month to belong to a group. */
  readonly volumeFrom: { readonly large: number; readonly medium: number };
  /** The length of the most-improved list. */
  readonly mostImproved: number;
}

export type NotRanked = 'nothing-closed' | 'sample-too-small';

export interface Standing {
  readonly department: string;
  readonly rates: Rates;
  readonly volume: Volume | null;
  /** The place within the group, from 1; equal scores share a place. Null: see `why`. */
  readonly place: number | null;
  readonly why: NotRanked | null;
}

export interface Improvement {
  readonly department: string;
  readonly before: number;
  readonly now: number;
}

export interface MonthTable {
  readonly month: Month;
  readonly rules: RankingRules;
  /** The ranked first, group by group; then those with too few, then those with nothing. */
  readonly standings: readonly Standing[];
  /** Departments ranked in this month and the one before, the greatest gain first. */
  readonly improved: readonly Improvement[];
}

export interface MonthFacts {
  readonly month: Month;
  /** Codes of all departments, in the order in which equals are listed. */
  readonly departments: readonly string[];
  readonly closings: readonly ClosingRow[];
  readonly closingsBefore: readonly ClosingRow[];
}

/** Takes the closings of a month and of the one before, gives the table; its cost is linear in their number. */
export function rankMonth(facts: MonthFacts, rules: RankingRules): MonthTable {
  const unplaced = standingsOf(facts.closings, facts.departments, rules);
  const standings = [
    ...volumes.flatMap((volume) => placed(unplaced.filter((one) => one.volume === volume))),
    ...unplaced.filter(({ why }) => why === 'sample-too-small'),
    ...unplaced.filter(({ why }) => why === 'nothing-closed'),
  ];
  const before = standingsOf(facts.closingsBefore, facts.departments, rules);
  return { month: facts.month, rules, standings, improved: improvements(unplaced, before, rules) };
}

function standingsOf(
  closings: readonly ClosingRow[],
  departments: readonly string[],
  rules: RankingRules,
): readonly Standing[] {
  const byDepartment = new Map<string, ClosingRow[]>(departments.map((code) => [code, []]));
  for (const closing of closings) byDepartment.get(closing.department)?.push(closing);
  return [...byDepartment].map(([department, own]) => {
    const rates = ratesOf(own, rules.weights);
    const why =
      rates.closed === 0 ? 'nothing-closed' : rates.valid < rules.leastValid ? 'sample-too-small' : null;
    return {
      department,
      rates,
      volume: why === null ? volumeOf(rates.closed, rules) : null,
      place: null,
      why,
    };
  });
}

const volumeOf = (closed: number, { volumeFrom }: RankingRules): Volume =>
  closed >= volumeFrom.large ? 'large' : closed >= volumeFrom.medium ? 'medium' : 'small';

const scoreOf = ({ rates }: Standing): number => rates.three?.score ?? 0;

/** Scores that differ only by the rounding of a sum are equal. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function placed(group: readonly Standing[]): readonly Standing[] {
  const sorted = group.toSorted((a, b) => (isSame(scoreOf(a), scoreOf(b)) ? 0 : scoreOf(b) - scoreOf(a)));
  return sorted.map((one) => ({
    ...one,
    place: sorted.findIndex((other) => isSame(scoreOf(other), scoreOf(one))) + 1,
  }));
}

function improvements(
  now: readonly Standing[],
  before: readonly Standing[],
  { mostImproved }: RankingRules,
): readonly Improvement[] {
  const earlier = new Map(before.filter(({ why }) => why === null).map((one) => [one.department, one]));
  return now
    .flatMap((one): Improvement[] => {
      const then = one.why === null ? earlier.get(one.department) : undefined;
      return then ? [{ department: one.department, before: scoreOf(then), now: scoreOf(one) }] : [];
    })
    .filter(({ before: then, now: since }) => since > then && !isSame(since, then))
    .toSorted((a, b) => b.now - b.before - (a.now - a.before))
    .slice(0, mostImproved);
}
