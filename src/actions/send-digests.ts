import type { CaseRecord } from '../domain/case.js';
import {
  digestOf,
  digestRoles,
  isEmpty,
  isOver,
  morningOf,
  tellReminders,
  type Morning,
} from '../domain/morning.js';
import { departmentRoles, type Viewer } from '../domain/people.js';
import { viewerIn } from '../domain/viewers.js';
import { workOf } from '../queries/load-digest.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { isInReach } from './keep-deliveries.js';

const tries = 3;

/**
 * Gives everybody who has something before him one message in the morning, and counts the reminders it tells as told
 * (rules §4). What it says is rendered at sending. A delivery's id names morning, person and role, so twice is once.
 */
export async function sendDigests(deps: ActionDeps, slotAt: Date): Promise<void> {
  const morning = morningOf(slotAt, deps.rules.current());
  if (isOver(morning, deps.clock.now())) return;
  const work = new Map<string, readonly CaseRecord[]>();
  const deliveries: NewDelivery[] = [];
  const reading = new Set<string>();
  for (const { viewer, inReach } of await readers(deps)) {
    const key = departmentRoles.includes(viewer.role)
      ? `of ${(viewer.departments ?? []).join(' ')}`
      : 'commission';
    const cases = work.get(key) ?? (await workOf(deps.store, viewer, morning));
    work.set(key, cases);
    if (isEmpty(digestOf(cases, viewer, morning, await deps.rules.ofAll(cases)))) continue;
    deliveries.push(toDelivery(deps, viewer, slotAt));
    if (inReach) reading.add(viewer.personId);
  }
  await deps.store.deliveries.insert(deliveries);
  work.delete('commission');
  const told = new Map([...work.values()].flat().map((c) => [c.id, c]));
  // Whose handler reads no digest this morning: its reminder comes by itself, to him or to whoever stands in for him.
  for (const c of told.values())
    if (c.handlerId !== null && reading.has(c.handlerId)) await countReminders(deps, c, morning);
  deps.wake.deliver(deliveries.map(({ personId }) => personId));
}

interface DigestReader {
  readonly viewer: Viewer;
  readonly inReach: boolean;
}

/** Everybody in each role that gets a digest; whoever is away gets none. */
async function readers({ store, clock }: ActionDeps): Promise<readonly DigestReader[]> {
  const people = await store.people.withGrants();
  const now = clock.now();
  return people
    .filter(({ awayUntil }) => !awayUntil || awayUntil <= now)
    .flatMap((person) =>
      digestRoles.flatMap((role) => {
        const viewer = person.grants.length > 0 ? viewerIn(person, role) : null;
        return viewer ? [{ viewer, inReach: isInReach(person) }] : [];
      }),
    );
}

const toDelivery = ({ seal }: ActionDeps, { personId, role }: Viewer, slotAt: Date): NewDelivery => ({
  id: seal.lookup('delivery', JSON.stringify(['digest', slotAt.toISOString(), personId, role])),
  caseId: '',
  personId,
  role,
  event: 'digest',
  messageId: null,
  clock: null,
  cardMessageId: null,
  slotAt,
  order: `${slotAt.toISOString()} digest`,
});

/** A case that was changed meanwhile is looked at again; one that keeps changing is reminded of by itself. */
async function countReminders(
  { store, rules }: ActionDeps,
  first: CaseRecord,
  morning: Morning,
): Promise<void> {
  let c: CaseRecord | null = first;
  for (let attempt = 0; c && attempt < tries; attempt++) {
    const told = tellReminders(c, morning, await rules.of(c));
    if (!told || (await store.cases.replace(c, told))) return;
    c = await store.cases.byId(first.id);
  }
}
