import { actFact } from '../domain/audit.js';
import type { Viewer } from '../domain/people.js';
import type { StaffEntry } from '../store/staff-log.js';
import type { ActionDeps } from './deps.js';

/** Notes what happened to people and departments, for the administrator's list and for the audit chain; an update notes it once. */
export const noteStaff =
  ({ store }: Pick<ActionDeps, 'store'>) =>
  async (viewer: Viewer, causeId: string, entry: Omit<StaffEntry, 'by'>): Promise<void> => {
    await store.staffLog.note(causeId, { ...entry, by: viewer.personId });
    const { event, at, detail = '', personId } = entry;
    await store.auditWaiting.fact(
      actFact(
        viewer,
        { what: event, causeId, detail: personId === undefined ? detail : `${detail} ${personId}` },
        at,
      ),
    );
  };
