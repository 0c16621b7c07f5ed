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
  const grant = grants.find(({ role }) => role === holder.activeRole) ??
    grants[0] ?? { role: 'enterprise' as const };
  return { personId: holder.id, ...grant };
}

/** The holder acting in a given role, or null when he does not hold it (any more). */
export function viewerIn(holder: Holder, role: Role): Viewer | null {
  const grant = grantsOf(holder).find((held) => held.role === role);
  return grant ? { personId: holder.id, ...grant } : null;
}
