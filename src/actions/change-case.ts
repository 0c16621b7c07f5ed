import type { CaseRecord, HistoryEntry } from '../domain/case.js';
import { decide } from '../domain/decide.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { sightOf } from '../domain/visibility.js';
import type { RefusalName } from '../domain/transitions/refusals.js';
import type { TransitionInput, TransitionName } from '../domain/transitions/row.js';
import { Fault } from '../errors.js';
import type { ActionDeps } from './deps.js';
import { recountCase } from './recount-cases.js';
import { departmentInput, relatedInput } from '../queries/department-input.js';
import { openNames } from '../queries/open-names.js';

export interface ChangeRequest {
  readonly caseId: string;
  readonly name: TransitionName;
  /** Null when the program itself acts. */
  readonly viewer: Viewer | null;
  readonly input?: TransitionInput;
  readonly causeId: string | null;
  /** The revision of the card that was pressed; a newer case refuses as stale. */
  readonly expectedRev?: number;
}

export type CaseRefusal = RefusalName | 'no-such-case' | 'stale' | 'done-by-you' | 'done-by-colleague';

export type Changed =
  | {
      readonly ok: true;
      readonly c: CaseRecord;
      /** This very update had done it before. */ readonly repeated: boolean;
    }
  | { readonly ok: false; readonly refusal: CaseRefusal; /** When a colleague did it. */ readonly at?: Date };

const tries = 6;

/** Loads, decides, saves in one conditional write; decides again when somebody was faster (design §2.3). */
export const changeCase =
  (deps: ActionDeps) =>
  async (request: ChangeRequest): Promise<Changed> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const found = await deps.store.cases.byId(request.caseId);
      if (!found) return { ok: false, refusal: 'no-such-case' };
      const c = await recountCase(deps)(found);
      if (!isVisible(c, request.viewer)) return lostToColleague(c, request);
      if (request.causeId !== null && c.history.some((entry) => entry.causeId === request.causeId)) {
        deps.wake.relay(c.id);
        return { ok: true, c, repeated: true };
      }
      // A button drawn before the department left.
      const chosen = request.input?.department;
      const goes = request.name === 'dispatch' || request.name === 'add-task';
      if (goes && chosen !== undefined && !(await isThere(deps, chosen)))
        return { ok: false, refusal: 'department-unknown' };
      const decision = decide(
        c,
        {
          name: request.name,
          viewer: request.viewer,
          input: {
            ...(await departmentInput(deps.store, c)),
            ...(await relatedInput(deps.store, c, request.viewer)),
            ...(request.name === 'dispatch'
              ? { namesOpen: (await openNames(deps.store, c)).length > 0 }
              : {}),
            ...request.input,
          },
          now: deps.clock.now(),
          causeId: request.causeId,
        },
        await deps.rules.of(c),
      );
      if (!decision.ok) return explained(c, request, decision.refusal);
      if (request.expectedRev !== undefined && request.expectedRev !== c.rev)
        return { ok: false, refusal: 'stale' };
      if (await deps.store.cases.replace(c, decision.next)) {
        deps.crashPoint('state-saved');
        deps.wake.relay(c.id);
        // Unsealed, it is proposed anew.
        if (decision.next.state === 'filed' && decision.next.proposal === null) deps.wake.route(c.id);
        return { ok: true, c: decision.next, repeated: false };
      }
    }
    throw new Fault('a case kept changing under one decision');
  };

const isThere = async ({ store }: ActionDeps, code: string): Promise<boolean> => {
  const department = await store.organisation.department(code, 'now');
  return department !== null && department.gone !== true;
};

const isVisible = (c: CaseRecord, viewer: Viewer | null): boolean =>
  viewer === null || sightOf(relationOf(viewer, c), c).exists;

/** An officer had the card until a colleague signed first: he hears that, anybody else that there is no such case. */
function lostToColleague(c: CaseRecord, request: ChangeRequest): Changed {
  const { name, viewer } = request;
  const hadIt = viewer !== null && relationOf(viewer, { ...c, handlerId: null }) === 'officer';
  const changed = hadIt && name === 'sign' ? explained(c, request, 'not-yours') : null;
  return changed && !changed.ok && changed.refusal === 'done-by-colleague'
    ? changed
    : { ok: false, refusal: 'no-such-case' };
}

/** "Not possible now" is worded by who did it before: oneself, or a colleague and when (design §2.1, §2.3). */
function explained(c: CaseRecord, { name, viewer }: ChangeRequest, refusal: RefusalName): Changed {
  if (refusal !== 'not-possible-now' && refusal !== 'not-yours' && refusal !== 'already-done')
    return { ok: false, refusal };
  const done: HistoryEntry | undefined = c.history.findLast((entry) => entry.transition === name);
  if (!done || !viewer) return { ok: false, refusal };
  return done.by === viewer.personId
    ? { ok: false, refusal: 'done-by-you' }
    : { ok: false, refusal: 'done-by-colleague', at: done.at };
}
