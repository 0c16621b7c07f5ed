import type { CaseRecord } from '../domain/case.js';
import { activeClock } from '../domain/case.js';
import { departmentIn, departmentRoles, relationOf, type Role, type Viewer } from '../domain/people.js';
import type { Person } from '../domain/person.js';
import { causedBy, isPassedOn, standInsOf } from '../domain/stand-ins.js';
import { viewerIn } from '../domain/viewers.js';
import { sightOf } from '../domain/visibility.js';
import type { NewDelivery, Ordered } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import { deliveryId } from './relay-case.js';

/**
 * Keeps what is open for somebody who cannot be reached, in its order, and tells whoever stands in for him (faults 13).
 * Being told has the same id whoever it is told instead of, so nobody hears one event twice. Safe to repeat: the others
 * are told before anything counts as kept.
 */
export const keepDeliveries =
  (deps: Pick<ActionDeps, 'store' | 'seal' | 'wake'>) =>
  async (person: Person): Promise<void> => {
    const { store, wake } = deps;
    const open = await store.deliveries.openOf(person.id);
    const told: NewDelivery[] = [];
    for (const delivery of open) told.push(...(await toldInstead(deps, delivery, person)));
    await store.deliveries.insert(told);
    await store.deliveries.hold(open.map(({ id }) => id));
    wake.deliver([...new Set(told.map(({ personId }) => personId))]);
    // He may have come back just then, and what was kept for him given back before this was kept.
    const now = await store.people.byId(person.id);
    if (now && isInReach(now) && (await store.deliveries.release(person.id))) wake.deliver([person.id]);
  };

/** Whether the bot may speak to somebody: he has not blocked it, and has chosen a language, which everybody does first. */
export const isInReach = (person: Person): boolean => person.reachable && person.language !== null;

async function toldInstead(
  { store, seal }: Pick<ActionDeps, 'store' | 'seal'>,
  delivery: Ordered,
  person: Person,
): Promise<readonly NewDelivery[]> {
  const { entryId, caseId, clock } = delivery;
  if (entryId === null || !isPassedOn(delivery)) return [];
  const c = await store.cases.byId(caseId);
  const viewer = viewerIn(person, delivery.role);
  // What he himself would not be told any more is not told to others (rules §4).
  if (!c || !viewer || !maySee(viewer, c) || (clock && !activeClock(c, clock))) return [];
  const standIns = await findStandIns(store, c, { viewer, actor: causedBy(c, entryId) });
  return standIns.map(({ personId, role }) => ({
    caseId,
    clock,
    entryId,
    event: delivery.event,
    messageId: delivery.messageId,
    order: delivery.order,
    id: deliveryId(seal, caseId, entryId, personId),
    personId,
    role,
    standsFor: delivery.standsFor ?? delivery.role,
  }));
}

const maySee = (viewer: Viewer, c: CaseRecord): boolean => sightOf(relationOf(viewer, c), c).exists;

/** The first group in which somebody can be reached; nobody where one of his own kind caused it all: he knows. */
async function findStandIns(
  store: ActionDeps['store'],
  c: CaseRecord,
  { viewer, actor }: { readonly viewer: Viewer; readonly actor: string | null },
): Promise<readonly Viewer[]> {
  const department = departmentIn(viewer, relationOf(viewer, c), c);
  for (const role of standInsOf[viewer.role] ?? []) {
    const holders = (await holdersOf(store, c, role, department)).filter((id) => id !== viewer.personId);
    if (role === viewer.role && holders.includes(actor ?? '')) return [];
    const group = (await store.people.byIds(holders))
      .filter(isInReach)
      .flatMap((person) => viewerIn(person, role) ?? [])
      .filter((one) => maySee(one, c));
    if (group.length > 0) return group;
  }
  return [];
}

const isOfDepartment = (role: Role): boolean => departmentRoles.includes(role);

async function holdersOf(
  store: ActionDeps['store'],
  c: CaseRecord,
  role: Role,
  department: string | null,
): Promise<readonly string[]> {
  if (isOfDepartment(role)) return department === null ? [] : await store.people.holding(role, department);
  if (role !== 'liaison') return await store.people.holding(role);
  const enterprise = (await store.organisation.enterprises()).find(({ id }) => id === c.enterpriseId);
  return enterprise?.liaisonId ? [enterprise.liaisonId] : [];
}
