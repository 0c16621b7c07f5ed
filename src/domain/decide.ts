/** The one place where a change of a case is decided: look up the row, check who and when, give the next record (rules §2). Pure. */
import type { CaseRecord, HistoryEntry, OutboxEntry, RefreshEvent } from './case.js';
import type { ClockName } from './clock-names.js';
import { startClock, stopClocks, type TimeRules } from './clocks.js';
import { dueSteps, nextWake, type DueSteps } from './due-steps.js';
import { extendClocks, pauseClocks, relimitClocks, resumeClocks } from './moving-clocks.js';
import { relationOf, type Viewer } from './people.js';
import { promisedAfter, withMove } from './promise.js';
import { closingsAfter } from './rates/closing.js';
import { tiersFor } from './tiers.js';
import type {
  Tell,
  TransitionInput,
  TransitionName,
  TransitionRequest,
  TransitionRow,
} from './transitions/row.js';
import type { RefusalName } from './transitions/refusals.js';
import { transitionRow, transitions } from './transitions/table.js';

export type Decision =
  | { readonly ok: true; readonly next: CaseRecord }
  | { readonly ok: false; readonly refusal: RefusalName };

export interface Ask {
  readonly name: TransitionName;
  /** Null when the program itself acts. */
  readonly viewer: Viewer | null;
  readonly input: TransitionInput;
  readonly now: Date;
  readonly causeId: string | null;
}

/** Takes a case and what is asked of it, gives the next record or a refusal. Never changes what it was given. */
export function decide(c: CaseRecord, ask: Ask, rules: TimeRules): Decision {
  const row = transitionRow(ask.name);
  if (!row) return { ok: false, refusal: 'not-possible-now' };
  const request = requestOf(c, ask);
  const refusal = refusalOf(c, row, request, rules);
  return refusal ? { ok: false, refusal } : { ok: true, next: apply(c, row, request, rules) };
}

const requestOf = (c: CaseRecord, ask: Ask): TransitionRequest => ({
  ...ask,
  personId: ask.viewer?.personId ?? null,
  departments: ask.viewer?.departments ?? [],
  relation: ask.viewer ? relationOf(ask.viewer, c) : 'system',
});

/** Why a transition is not to be had; null when it is. */
function refusalOf(
  c: CaseRecord,
  row: TransitionRow,
  request: TransitionRequest,
  rules: TimeRules,
): RefusalName | null {
  if (!row.by.includes(request.relation)) return 'not-yours';
  if (!row.from.includes(c.state)) return 'not-possible-now';
  return row.guard?.(c, request, rules) ?? null;
}

/** The transitions a viewer may ask for now; what a form will still gather is taken as given. */
export function offeredTransitions(
  c: CaseRecord,
  viewer: Viewer,
  now: Date,
  rules: TimeRules,
  input: TransitionInput = {},
): readonly TransitionRow[] {
  return transitions.filter((row) => {
    if (row.hidden) return false;
    const supposed: TransitionInput = {
      department: '?',
      days: 1,
      ...(row.choosesLevel ? { confidentiality: c.confidentiality === 'open' ? 'commission' : 'open' } : {}),
      ...(row.choosesTier ? { tier: tiersFor(c).find((tier) => tier !== c.tier) ?? c.tier } : {}),
      ...input,
      ...(row.form ? { messageIds: ['?'] } : {}),
    };
    const request = requestOf(c, { name: row.name, viewer, input: supposed, now, causeId: null });
    return refusalOf(c, row, request, rules) === null;
  });
}

function apply(c: CaseRecord, row: TransitionRow, request: TransitionRequest, rules: TimeRules): CaseRecord {
  const { now } = request;
  const changed: CaseRecord = {
    ...c,
    ...row.changes?.(c, request, rules),
    state: typeof row.to === 'function' ? row.to(c, request) : row.to === 'same' ? c.state : row.to,
    clocks: pauseClocks(stopClocks(c.clocks, of(row.stops, c, request), now), row.pauses ?? [], now, rules),
  };
  const resumed: CaseRecord = { ...changed, clocks: resumeClocks(changed, row.resumes ?? [], now, rules) };
  const extension = row.extends?.(c, rules);
  const extended: CaseRecord = extension
    ? { ...resumed, clocks: extendClocks(resumed, extension.names, extension.by, now, rules) }
    : resumed;
  const started = of(row.starts, c, request).reduce<CaseRecord>(
    (at, name) => ({ ...at, clocks: startClock(at, name, now, rules) }),
    extended.tier === c.tier
      ? extended
      : { ...extended, clocks: relimitClocks(extended, ['resolve'], now, rules) },
  );
  const promised = promisedAfter(c, started, rules);
  const remembered = { ...promised, closings: closingsAfter(c, promised, now, rules) };
  return recorded(remembered, rules, {
    refresh: refreshAfter(c, remembered),
    entry: {
      at: now,
      transition: row.name,
      by: request.personId ?? 'system',
      relation: request.relation,
      causeId: request.causeId,
      from: c.state,
      to: promised.state,
      messageIds: request.input.messageIds ?? [],
      ...detailOf(request),
    },
    tells: (row.tells?.(c, request, rules) ?? []).map(({ event, to }) => ({
      event: to.includes('reporter') ? withMove(event, c, promised, now) : event,
      to,
    })),
  });
}

