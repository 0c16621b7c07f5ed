import { wake } from '../domain/decide.js';
import { nextWake } from '../domain/due-steps.js';
import type { ActionDeps } from './deps.js';
import { recountCase } from './recount-cases.js';

const tries = 4;

/**
 * Gives a due case what it owes the clock, in one conditional write; the wake-up always moves on (design §2.6).
 * Returns by how many milliseconds it was late, null when nothing changed. Two sweeps at once do it once.
 */
export const wakeCase =
  (deps: ActionDeps) =>
  async (caseId: string): Promise<number | null> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const found = await deps.store.cases.byId(caseId);
      const c = found && (await recountCase(deps)(found));
      const now = deps.clock.now();
      if (!c || c.wakeAt === null || c.wakeAt > now) return null;
      const lateMs = now.getTime() - c.wakeAt.getTime();
      const rules = await deps.rules.of(c);
      const woken = wake(c, now, rules);
      if (woken) {
        deps.crashPoint('woken');
        if (!(await deps.store.cases.replace(c, woken))) continue;
        deps.crashPoint('wake-saved');
        deps.wake.relay(c.id);
        return lateMs;
      }
      const wakeAt = nextWake(c, rules);
      if (wakeAt?.getTime() === c.wakeAt.getTime()) return null;
      if (await deps.store.cases.replace(c, { ...c, wakeAt })) return lateMs;
    }
    return null;
  };
