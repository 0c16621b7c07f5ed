/** What a case owes the clock: which timed steps are due, and when to look again (rules §3, §4). Pure. */
import { accessInstants, dueAccess } from './access.js';
import type { Audience, CaseRecord, Clock, CaseState } from './case.js';
import { after, stopClocks, type TimeRules } from './clocks.js';
import type { Span } from './clock-limits.js';
import { ladderSteps } from './ladder.js';

/** A notice that a clock gives: the latest of the steps that came due together, to everybody they would have reached. */
export interface TimedNotice {
  readonly clock: Clock;
  readonly step: string;
  readonly to: readonly Audience[];
}

export interface DueSteps {
  readonly route: boolean;
  readonly notices: readonly TimedNotice[];
  /** The clocks with the steps marked as done, and a survey nobody answered in time stopped. */
  readonly clocks: readonly Clock[];
  readonly surveyLapsed: boolean;
  /** An answer that was waited for did not come. */
  readonly lapse: 'lapse-supplement' | 'lapse-wait' | null;
  /** A look at a locked name that is over, or news of one that was put off until now. */
  readonly access: 'end-unmask' | 'tell-unmask' | null;
  readonly archive: boolean;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Seconds the wake-up queue has before the sweep routes a case itself. */
const routingPatienceMs = 30_000;

/** Takes a case and the present instant, gives everything that is due; missed steps are merged into the latest one. */
export function dueSteps(c: CaseRecord, now: Date, rules: TimeRules): DueSteps {
  const notices: TimedNotice[] = [];
  const clocks = c.clocks.map((clock) => {
    if (clock.stoppedAt !== null) return clock;
    const due = pendingSteps(c, clock, rules).filter((step) => step.at <= now);
    const latest = due.at(-1);
    if (!latest) return clock;
    notices.push({ clock, step: latest.step, to: [...new Set(due.flatMap((step) => step.to))] });
    return { ...clock, stepsDone: [...clock.stepsDone, ...due.map((step) => step.step)] };
  });
  const archive = archiveAt(c, rules);
  const surveyLapsed = c.clocks.some(
    (clock) => clock.name === 'survey' && clock.stoppedAt === null && clock.dueAt <= now,
  );
  return {
    route: isToBeRouted(c) && routeAt(c) <= now,
    notices,
    clocks: surveyLapsed ? stopClocks(clocks, ['survey'], now) : clocks,
    surveyLapsed,
    lapse: lapseOf(c, now),
    access: dueAccess(c, now),
    archive: archive !== null && archive <= now,
  };
}

/** The earliest instant at which `dueSteps` will have something to do, or null. */
export function nextWake(c: CaseRecord, rules: TimeRules): Date | null {
  const instants = c.clocks
    .filter((clock) => clock.stoppedAt === null)
    .flatMap((clock) => [
      ...pendingSteps(c, clock, rules).map((step) => step.at),
      ...(clock.name === 'survey' ? [clock.dueAt] : []),
    ]);
  if (isToBeRouted(c)) instants.push(routeAt(c));
  if (c.pauseUntil && isPaused(c)) instants.push(c.pauseUntil);
  instants.push(...accessInstants(c));
  const archive = archiveAt(c, rules);
  if (archive) instants.push(archive);
  return instants.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}

const pendingSteps = (c: CaseRecord, clock: Clock, rules: TimeRules) =>
  ladderSteps(c, clock, rules)
    .filter((step) => !clock.stepsDone.includes(step.step))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());

const isPaused = (c: CaseRecord): boolean => c.state === 'supplement' || c.state === 'waiting';

function lapseOf(c: CaseRecord, now: Date): DueSteps['lapse'] {
  if (!isPaused(c) || c.pauseUntil === null || c.pauseUntil > now) return null;
  return c.state === 'supplement' ? 'lapse-supplement' : 'lapse-wait';
}

/** Not proposed yet, or proposed as certain and not dispatched yet: the router died between the two. */
const isToBeRouted = (c: CaseRecord): boolean =>
  c.state === 'filed' && (c.proposal === null || (c.proposal.certain && c.department === null));

const routeAt = (c: CaseRecord): Date => new Date(c.filedAt.getTime() + routingPatienceMs);

/** When a case that has come to its end is put away (rules §2, row archive). */
function archiveAt(c: CaseRecord, { rules, time }: TimeRules): Date | null {
  if (c.endedAt === null) return null;
  const rest = restAfter(c.state, rules);
  if (!rest) return null;
  const at = after(c.endedAt, rest, time);
  // The last look-back is still to be read on the day it is told.
  return c.state === 'closed' ? new Date(at.getTime() + dayMs) : at;
}

function restAfter(state: CaseState, rules: TimeRules['rules']): Span | null {
  switch (state) {
    case 'closed':
      return rules.clocks.lookBack.looks.at(-1) ?? null;
    case 'declined':
      return rules.caps.appeal.within;
    case 'withdrawn':
    case 'merged':
    case 'transferred':
      return rules.caps.archive.restsFor;
    default:
      return null;
  }
}
