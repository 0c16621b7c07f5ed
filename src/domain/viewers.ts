/** In which roles somebody may act (rules §1: a person with several roles picks one). */
import type { Grant, Role, Viewer } from './people.js';

export interface Holder {
  readonly id: string;
  readonly grants: readonly Grant[];
  readonly activeRole: Role | null;
}

/** Whoever holds no role speaks for an enterprise: anyone may report (rules §1). */
export const grantsOf = ({ grants }: Holder): readonly Grant[] =>
  grants.length > 0 ? grants : [{ role: 'enterprise' }];

/** The holder acting in the role he picked, or in his first one. */
export function activeViewer(holder: Holder): Viewer {
  const grants = grantsOf(holder);
  const picked = grants.find(({ role }) => role === holder.activeRole) ?? grants[0];
  return inRole(holder, picked?.role ?? 'enterprise');
}

/** The holder acting in a given role, or null when he does not hold it (any more). */
export function viewerIn(holder: Holder, role: Role): Viewer | null {
  return rolesOf(holder).includes(role) ? inRole(holder, role) : null;
}

/** Staff are the administrator's to add and remove; an enterprise's person may have his account deleted himself. */
export const mayLeave = (holder: Holder): boolean =>
  grantsOf(holder).every(({ role }) => role === 'enterprise');

/** The roles somebody can act in, each once. */
export const rolesOf = (holder: Holder): readonly Role[] => [
  ...new Set(grantsOf(holder).map(({ role }) => role)),
];

/** A role held in two departments is one role with the work of both. */
function inRole(holder: Holder, role: Role): Viewer {
  const held = grantsOf(holder).filter((grant) => grant.role === role);
  const departments = held.flatMap(({ department }) => department ?? []);
  const enterprises = held.flatMap((grant) => grant.enterprises ?? []);
  return {
    personId: holder.id,
    role,
    ...(departments.length > 0 ? { departments } : {}),
    ...(enterprises.length > 0 ? { enterprises } : {}),
  };
}
