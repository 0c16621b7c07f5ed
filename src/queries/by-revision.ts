import type { CaseRecord } from '../domain/case.js';

const momentMs = 3_000;
const remembered = 200;

/**
 * Takes how something about a case is read, and keeps what was read in memory for a moment: one change is told to many people at
 * once. It is kept by the revision of the case, so nobody is shown an older one than the case he reads. A failure is not kept.
 */
export function byRevision<T>(read: (c: CaseRecord) => Promise<T>): (c: CaseRecord) => Promise<T> {
  const kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return async (c) => {
    const now = performance.now();
    for (const [key, { until }] of kept) if (until < now || kept.size > remembered) kept.delete(key);
    const key = `${c.id} ${c.rev}`;
    const known = kept.get(key);
    if (known) return await known.value;
    const value = read(c);
    kept.set(key, { value, until: now + momentMs });
    try {
      return await value;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}
