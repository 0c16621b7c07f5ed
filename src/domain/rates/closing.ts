/** What a case remembers of each time it was struck off, so that a month can still be counted after a redo (rules §5). Pure. */
import { openStates, type CaseRecord, type HistoryEntry } from '../case.js';
import type { TimeRules } from '../clocks.js';
import { isWhole, type Solved, type Survey } from '../survey.js';
import type { Month } from './month.js';

/** The three answers, without tags and comment: the rates need no more. */
export interface Answers {
  readonly contacted: boolean;
  readonly solved: Solved;
  readonly satisfied: number;
}

/** One striking off. Its survey is kept with it: a later striking off has a survey of its own. */
export interface Closing {
  readonly at: Date;
  readonly month: Month;
  readonly department: string;
  /** Every result of this round was submitted at or before the due date of the clock that it stopped. */
  readonly onTime: boolean;
  /** Working minutes in which the department had the case in hand in this round, without pauses. */
  readonly workingMinutes: number;
  /** A first contact is on record. */
  readonly contacted: boolean;
  /** Null until all three questions are answered. */
  readonly answers: Answers | null;
  /** The survey is over without all three answers, by the enterprise's own wish. */
  readonly declined?: boolean;
  readonly reopenedAt: Date | null;
}

/** Why a closing is left out of the rates (rules §5; a sealed case is in no count of a department, rules §1). */
export type Exclusion = 'withdrawn' | 'merged' | 'tolerance' | 'sealed';

/** A closing as the month counts it. */
export interface ClosingRow extends Closing {
  readonly caseId: string;
  /** The how-manieth striking off of its case, from 1. */
  readonly ordinal: number;
  readonly excluded: Exclusion | null;
}

/**
 * Takes a case before and after a change, gives the closings it remembers from now on: a new one when it was struck
 * off, the survey's answers while they come in, and that it was reopened.
 */
export function closingsAfter(
  before: CaseRecord,
  after: CaseRecord,
  now: Date,
  rules: TimeRules,
): readonly Closing[] {
  const earlier = before.closings;
  if (after.state === 'closed' && before.state !== 'closed') {
    const closing = newClosing(after, now, rules);
    return closing ? [...earlier, closing] : earlier;
  }
  const last = earlier.at(-1);
  if (!last || before.state !== 'closed') return earlier;
  const reopened = openStates.includes(after.state);
  if (!reopened && after.survey === before.survey) return earlier;
  const { survey } = after;
  const current = {
    ...last,
    answers: answersOf(survey),
    declined: survey !== null && survey.finishedAt !== null && !isWhole(survey),
    reopenedAt: reopened ? now : last.reopenedAt,
  };
  return [...earlier.slice(0, -1), current];
}

/** A case's closings as rows to be counted; the same case always gives the same rows. */
export function closingRows(c: CaseRecord): readonly ClosingRow[] {
  const excluded = exclusionOf(c);
  return c.closings.map((closing, i) => ({ ...closing, caseId: c.id, ordinal: i + 1, excluded }));
}

function newClosing(c: CaseRecord, now: Date, { time }: TimeRules): Closing | null {
  if (c.department === null) return null;
  const since = roundStart(c.history);
  const submits = new Set(
    c.history
      .filter(({ transition, at }) => transition === 'submit' && at >= since)
      .map(({ at }) => at.getTime()),
  );
  const ended = c.clocks.filter(
    ({ name, stoppedAt }) =>
      (name === 'resolve' || name === 'redo') && stoppedAt !== null && submits.has(stoppedAt.getTime()),
  );
  return {
    at: now,
    month: time.monthOf(now),
    department: c.department,
    onTime: ended.every(({ stoppedAt, dueAt }) => stoppedAt !== null && stoppedAt <= dueAt),
    workingMinutes: inHand(c.history, since, time),
    contacted: c.contactedAt !== null,
    answers: null,
    reopenedAt: null,
  };
}

/** A round begins anew with every striking off and with another department; a raise at the top of the tree only lists. */
const roundStart = (history: readonly HistoryEntry[]): Date =>
  history.findLast(
    ({ transition, to }) =>
      transition === 'close' ||
      (to === 'dispatched' && (transition === 'dispatch' || transition === 'raise')),
  )?.at ?? new Date(0);

/** Working minutes spent in `handling`: pauses, the commission's check and the time before signing are not the department's. */
function inHand(history: readonly HistoryEntry[], since: Date, time: TimeRules['time']): number {
  return history.reduce((sum, { to, at }, i) => {
    const next = history[i + 1];
    if (to !== 'handling' || at < since || !next) return sum;
    return sum + time.between(at, next.at);
  }, 0);
}

function answersOf(survey: Survey | null): Answers | null {
  if (!survey || survey.contacted === null || survey.solved === null || survey.satisfied === null)
    return null;
  return { contacted: survey.contacted, solved: survey.solved, satisfied: survey.satisfied };
}

/** Somebody granted tolerance: no rate of the department counts the case, however often it is struck off. */
export const isTolerated = ({ history }: Pick<CaseRecord, 'history'>): boolean =>
  history.some(({ transition }) => transition === 'grant-tolerance');

function exclusionOf(c: CaseRecord): Exclusion | null {
  if (c.track === 'integrity') return 'sealed';
  for (const { to } of c.history) if (to === 'withdrawn' || to === 'merged') return to;
  return isTolerated(c) ? 'tolerance' : null;
}
