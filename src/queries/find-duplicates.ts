import type { CaseRecord } from '../domain/case.js';
import { duplicateDays, likelyDuplicates, mayBeCompared, mayMergeInto } from '../domain/search/duplicates.js';
import { overlap } from '../domain/search/words.js';
import type { QueryDeps } from './deps.js';

/** Another case that may be about the same trouble. */
export interface DuplicateHint {
  readonly c: CaseRecord;
  readonly percent: number;
  readonly mergeable: boolean;
}

/** Likely duplicates among the cases of the same enterprise or reporter; words are compared as keyed hashes. */
export async function findDuplicates(
  { store }: Pick<QueryDeps, 'store'>,
  c: CaseRecord,
): Promise<readonly DuplicateHint[]> {
  if (!mayBeCompared(c)) return [];
  const since = new Date(c.filedAt.getTime() - duplicateDays * 86_400_000);
  const others = await store.cases.ofSameOrigin(c, since);
  if (others.length === 0) return [];
  const words = await store.searchTokens.toCompare([c.id, ...others.map((other) => other.id)]);
  const own = words.get(c.id) ?? [];
  const compared = others.map((other) => ({ c: other, overlap: overlap(own, words.get(other.id) ?? []) }));
  return likelyDuplicates(c, compared).map((alike) => ({
    c: alike.c,
    percent: Math.round(alike.overlap * 100),
    mergeable: mayMergeInto(c, alike.c),
  }));
}

/** The cases a person has linked with this one; none while either hides its name. */
export async function linkedWith(
  { store }: Pick<QueryDeps, 'store'>,
  c: CaseRecord,
): Promise<readonly CaseRecord[]> {
  if (c.linkedIds.length === 0 || !mayBeCompared(c)) return [];
  return (await store.cases.byIds(c.linkedIds)).filter(mayBeCompared);
}
