import type { CaseRecord } from '../domain/case.js';
import { digestOf, isEmpty, isOver, morningOf, type Digest, type Morning } from '../domain/morning.js';
import { departmentRoles, type Viewer } from '../domain/people.js';
import type { Store } from '../store/index.js';
import type { QueryDeps } from './deps.js';

/** Takes a viewer and the instant his morning was due, gives his digest; null when there is nothing to say or the day is over. */
export const loadDigest =
  ({ store, rules, clock }: QueryDeps) =>
  async (viewer: Viewer, slotAt: Date): Promise<Digest | null> => {
    const morning = morningOf(slotAt, rules.current());
    if (isOver(morning, clock.now())) return null;
    const cases = await workOf(store, viewer, morning);
    const digest = digestOf(cases, viewer, morning, await rules.ofAll(cases));
    return isEmpty(digest) ? null : digest;
  };

/** The cases a digest is made from: those of the viewer's departments, or what waits for the commission. */
export const workOf = async (
  store: Store,
  viewer: Viewer,
  { nextOpening }: Morning,
): Promise<readonly CaseRecord[]> => {
  if (!departmentRoles.includes(viewer.role)) return await store.work.ofCommission(nextOpening);
  return await store.work.ofDepartments(viewer.departments ?? []);
};
