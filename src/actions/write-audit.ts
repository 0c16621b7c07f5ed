import { changesOf, type AuditFact } from '../domain/audit.js';
import type { Waiting } from '../store/audit-waiting.js';
import type { ActionDeps } from './deps.js';

const batch = 500;

/**
 * Carries what waits into the audit chain, one writer at a time over all replicas. A crash anywhere repeats it: an event
 * is chained once, by its id. Gives false when another process is at it.
 */
export const writeAudit =
  ({ store }: Pick<ActionDeps, 'store'>) =>
  async (): Promise<boolean> => {
    if (await store.auditWaiting.isEmpty()) return true;
    return await store.audit.alone(async () => {
      for (;;) {
        const rows = await store.auditWaiting.take(batch);
        const facts = (await Promise.all(rows.map((row) => factsOf(store, row)))).flat();
        await store.audit.append(facts.toSorted((a, b) => a.at.getTime() - b.at.getTime()));
        await store.auditWaiting.done(rows);
        if (rows.length < batch) return;
      }
    });
  };

async function factsOf(store: ActionDeps['store'], row: Waiting): Promise<readonly AuditFact[]> {
  if (row.kind === 'fact') return [row.fact];
  const c = await store.cases.byId(row.caseId);
  return c ? changesOf(c, await store.audit.lastRevOf(c.id)) : [];
}
