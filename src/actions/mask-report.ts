import { departmentMarks, departmentVersion } from '../domain/masking/department-version.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { sightOf } from '../domain/visibility.js';
import { writerOf } from '../queries/writer.js';
import type { Changed } from './change-case.js';
import type { ActionDeps } from './deps.js';
import { say } from './say.js';

export interface Masking {
  readonly caseId: string;
  readonly viewer: Viewer;
  readonly causeId: string;
  /** The revision of the card that was pressed. */
  readonly expectedRev?: number;
}

/** Makes the proposed masking the version departments read: the duty officer's `redact` in one press (rules §6). */
export const maskReport =
  (deps: ActionDeps) =>
  async ({ caseId, viewer, causeId, expectedRev }: Masking): Promise<Changed | 'nothing-to-mask'> => {
    const [messages, identity, c] = await Promise.all([
      deps.store.messages.ofCase(caseId),
      deps.store.identities.ofCase(caseId),
      deps.store.cases.byId(caseId),
    ]);
    // A case that is not his to see and one that is not there are answered alike (rules §6).
    if (!c || !sightOf(relationOf(viewer, c), c).exists) return { ok: false, refusal: 'no-such-case' };
    const report = messages.find(({ kind }) => kind === 'report');
    const repeated = c.history.some((entry) => entry.causeId === causeId);
    if (!repeated && expectedRev !== undefined && expectedRev !== c.rev)
      return { ok: false, refusal: 'stale' };
    const writer = writerOf(identity, messages);
    if (!report || departmentMarks(report, c.confidentiality, writer).length === 0) return 'nothing-to-mask';
    const text = departmentVersion(report, c.confidentiality, writer);
    return await say(deps)({ caseId, name: 'redact', form: 'redact', viewer, text, files: [], causeId });
  };
