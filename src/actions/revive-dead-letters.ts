import { actFact } from '../domain/audit.js';
import type { Viewer } from '../domain/people.js';
import type { ActionDeps } from './deps.js';

/**
 * Has one dead letter, or all, handled anew, in the order they came in; gives how many. Who did it and when is kept
 * with each, and in the audit with their number. The same press does it once, and so do two administrators.
 */
export const reviveDeadLetters =
  ({ store, clock, log }: ActionDeps) =>
  async (which: { readonly id: string } | 'all', viewer: Viewer, causeId: string): Promise<number> => {
    const count = await store.deadLetters.revive(which, { byPersonId: viewer.personId, causeId });
    if (count === 0) return 0;
    await store.auditWaiting.fact(
      actFact(viewer, { what: 'dead-letters-revived', causeId, count }, clock.now()),
    );
    log.info('dead letters are handled again', { count, causeId });
    return count;
  };
