import type { CaseRecord } from '../domain/case.js';
import {
  countAsTold,
  digestOf,
  digestRoles,
  isEmpty,
  isOver,
  morningOf,
  tellableReminders,
  type Digest,
  type Morning,
  type MorningReminder,
} from '../domain/morning.js';
import { departmentRoles, type Viewer } from '../domain/people.js';
import { viewerIn } from '../domain/viewers.js';
import { workOf } from '../queries/load-digest.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { findAudience } from './find-audience.js';
import { isInReach } from './keep-deliveries.js';
import { newsOfNoCase } from './news-of-no-case.js';

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
  const readersOf = new Map<string, Set<string>>();
  for (const { viewer, inReach } of await readers(deps)) {
    const key = departmentRoles.includes(viewer.role)
      ? `of ${(viewer.departments ?? []).join(' ')}`
      : 'commission';
    const cases = work.get(key) ?? (await workOf(deps.store, viewer, morning));
    work.set(key, cases);
    const digest = digestOf(cases, viewer, morning, await deps.rules.ofAll(cases));
    if (isEmpty(digest)) continue;
    deliveries.push(toDelivery(deps, viewer, slotAt));
    if (!inReach) continue;
    for (const id of casesIn(digest))
      readersOf.set(id, (readersOf.get(id) ?? new Set()).add(viewer.personId));
  }
  await deps.store.deliveries.insert(deliveries);
  work.delete('commission');
  const told = new Map([...work.values()].flat().map((c) => [c.id, c]));
  for (const c of told.values()) await countReminders(deps, c, morning, readersOf.get(c.id) ?? new Set());
  deps.wake.deliver(deliveries.map(({ personId }) => personId));
}

const casesIn = (digest: Digest): readonly string[] =>
  Object.values(digest).flatMap((items: Digest[keyof Digest]) => items.map(({ c }) => c.id));

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

const toDelivery = (deps: ActionDeps, { personId, role }: Viewer, slotAt: Date): NewDelivery =>
  newsOfNoCase(deps, {
    key: ['digest', slotAt.toISOString(), personId, role],
    personId,
    role,
    event: 'digest',
    slotAt,
    at: slotAt,
  });

/** A case that was changed meanwhile is looked at again; one that keeps changing is reminded of by itself. */
async function countReminders(
  deps: ActionDeps,
  first: CaseRecord,
  morning: Morning,
  reading: ReadonlySet<string>,
): Promise<void> {
  const { store } = deps;
  let c: CaseRecord | null = first;
  for (let attempt = 0; c && attempt < tries; attempt++) {
    const rules = await deps.rules.of(c);
    const told: MorningReminder[] = [];
    for (const reminder of tellableReminders(c, morning, rules))
      if (await everybodyReads(deps, c, reminder, reading)) told.push(reminder);
    if (told.length === 0) return;
    if (await store.cases.replace(c, countAsTold(c, told, morning, rules))) return;
    c = await store.cases.byId(first.id);
  }
}

/**
 * Whether everybody a reminder is for reads of the case this morning. Where one of them does not, it comes by itself: a digest
 * that cannot be delivered is told to nobody else, a reminder is told to whoever stands in.
 */
async function everybodyReads(
  deps: ActionDeps,
  c: CaseRecord,
  { to }: MorningReminder,
  reading: ReadonlySet<string>,
): Promise<boolean> {
  const addressed = await findAudience(deps)(c, to);
  return addressed.length > 0 && addressed.every(({ personId }) => reading.has(personId));
}
