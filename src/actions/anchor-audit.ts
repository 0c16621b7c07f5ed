import { anchorOf, beginning } from '../audit-chain.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { writeAudit } from './write-audit.js';

/**
 * Carries the head of the audit chain outside, every hour in which it has grown: a line in a file of the data folder, on
 * the disk before the store remembers it. A file that cannot be written holds nothing up: the chats have the head as well.
 */
export async function anchorAudit(deps: ActionDeps): Promise<void> {
  const { store, clock, seal, log } = deps;
  await writeAudit(deps)();
  const head = await store.audit.head();
  const last = await store.audit.lastAnchor();
  if (head.seq === (last?.seq ?? beginning.seq)) return;
  const anchor = anchorOf(seal, head, clock.now());
  try {
    await deps.keepAnchor(anchor);
  } catch (error) {
    log.error('the head of the audit chain could not be written outside', { error });
  }
  await store.audit.putAnchor(anchor);
}

export const auditHeadEvent = 'audit-head';

/** The head goes into the chats of the auditors once a working day, whether it has grown or not; without one, to the supervisors. */
export async function tellAuditHead(deps: ActionDeps, slotAt: Date): Promise<void> {
  await anchorAudit(deps);
  const auditors = await deps.store.people.holding('auditor');
  const role = auditors.length > 0 ? 'auditor' : 'supervisor';
  const readers = role === 'auditor' ? auditors : await deps.store.people.holding(role);
  const deliveries = readers.map((personId): NewDelivery => ({
    id: deps.seal.lookup('delivery', JSON.stringify([auditHeadEvent, slotAt.toISOString(), personId])),
    caseId: '',
    personId,
    role,
    event: auditHeadEvent,
    messageId: null,
    clock: null,
    cardMessageId: null,
    slotAt,
    order: `${slotAt.toISOString()} ${auditHeadEvent}`,
  }));
  await deps.store.deliveries.insert(deliveries);
  deps.wake.deliver(readers);
}
