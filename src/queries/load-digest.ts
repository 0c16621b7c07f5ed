import type { CaseRecord, CaseState } from '../domain/case.js';
import {
  digestOf,
  digestRoles,
  isEmpty,
  isOver,
  morningOf,
  standingMorning,
  type Digest,
  type Morning,
} from '../domain/morning.js';
import { departmentRoles, type Viewer } from '../domain/people.js';
import { liveStates } from '../domain/transitions/row.js';
import type { Store } from '../store/index.js';
import type { QueryDeps } from './deps.js';

export interface DatedDigest {
  readonly digest: Digest;
  /** When the day opens that it is for, whenever it is read. */
  readonly opening: Date;
}

/** Takes a viewer and the instant his morning was due, gives his digest; null when there is nothing to say or a newer one is due. */
export const loadDigest =
  ({ store, rules, clock }: QueryDeps) =>
  async (viewer: Viewer, slotAt: Date): Promise<DatedDigest | null> => {
    const morning = morningOf(slotAt, rules.current());
    if (isOver(morning, clock.now())) return null;
    const cases = await workOf(store, viewer, morning);
    const digest = digestOf(cases, viewer, morning, await rules.ofAll(cases));
    return isEmpty(digest) ? null : { digest, opening: morning.opening };
  };

/**
 * Takes a viewer and the states his to-do lists by themselves; gives the ids of the cases in other states that his digest tells him
 * of, so that what is told to wait for him is there.
 */
export async function toldBeside(
  { store, rules, clock }: QueryDeps,
  viewer: Viewer,
  listed: readonly CaseState[],
): Promise<readonly string[]> {
  if (!digestRoles.includes(viewer.role)) return [];
  const morning = standingMorning(clock.now(), rules.current());
  const others = liveStates.filter((state) => !listed.includes(state));
  const dueBefore = departmentRoles.includes(viewer.role) ? null : morning.nextOpening;
  const cases = await store.work.onDesk(viewer, others, dueBefore);
  const digest = digestOf(cases, viewer, morning, await rules.ofAll(cases));
  return Object.values(digest).flatMap((items: Digest[keyof Digest]) => items.map(({ c }) => c.id));
}

/** The cases a digest is made from: those of the viewer's departments, or what waits for the commission. */
export const workOf = async (
  store: Store,
  viewer: Viewer,
  { nextOpening }: Morning,
): Promise<readonly CaseRecord[]> => {
  if (!departmentRoles.includes(viewer.role)) return await store.work.ofCommission(nextOpening);
  return await store.work.ofDepartments(viewer.departments ?? []);
};
