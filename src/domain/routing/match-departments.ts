import { trackOf, type Confidentiality, type Domain, type Kind, type Track } from '../taxonomy.js';
import { normalizeReport } from './normalize.js';
import type { Proposal } from './proposal.js';

/** What routing needs to know of a department; the organisation's records have more. */
export type RoutableDepartment = {
  readonly code: string;
  readonly domains: readonly Domain[];
  readonly words: readonly string[];
  readonly name: { readonly zh: string; readonly en: string };
};

/**
 * Gives the codes of the departments that match both the domain and the words of a report (rules §1), best first:
 * one that the report names counts most, then the number of different words. Equal ones keep their order.
 */
export function matchDepartments(
  text: string,
  domain: Domain,
  departments: readonly RoutableDepartment[],
): readonly string[] {
  const report = normalizeReport(text);
  return departments
    .filter((department) => department.domains.includes(domain))
    .map((department) => ({ code: department.code, score: wordScore(report, department) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ code }) => code);
}

const nameScore = 5;

function wordScore(report: string, { name, words }: RoutableDepartment): number {
  const named = [name.zh, name.en].some((own) => contains(report, own));
  const distinct = new Set(words.map((word) => normalizeReport(word).trim()));
  const found = [...distinct].filter((word) => contains(report, word)).length;
  return found + (named ? nameScore : 0);
}

/** English words are found whole, with a plural or an inflected end; Chinese ones anywhere. */
function contains(report: string, words: string): boolean {
  const sought = normalizeReport(words).trim();
  if (sought === '') return false;
  if (!/^[\x20-\x7e]+$/.test(sought)) return report.includes(sought);
  const literal = sought.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9])${literal}(?:s|es|ed|d|ing|'s)?(?![a-z0-9])`).test(report);
}

export type CertaintyInput = {
  readonly proposal: Proposal;
  /** Kind and track of the case as it stands, after the reporter's corrections. */
  readonly kind: Kind;
  readonly track: Track;
  /** The reporter confirmed both domain and conduct. */
  readonly confirmed: boolean;
  /** What `matchDepartments` gave for the confirmed domain. */
  readonly departments: readonly string[];
  /** Some department or person is excluded from the case. */
  readonly excluded: boolean;
  readonly confidentiality: Confidentiality;
};

/**
 * Certain routing (rules §1): a complaint on the service track, exactly one department, domain and conduct
 * confirmed, nobody excluded, confidentiality open. Words that speak of corruption or of another kind make it
 * uncertain even where they are weak or the reporter chose otherwise: then a person looks first.
 */
export function isCertain(input: CertaintyInput): boolean {
  const { proposal } = input;
  if (input.kind !== 'complaint' || proposal.kind.value !== 'complaint') return false;
  if (input.track !== 'service' || trackOf(proposal.conduct.value) !== 'service' || proposal.suspect)
    return false;
  return (
    input.confirmed && !input.excluded && input.confidentiality === 'open' && input.departments.length === 1
  );
}
