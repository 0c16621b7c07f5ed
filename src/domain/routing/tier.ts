import type { Conduct, Kind, Tier } from '../taxonomy.js';
import { bodyZh } from './words/durations.js';
import { ageThatCounts, calendarYear, legacyWords } from './words/tier.js';

const bodiesEn =
  /\b(?:planning|construction|fire (?:safety|brigade)|tax|finance|customs|police|land|environment(?:al)?|market (?:supervision|regulation)|water|grid|health|labou?r|transport|commerce|investment promotion|street office|park committee|district government|city government|county government|bank|procurement|urban management)\b/g;
const bodiesNamedZh = new RegExp(bodyZh, 'g');
const sameBody: ReadonlyMap<string, string> = new Map([
  ['国土', '自然资源'],
  ['规划', '自然资源'],
  ['生态环境', '环保'],
  ['工信', '经信'],
  ['市监', '市场监管'],
  ['工商', '市场监管'],
  ['人行', '人民银行'],
  ['税局', '税务'],
]);

/** Takes a normalised report, gives how many different public bodies it names. */
export function countBodies(text: string): number {
  const named = [...text.matchAll(bodiesNamedZh), ...text.matchAll(bodiesEn)].map((match) => match[0]);
  return new Set(named.map((name) => sameBody.get(name) ?? name)).size;
}

export type TierInput = {
  readonly text: string;
  readonly kind: Kind;
  readonly conduct: Conduct;
  /** The calendar year in which the report is written; without it only ages in words count. */
  readonly year?: number | undefined;
};

/** Proposes how long the case may take (rules §1): consult, legacy, complex, simple, else general. */
export function proposeTier(input: TierInput): Tier {
  if (input.kind === 'consultation') return 'consult';
  if (isLegacy(input.text, input.year)) return 'legacy';
  const bodies = countBodies(input.text);
  if (bodies >= 3 || (bodies >= 2 && input.conduct === 'buck')) return 'complex';
  return input.conduct === 'coldness' ? 'simple' : 'general';
}

function isLegacy(text: string, year: number | undefined): boolean {
  if (legacyWords.test(text)) return true;
  if (year === undefined) return false;
  return [...text.matchAll(calendarYear)].some((match) => year - Number(match[1]) >= ageThatCounts);
}
