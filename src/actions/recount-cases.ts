import type { CaseRecord } from '../domain/case.js';
import { recalendar } from '../domain/recalendar.js';
import type { ActionDeps } from './deps.js';

const tries = 6;
/** Cases of one sweep; the next sweep goes on where this one ended, on whichever replica. */
const batch = 200;

/**
 * Gives a case with its dates by the newest calendar: computed anew and saved in one conditional write if they were
 * computed by an older one. Whoever is about to wake or change a case asks for it first, so nothing is ever decided by
 * two calendars at once.
 */
export const recountCase =
  (deps: ActionDeps) =>
  async (given: CaseRecord): Promise<CaseRecord> => {
    let c = given;
    for (let attempt = 0; attempt < tries; attempt++) {
      const rules = await deps.rules.of(c);
      if (c.calendarRevision >= rules.calendarRevision) return c;
      const next = recalendar(c, deps.clock.now(), { before: deps.rules.asOf(c), rules });
      if (await deps.store.cases.replace(c, next)) {
        if (next.outbox.length > 0) deps.wake.relay(c.id);
        return next;
      }
      c = (await deps.store.cases.byId(c.id)) ?? c;
    }
    return c;
  };

/** Computes the dates of cases anew after an import of holidays, a batch at a time; gives how many it has dealt with. */
export const recountCases = (deps: ActionDeps) => async (): Promise<number> => {
  const { calendarRevision } = deps.rules.current();
  if (calendarRevision === 0) return 0;
  const behind = await deps.store.work.behindCalendar(calendarRevision, batch);
  for (const id of behind) {
    try {
      const c = await deps.store.cases.byId(id);
      if (c) await recountCase(deps)(c);
    } catch (error) {
      deps.log.error('the dates of a case could not be computed anew', { caseId: id, error });
    }
  }
  return behind.length;
};
