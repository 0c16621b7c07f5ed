import type { Viewer } from '../domain/people.js';
import { changeCase, type Changed } from './change-case.js';
import type { ActionDeps } from './deps.js';

export interface Joining {
  readonly how: 'merge' | 'link';
  readonly caseId: string;
  readonly otherId: string;
  readonly viewer: Viewer;
  readonly causeId: string;
  readonly expectedRev?: number;
}

/**
 * Merges a case into another one, or links the two; both keep their threads, and each then names the other
 * (rules §2, merge). Asked again after a crash it finishes what was begun.
 */
export const joinCases =
  (deps: ActionDeps) =>
  async ({ how, caseId, otherId, viewer, causeId, expectedRev }: Joining): Promise<Changed> => {
    const change = changeCase(deps);
    const changed = await change({
      caseId,
      name: how,
      viewer,
      causeId,
      input: how === 'merge' ? { intoCaseId: otherId } : { otherCaseId: otherId },
      ...(expectedRev === undefined ? {} : { expectedRev }),
    });
    if (!changed.ok) return changed;
    if (how === 'merge')
      await change({ caseId, name: 'link', viewer, causeId: `${causeId}+`, input: { otherCaseId: otherId } });
    await change({
      caseId: otherId,
      name: 'link',
      viewer,
      causeId: `${causeId}+`,
      input: { otherCaseId: caseId },
    });
    return changed;
  };