type Names =
  | readonly ClockName[]
  | ((c: CaseRecord, request: TransitionRequest) => readonly ClockName[])
  | undefined;

const of = (names: Names, c: CaseRecord, request: TransitionRequest): readonly ClockName[] =>
  typeof names === 'function' ? names(c, request) : (names ?? []);

/** What the history keeps of a choice: codes and ids, never words. */
function detailOf({ input }: TransitionRequest): Pick<HistoryEntry, 'detail'> {
  const detail =
    input.department ??
    input.parentDepartment ??
    input.handlerId ??
    input.confidentiality ??
    input.tier ??
    input.intoCaseId ??
    input.personIds?.join(' ');
  return detail ? { detail } : {};
}

/**
 * Which cards must follow a change: the newest ones; old ones, too, of whoever lost sight of the case, or of a name
 * (rules §6); all of them once its content is destroyed.
 */
function refreshAfter(before: CaseRecord, c: CaseRecord): RefreshEvent {
  if (before.erasedAt !== c.erasedAt) return 'refresh-all';
  const seen = before.access.unmask?.state === 'seen' && c.access.unmask?.state !== 'seen';
  if (seen || before.confidentiality !== c.confidentiality) return 'refresh-names';
  const moved =
    before.excludedPersonIds !== c.excludedPersonIds ||
    before.excludedDepartments !== c.excludedDepartments ||
    before.department !== c.department ||
    before.handlerId !== c.handlerId ||
    before.track !== c.track;
  return moved ? 'refresh-lost' : 'refresh';
}

interface Entering {
  readonly refresh?: RefreshEvent;
  readonly entry: Omit<HistoryEntry, 'rev'>;
  readonly tells: readonly Tell[];
  readonly timed?: DueSteps['notices'];
}

/** Bumps the revision and writes history, outbox and the next wake-up in one go. */
export function recorded(
  c: CaseRecord,
  rules: TimeRules,
  { entry, tells, timed = [], refresh = 'refresh' }: Entering,
): CaseRecord {
  const rev = c.rev + 1;
  const told: readonly OutboxEntry[] = tells.map((tell, i) => ({
    id: `${rev}-${i}`,
    event: tell.event,
    to: tell.to,
    at: entry.at,
    byPersonId: entry.relation === 'system' ? null : entry.by,
    ...(entry.messageIds[0] ? { messageId: entry.messageIds[0] } : {}),
  }));
  const rung: readonly OutboxEntry[] = timed.map(({ clock, step, to }, i) => ({
    id: `${rev}-t${i}`,
    event: `clock-${clock.name}-${step}`,
    to,
    at: entry.at,
    byPersonId: null,
    clock: { name: clock.name, generation: clock.generation, step },
  }));
  const refreshed: OutboxEntry = {
    id: `${rev}-r`,
    event: refresh,
    to: [],
    at: entry.at,
    byPersonId: entry.relation === 'system' ? null : entry.by,
  };
  const next = {
    ...c,
    rev,
    history: [...c.history, { ...entry, rev }],
    outbox: [...c.outbox, ...told, ...rung, refreshed],
  };
  return { ...next, wakeAt: nextWake(next, rules) };
}

/** What waking a case at an instant does: timed notices, a lapse, archiving; one thing after the other. Null when nothing is due. */
export function wake(c: CaseRecord, now: Date, rules: TimeRules): CaseRecord | null {
  const due = dueSteps(c, now, rules);
  const bySystem = (name: TransitionName): CaseRecord | null => {
    const decision = decide(c, { name, viewer: null, input: {}, now, causeId: null }, rules);
    return decision.ok ? decision.next : null;
  };
  if (due.access) return bySystem(due.access);
  if (due.lapse) return bySystem(due.lapse);
  if (due.notices.length === 0 && !due.surveyLapsed) return due.archive ? bySystem('archive') : null;
  const entry = {
    at: now,
    transition: 'timed',
    by: 'system',
    relation: 'system' as const,
    causeId: null,
    from: c.state,
    to: c.state,
    messageIds: [],
    ...(due.notices.length > 0 ? { detail: due.notices.map((notice) => notice.step).join(' ') } : {}),
  };
  return recorded({ ...c, clocks: due.clocks }, rules, { entry, tells: [], timed: due.notices });
}
