import { anchorOf, beginning } from '../audit-chain.js';
import type { Role } from '../domain/people.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { newsOfNoCase } from './news-of-no-case.js';
import { writeAudit } from './write-audit.js';

/**
 * Carries the head of the audit chain outside, every hour in which it has grown: a line in a file of the data folder, on
 * the disk before the store remembers it, and into the chats. A file that cannot be written holds nothing up: the chats have
 * the head as well.
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
  await showAuditHead(deps, anchor.seq);
}

export const auditHeadEvent = 'audit-head';

/** The head goes into the chats of the auditors; without one, to the supervisors. */
async function readersOfHead({
  store,
}: ActionDeps): Promise<{ readonly role: Role; readonly readers: readonly string[] }> {
  const auditors = await store.people.holding('auditor');
  if (auditors.length > 0) return { role: 'auditor', readers: auditors };
  return { role: 'supervisor', readers: await store.people.holding('supervisor') };
}

interface HeadReader {
  readonly personId: string;
  readonly role: Role;
  readonly at: Date;
}

/** `key` tells one telling from every other. */
const headTo = (deps: ActionDeps, reader: HeadReader, key: readonly unknown[]): NewDelivery =>
  newsOfNoCase(deps, { ...reader, key: [auditHeadEvent, ...key], event: auditHeadEvent });

/** The newest head takes the place of the one in the day's message: an edit rings at nobody's bedside. */
async function showAuditHead(deps: ActionDeps, seq: number): Promise<void> {
  const { store, clock } = deps;
  const { role, readers } = await readersOfHead(deps);
  const shown = await Promise.all(
    readers.map(async (personId) => ({
      personId,
      cardMessageId: await store.deliveries.lastMessageOf(personId, auditHeadEvent),
    })),
  );
  const edits = shown
    .filter(({ cardMessageId }) => cardMessageId !== null)
    .map(({ personId, cardMessageId }): NewDelivery => ({
      ...headTo(deps, { personId, role, at: clock.now() }, [seq, personId, cardMessageId]),
      cardMessageId,
    }));
  await store.deliveries.insert(edits);
  deps.wake.deliver(edits.map(({ personId }) => personId));
}

/** A message of its own once a working day, whether the chain has grown or not; what comes in its hours is written over it. */
export async function tellAuditHead(deps: ActionDeps, slotAt: Date): Promise<void> {
  await anchorAudit(deps);
  const { role, readers } = await readersOfHead(deps);
  const deliveries = readers.map((personId): NewDelivery => ({
    ...headTo(deps, { personId, role, at: slotAt }, [slotAt.toISOString(), personId]),
    slotAt,
  }));
  await deps.store.deliveries.insert(deliveries);
  deps.wake.deliver(readers);
}
