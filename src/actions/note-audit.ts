import { denialFact, lookFact, type DenialName, type Look } from '../domain/audit.js';
import type { Viewer } from '../domain/people.js';
import type { Clock } from '../clock.js';
import type { Store } from '../store/index.js';

export interface AuditNotes {
  /** Somebody was shown these. */
  readonly looks: (viewer: Viewer, looks: readonly Look[]) => void;
  /** Somebody was turned away; the id is the one he asked for, whether there is such a case or not. */
  readonly denial: (viewer: Viewer, what: DenialName, caseId: string | null) => void;
}

/** Notes who saw what and who was turned away: one write each, which no answer waits for and the end of the program does. */
export const createAuditNotes = ({
  store,
  clock,
  track,
}: {
  readonly store: Pick<Store, 'auditWaiting'>;
  readonly clock: Clock;
  readonly track: (work: Promise<void>) => void;
}): AuditNotes => ({
  looks: (viewer, looks) => {
    for (const look of looks) track(store.auditWaiting.fact(lookFact(viewer, look, clock.now())));
  },
  denial: (viewer, what, caseId) =>
    track(store.auditWaiting.denial(denialFact(viewer, what, { caseId, at: clock.now() }))),
});
