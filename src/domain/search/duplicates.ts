/** When two cases may be about the same trouble. Only a hint: a person decides, never the program. Pure. */
import { isOpen, type CaseRecord } from '../case.js';

/** How far back is looked, in days. */
export const duplicateDays = 180;
/** The least overlap of words, by Jaccard's measure: the same trouble told twice lies well above, other trouble well below. */
const leastOverlap = 0.5;
const mostHints = 3;

export interface Likeness {
  readonly c: CaseRecord;
  /** 0…1. */
  readonly overlap: number;
}

/** The names behind locked cases are hidden from the commission too: a hint would tell that two cases are one person's. */
export const mayBeCompared = (c: CaseRecord): boolean => c.confidentiality !== 'locked';

/** Takes a case and others of the same enterprise or reporter with the overlap of their words; gives the likely duplicates, the likest first. */
export const likelyDuplicates = (c: CaseRecord, others: readonly Likeness[]): readonly Likeness[] =>
  mayBeCompared(c)
    ? others
        .filter(({ c: other, overlap }) => overlap >= leastOverlap && isSameMatter(c, other))
        .toSorted((a, b) => b.overlap - a.overlap)
        .slice(0, mostHints)
    : [];

function isSameMatter(c: CaseRecord, other: CaseRecord): boolean {
  if (other.id === c.id || other.state === 'merged' || !mayBeCompared(other)) return false;
  if (
    c.linkedIds.includes(other.id) ||
    c.filedAt.getTime() - other.filedAt.getTime() > duplicateDays * 86_400_000
  )
    return false;
  const proposed = [c.department, ...(c.proposal?.departments.slice(0, 1) ?? [])];
  return c.domain === other.domain || (other.department !== null && proposed.includes(other.department));
}

/** A case can be merged into one of the same enterprise that is still worked on, on the same track (rules §2, merge). */
export const mayMergeInto = (c: CaseRecord, other: CaseRecord): boolean =>
  other.enterpriseId === c.enterpriseId &&
  other.track === c.track &&
  (isOpen(other) || other.state === 'sealed');
