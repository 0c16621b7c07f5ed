import type { CaseRecord } from '../domain/case.js';
import { isKeptOut, relationOf, type Viewer } from '../domain/people.js';
import { sightOf } from '../domain/visibility.js';
import { absenceOf, forGood, mayHandOver } from '../domain/substitutes.js';
import { changeCase, type Changed } from './change-case.js';
import type { ActionDeps } from './deps.js';

export interface Handover {
  readonly viewer: Viewer;
  readonly department: string;
  readonly toId: string;
  readonly causeId: string;
}

export interface HandedOver {
  readonly moved: number;
  /** Cases the substitute may not have, or that somebody changed just then. */
  readonly kept: number;
}

/** Taking over (rules §2, reassign): all open cases of somebody, or one; and who is away. Null: not his to do, or no such substitute. */
export const takeOver = (deps: ActionDeps) => {
  const { store, clock, rules } = deps;

  const canTake = async ({ viewer, department, toId }: Handover): Promise<boolean> =>
    mayHandOver(viewer, department) &&
    absenceOf(await store.people.byId(toId), department, clock.now(), rules.current()) === null;

  const give = async (c: CaseRecord, { viewer, toId, causeId }: Handover): Promise<Changed> =>
    isKeptOut(toId, c)
      ? { ok: false, refusal: 'not-possible-now' }
      : await changeCase(deps)({
          caseId: c.id,
          name: 'reassign',
          viewer,
          input: { handlerId: toId },
          causeId,
        });

  return {
    async all(fromId: string, handover: Handover): Promise<HandedOver | null> {
      if (fromId === handover.toId || !(await canTake(handover))) return null;
      let moved = 0;
      const held = await store.work.ofHandler(fromId, handover.department);
      const cases = held.filter((c) => sightOf(relationOf(handover.viewer, c), c).exists);
      for (const c of cases) if ((await give(c, handover)).ok) moved++;
      return { moved, kept: cases.length - moved };
    },

    async one(caseId: string, handover: Omit<Handover, 'department'>): Promise<Changed | null> {
      const c = await store.cases.byId(caseId);
      if (!c || c.department === null || !sightOf(relationOf(handover.viewer, c), c).exists) return null;
      const whole = { ...handover, department: c.department };
      return (await canTake(whole)) ? await give(c, whole) : null;
    },

    /** Marks somebody as away for whole working days, for good, or back. False: not his to do. */
    async away(
      { viewer, department }: Pick<Handover, 'viewer' | 'department'>,
      personId: string,
      days: number | 'for-good' | 'back',
    ): Promise<boolean> {
      const person = await store.people.byId(personId);
      const here = person?.grants.some((grant) => grant.department === department) ?? false;
      if (!here || !mayHandOver(viewer, department)) return false;
      await store.people.change(personId, { awayUntil: until(days) });
      return true;
    },
  };

  function until(days: number | 'for-good' | 'back'): Date | null {
    if (days === 'back') return null;
    return days === 'for-good' ? forGood : rules.current().time.addWorkingDays(clock.now(), days);
  }
};
