import { announceSettings } from './announce-settings.js';
import type { ActionDeps } from './deps.js';
import { continueImports } from './import-cases.js';
import { recountCases } from './recount-cases.js';
import { relayCase } from './relay-case.js';
import { routeCase } from './route-case.js';
import { runSchedules } from './run-schedules.js';
import { wakeCase } from './wake-case.js';
import { writeAudit } from './write-audit.js';

/** Far more than can fall due between two sweeps: cases that cannot be dealt with never hide the others. */
const mostCases = 10_000;
/** People woken at once, those waiting longest first; the next sweep finds the others. */
const mostPeople = 500;
/** An outbox that has waited this long lost its wake-up. Real time. */
const relayPatienceMs = 3_000;
/** An import that has taken this long has probably died. Real time. */
const importPatienceMs = 60_000;

export interface Swept {
  readonly woken: number;
  readonly relayed: number;
  /** By how much each woken case was late. */
  readonly lateMs: readonly number[];
}

/** Finds what fell due and what lost wake-ups left behind: due schedules and cases, waiting outboxes, waiting deliveries. Safe to run twice and everywhere. */
export const sweep =
  (deps: ActionDeps) =>
  async ({ patient = true }: { readonly patient?: boolean } = {}): Promise<Swept> => {
    await Promise.all([deps.clock.refresh(), deps.rules.refresh()]);
    await announceSettings(deps)();
    const recounted = await recountCases(deps)();
    await importsGoOn(deps, patient);
    // Before the cases: a digest counts the reminders it tells.
    let woken = recounted + (await runSchedules(deps)());
    const lateMs: number[] = [];
    for (const id of await deps.store.cases.dueToWake(deps.clock.now(), mostCases)) {
      await alone(deps, id, async () => {
        const late = await wakeCase(deps)(id);
        if (late === null) return await routeIfForgotten(deps, id);
        woken++;
        lateMs.push(late);
      });
    }
    const waiting = await deps.store.cases.waitingToRelay(
      new Date(Date.now() - (patient ? relayPatienceMs : 0)),
      mostCases,
    );
    for (const id of waiting) await alone(deps, id, async () => await relayCase(deps)(id));
    await chained(deps);
    deps.wake.deliverAgain(await deps.store.deliveries.waitingPeople(mostPeople));
    return { woken, relayed: waiting.length, lateMs };
  };

/** An import that died in the middle; one that cannot go on holds nothing else up. */
async function importsGoOn(deps: ActionDeps, patient: boolean): Promise<void> {
  try {
    await continueImports(deps)(new Date(Date.now() - (patient ? importPatienceMs : 0)));
  } catch (error) {
    deps.log.error('an import could not go on', { error });
  }
}

/** The audit chain waits for the next sweep where it cannot be written now; nothing else waits for it. */
async function chained(deps: ActionDeps): Promise<void> {
  try {
    await writeAudit(deps)();
  } catch (error) {
    deps.log.error('the audit chain could not be written', { error });
  }
}

/** One case that cannot be dealt with must not hold up those that fell due after it. */
async function alone({ log }: ActionDeps, caseId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error('the sweep could not deal with a case', { caseId, error });
  }
}

/** A case that is due only because nobody has routed it: the queue's wake-up was lost, so it is done here. */
async function routeIfForgotten(deps: ActionDeps, id: string): Promise<void> {
  const c = await deps.store.cases.byId(id);
  if (c && c.state === 'filed') await routeCase(deps)(id);
}
