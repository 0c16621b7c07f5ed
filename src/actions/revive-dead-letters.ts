import { actFact } from '../domain/audit.js';
import type { DeadLetter } from '../domain/dead-letter.js';
import type { Viewer } from '../domain/people.js';
import type { ActionDeps } from './deps.js';

/**
 * Has one dead letter, or all, handled anew, in the order they came in; gives how many. Who did it and when is kept
 * with each, and in the audit with their number. The same press does it once, and so do two administrators.
 */
export const reviveDeadLetters =
  ({ store, clock, log, wake }: ActionDeps) =>
  async (
    which: Pick<DeadLetter, 'kind' | 'id'> | 'all',
    viewer: Viewer,
    causeId: string,
  ): Promise<number> => {
    const revival = { byPersonId: viewer.personId, causeId };
    const isMeant = (kind: DeadLetter['kind']): boolean => which === 'all' || which.kind === kind;
    const updates = isMeant('update') ? await store.deadLetters.revive(which, revival) : 0;
    const people = isMeant('delivery') ? await store.deadDeliveries.revive(which, revival) : [];
    const note = async (what: 'dead-letters-revived' | 'dead-deliveries-revived', count: number) => {
      if (count === 0) return;
      await store.auditWaiting.fact(actFact(viewer, { what, causeId, count }, clock.now()));
    };
    await note('dead-letters-revived', updates);
    await note('dead-deliveries-revived', people.length);
    wake.deliver([...new Set(people)]);
    const count = updates + people.length;
    if (count > 0) log.info('dead letters are handled again', { count, causeId });
    return count;
  };
