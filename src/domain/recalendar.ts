/** A new calendar of holidays: the dates of a case computed anew, as an audited change of its own (design §2.3). Pure. */
import { openStates, runningClock, runningWorkClock, type CaseRecord, type Clock } from './case.js';
import { after, promisedDate, type TimeRules } from './clocks.js';
import type { Span } from './clock-limits.js';
import { recorded } from './decide.js';
import { nextWake } from './due-steps.js';
import { ladderSteps } from './ladder.js';
import { provisionalClock } from './moving-clocks.js';
import { afterSigning } from './promise.js';

/** The event by which a reporter hears that his promised date has moved, and the name of the change in the history. */
export const recalendarEvent = 'progress-recalendar';

export interface Calendars {
  /** The case's numbers over the calendar its dates were computed by. */
  readonly before: TimeRules;
  /** The same numbers over the new one. */
  readonly rules: TimeRules;
}

/**
 * Takes a case and two calendars, gives it with its running clocks, pause, promised date and wake-up by the new one. A
 * clock whose due date moved begins a new generation; what it has told is not told again, what now lies behind it
 * untold is. The reporter hears when his promised date moved. Nothing but the revision changes where no date does.
 */
export function recalendar(c: CaseRecord, now: Date, { before, rules }: Calendars): CaseRecord {
  const clocks = c.clocks.flatMap((clock) => recount(c, clock, now, { before, rules }));
  const pauseUntil = movedPause(c, { before, rules });
  const moved: CaseRecord = { ...c, clocks, pauseUntil, calendarRevision: rules.calendarRevision };
  const next = { ...moved, ...movedPromise(c, moved, { before, rules }) };
  const promiseMoved = next.promisedAt?.getTime() !== c.promisedAt?.getTime();
  const changed =
    promiseMoved ||
    next.provisional !== c.provisional ||
    pauseUntil?.getTime() !== c.pauseUntil?.getTime() ||
    clocks.some((clock, i) => clock !== c.clocks[i]);
  if (!changed) return { ...next, wakeAt: nextWake(next, rules) };
  const entry = {
    at: now,
    transition: 'recalendar',
    by: 'system',
    relation: 'system' as const,
    causeId: null,
    from: c.state,
    to: c.state,
    messageIds: [],
    detail: `calendar ${rules.calendarRevision}`,
  };
  const isOpen = openStates.includes(c.state) || c.state === 'sealed';
  const tells = promiseMoved && isOpen ? [{ event: recalendarEvent, to: ['reporter'] as const }] : [];
  return recorded(next, rules, { entry, tells });
}

/** Whether a case has a date that differs by the new calendar. */
export const datesMoved = (c: CaseRecord, next: CaseRecord): boolean =>
  next.promisedAt?.getTime() !== c.promisedAt?.getTime() || next.clocks.length !== c.clocks.length;

function recount(c: CaseRecord, clock: Clock, now: Date, { before, rules }: Calendars): readonly Clock[] {
  if (clock.stoppedAt !== null) return [clock];
  const dueAt = dueBy(clock, now, { before, rules });
  if (dueAt.getTime() === clock.dueAt.getTime()) {
    const same = provisionalClock(clock, rules);
    return [same.provisional === clock.provisional ? clock : same];
  }
  const generation = c.clocks.filter(({ name }) => name === clock.name).length + 1;
  const next = provisionalClock({ ...clock, generation, dueAt }, rules);
  const ahead = ladderSteps(c, next, rules).filter(({ at }) => at > now);
  // An escalation that was told by the old date and lies ahead by the new one was not due: it is told when it is.
  const undone = (step: string): boolean => step.startsWith('E') && ahead.some((one) => one.step === step);
  const stepsDone = clock.stepsDone.filter((step) => !undone(step));
  return [
    { ...clock, stoppedAt: now },
    { ...next, stepsDone, carried: stepsDone },
  ];
}

/** When a clock is due by the new calendar: counted again from where it was counted from. */
function dueBy(clock: Clock, now: Date, { before, rules }: Calendars): Date {
  const { from, span } = clock.counted ?? { from: clock.startedAt, span: clock.limit };
  const counted = after(from, span, rules.time);
  if (clock.counted || isCountedFrom(clock, from, span, [before, rules])) return counted;
  // Moved by a version that did not note from where: what is left of it stays as long as it was.
  if (clock.limit.working === undefined || clock.dueAt <= now) return clock.dueAt;
  return rules.time.add(now, before.time.between(now, clock.dueAt));
}

const isCountedFrom = ({ dueAt }: Clock, from: Date, span: Span, calendars: readonly TimeRules[]): boolean =>
  calendars.some(({ time }) => after(from, span, time).getTime() === dueAt.getTime());

/** An answer is waited for as many working days as when it was asked for. */
function movedPause(c: CaseRecord, { before, rules }: Calendars): Date | null {
  const { supplement, wait } = rules.rules.caps;
  const span =
    c.state === 'supplement' ? supplement.lapsesAfter : c.state === 'waiting' ? wait.longest : null;
  const since = c.history.findLast(({ to, from }) => to === c.state && from !== c.state)?.at;
  if (c.pauseUntil === null || span === null || since === undefined) return c.pauseUntil;
  const unmoved = after(since, span, before.time).getTime() === c.pauseUntil.getTime();
  return unmoved ? after(since, span, rules.time) : c.pauseUntil;
}

/** The promised date follows the clock it came from, else it is the sum of the limits it was promised by. */
function movedPromise(
  c: CaseRecord,
  moved: CaseRecord,
  { before, rules }: Calendars,
): Pick<CaseRecord, 'promisedAt' | 'provisional'> {
  const { promisedAt, provisional, filedAt } = c;
  if (promisedAt === null) return { promisedAt, provisional };
  const from = c.clocks.find(
    ({ stoppedAt, dueAt }) => stoppedAt === null && dueAt.getTime() === promisedAt.getTime(),
  );
  const clock = from && moved.clocks.findLast(({ name }) => name === from.name);
  const since = clock ? clock.startedAt : filedAt;
  const at = clock ? clock.dueAt : movedSum(c, moved, promisedAt, { before, rules });
  return { promisedAt: at, provisional: rules.time.isProvisional(since, at) };
}

function movedSum(c: CaseRecord, moved: CaseRecord, promisedAt: Date, { before, rules }: Calendars): Date {
  if (runningWorkClock(c)) return promisedAt;
  const is = (at: Date): boolean => at.getTime() === promisedAt.getTime();
  // Counted from filing, or from when it was turned into a case.
  const turned = c.history.findLast(({ transition }) => transition === 'turn-into-case')?.at;
  for (const from of [c.filedAt, ...(turned ? [turned] : [])])
    if (is(promisedDate(c, from, before))) return promisedDate(c, from, rules);
  const [sign, movedSign] = [runningClock(c, 'sign'), runningClock(moved, 'sign')];
  const waits = sign && movedSign && is(afterSigning(c, sign, before));
  return waits ? afterSigning(c, movedSign, rules) : promisedAt;
}
