import { excludedPeople } from '../domain/exclusions.js';
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

/** Keeps a person or a department out of a case, or takes that back; with a department go its people in other roles. */
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
    const reporterId = (await deps.store.cases.byId(caseId))?.reporterId ?? '';
    const inOtherRoles =
      department !== undefined && how === 'exclude'
        ? excludedPeople(
            { departments: [department], names: '', reporterId },
            await deps.store.people.withGrants(),
          )
        : [];
    return await changeCase(deps)({
      caseId,
      name: how,
      viewer,
      causeId,
      input: {
        ...(department === undefined ? {} : { department }),
        personIds: personId === undefined ? inOtherRoles : [personId],
      },
      ...(expectedRev === undefined ? {} : { expectedRev }),
    });
  };
