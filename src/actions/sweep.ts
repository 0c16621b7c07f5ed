import { announceSettings } from './announce-settings.js';
import type { ActionDeps } from './deps.js';
import { continueImports } from './import-cases.js';
import { recountCases } from './recount-cases.js';
import { relayCase } from './relay-case.js';
import { routeCase } from './route-case.js';
import { dueRounds } from './run-schedules.js';
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
  /** Parts that could not be done; they are left as they were, for the next sweep. */
  readonly failed: number;
}

/**
 * Finds what fell due and what lost wake-ups left behind: due schedules and cases, waiting outboxes, waiting deliveries. Safe to
 * run twice and everywhere. A part that cannot be done holds nothing else up: every reminder comes through here.
 */
export const sweep =
  (deps: ActionDeps) =>
  async ({ patient = true }: { readonly patient?: boolean } = {}): Promise<Swept> => {
    await Promise.all([deps.clock.refresh(), deps.rules.refresh()]);
    let [woken, failed] = [0, 0];
    const lateMs: number[] = [];
    const alone = async (part: Part, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failed++;
        deps.log.error('the sweep could not do a part', { ...part, error });
      }
    };
    await alone({ part: 'settings' }, announceSettings(deps));
    await alone({ part: 'calendar' }, async () => void (woken += await recountCases(deps)()));
    const stalled = new Date(Date.now() - (patient ? importPatienceMs : 0));
    await alone({ part: 'imports' }, async () => void (await continueImports(deps)(stalled)));
    // Before the cases: a digest counts the reminders it tells.
    for (const { name, run } of await dueRounds(deps)())
      await alone({ part: 'round', schedule: name }, async () => void ((await run()) && woken++));
    for (const caseId of await deps.store.cases.dueToWake(deps.clock.now(), mostCases)) {
      await alone({ part: 'wake', caseId }, async () => {
        const late = await wakeCase(deps)(caseId);
        if (late === null) return await routeIfForgotten(deps, caseId);
        woken++;
        lateMs.push(late);
      });
    }
    const waiting = await deps.store.cases.waitingToRelay(
      new Date(Date.now() - (patient ? relayPatienceMs : 0)),
      mostCases,
    );
    for (const caseId of waiting)
      await alone({ part: 'relay', caseId }, async () => await relayCase(deps)(caseId));
    await alone({ part: 'audit' }, async () => void (await writeAudit(deps)()));
    deps.wake.deliverAgain(await deps.store.deliveries.waitingPeople(mostPeople));
    return { woken, relayed: waiting.length, lateMs, failed };
  };

interface Part {
  readonly part: string;
  readonly caseId?: string;
  readonly schedule?: string;
}

/** A case that is due only because nobody has routed it: the queue's wake-up was lost, so it is done here. */
async function routeIfForgotten(deps: ActionDeps, id: string): Promise<void> {
  const c = await deps.store.cases.byId(id);
  if (c && c.state === 'filed') await routeCase(deps)(id);
}
