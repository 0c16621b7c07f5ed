import { excludedPeople, keptOutWith, leavesReader, withInvitees } from '../domain/exclusions.js';
import type { Viewer } from '../domain/people.js';
import { changeCase, type Changed } from './change-case.js';
import type { ActionDeps } from './deps.js';

export interface Excluding {
  readonly how: 'exclude' | 'lift-exclusion';
  readonly caseId: string;
  readonly department?: string;
  readonly personId?: string;
  readonly viewer: Viewer;
  readonly causeId: string;
  readonly expectedRev?: number;
}

/** Keeps a person or a department out of a case, or takes that back; with a department go its people in other roles, with a person whom he invited. */
export const exclude =
  (deps: ActionDeps) =>
  async ({
    how,
    caseId,
    department,
    personId,
    viewer,
    causeId,
    expectedRev,
  }: Excluding): Promise<Changed> => {
    const [c, staff] = await Promise.all([deps.store.cases.byId(caseId), deps.store.people.withGrants()]);
    const reporterId = c?.reporterId ?? '';
    const inOtherRoles =
      department !== undefined && how === 'exclude'
        ? excludedPeople({ departments: [department], names: '', reporterId }, staff)
        : [];
    const named = personId === undefined ? inOtherRoles : [personId];
    // Let in again one by one: the supervisor looks at each.
    const personIds =
      how === 'exclude'
        ? withInvitees(named, staff).filter((id) => id !== reporterId || named.includes(id))
        : named;
    return await changeCase(deps)({
      caseId,
      name: how,
      viewer,
      causeId,
      input: {
        ...(department === undefined ? {} : { department }),
        personIds,
        leavesNobody: c !== null && !leavesReader(keptOutWith(c, personIds), staff),
      },
      ...(expectedRev === undefined ? {} : { expectedRev }),
    });
  };
