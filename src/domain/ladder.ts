/** When a clock reminds and escalates, and whom (rules §4). Instants come from the due date, so a moved date moves them. */
import type { Audience, CaseRecord, Clock } from './case.js';
import type { ClockName } from './clock-names.js';
import type { Span } from './clock-limits.js';
import { after, before, shareOf, type TimeRules } from './clocks.js';
import type { By } from './transitions/row.js';

export interface LadderStep {
  readonly step: string;
  readonly at: Date;
  readonly to: readonly Audience[];
}

type Ladder =
  | 'work'
  | 'first-steps'
  | 'commission'
  | 'sealed'
  | 'survey'
  | 'look-back'
  | 'report'
  | 'receipt';

const ladderOf: Record<ClockName, Ladder> = {
  resolve: 'work',
  redo: 'work',
  sign: 'first-steps',
  contact: 'first-steps',
  dispatch: 'commission',
  check: 'commission',
  'sealed-answer': 'sealed',
  'sealed-decision': 'sealed',
  survey: 'survey',
  'look-back': 'look-back',
  'list-report': 'report',
  'charge-report': 'report',
  receipt: 'receipt',
};

/** Every step of one clock, earliest first. */
export function ladderSteps(c: CaseRecord, clock: Clock, rules: TimeRules): readonly LadderStep[] {
  switch (ladderOf[clock.name]) {
    case 'work':
      return workSteps(c, clock, rules);
    case 'first-steps': {
      const team: Audience = clock.name === 'sign' ? 'officers' : 'handler';
      return warnAndRaise(c, clock, rules, { R3: [team], E1: ['head'], E2: ['supervisor'] });
    }
    case 'commission':
      return warnAndRaise(c, clock, rules, { R3: ['duty'], E1: ['supervisor'], E2: ['leader'] });
    case 'sealed':
      return warnAndRaise(c, clock, rules, { R3: ['duty'], E1: ['supervisor', 'leader'], E2: [] });
    case 'survey':
      return surveySteps(clock, rules);
    case 'look-back':
      return rules.rules.clocks.lookBack.looks.map((span, i) => ({
        step: `L${i + 1}`,
        at: rules.time.nextOpening(after(clock.startedAt, span, rules.time)),
        to: ['duty'],
      }));
    case 'report':
      return [
        { step: 'R3', at: warningAt(clock, rules), to: ['handler', 'head'] },
        // Nothing moved: the report is due and nobody wrote it.
        { step: 'E1', at: clock.dueAt, to: ['supervisor', 'leader'] },
      ];
    case 'receipt':
      return receiptSteps(clock, rules);
  }
}

function overdue(c: CaseRecord, clock: Clock, { rules, time }: TimeRules, step: 'E1' | 'E2' | 'E3'): Date {
  const limit = rules.ladder[step].after;
  return after(clock.dueAt, c.urgent ? limit.urgent : limit.limit, time);
}

function warningAt(clock: Clock, { rules, time }: TimeRules): Date {
  const byTime = before(clock.dueAt, inKindOf(clock, rules.ladder.R3.before), time);
  const byShare = before(clock.dueAt, shareOf(clock.limit, rules.ladder.R3.orShareBefore), time);
  return byTime > byShare ? byTime : byShare;
}

/** An urgent clock runs in natural time, and so do the hours before its end; working hours would end the afternoon before. */
const inKindOf = ({ limit }: Clock, span: Span): Span =>
  limit.natural === undefined ? span : { natural: span.working ?? span.natural };

function workSteps(c: CaseRecord, clock: Clock, timeRules: TimeRules): readonly LadderStep[] {
  const { rules, time } = timeRules;
  const { R1, R2, E1, E2, E2b, E4 } = rules.ladder;
  const used = (share: number): Date => before(clock.dueAt, shareOf(clock.limit, 1 - share), time);
  const lastDay = before(clock.dueAt, R2.orLeft, time);
  const letterAt = overdue(c, clock, timeRules, 'E2');
  const secondLetterAt = after(letterAt, E2b.afterE2, time);
  const alertAt = overdue(c, clock, timeRules, 'E1');
  const explained = explainedSince(c, letterAt);
  const gravestAt = after(clock.dueAt, c.urgent ? E4.after.urgent : E4.after.limit, time);
  const ignoredAt = after(secondLetterAt, E2.explainWithin, time);
  const alert: LadderStep = { step: 'E1', at: alertAt, to: ['head', 'duty'] };
  const underPressure = c.pressure > 0 ? oneLevelUp : (step: LadderStep): LadderStep => step;
  const steps: readonly LadderStep[] = [
    { step: 'R1', at: used(R1.usedShare), to: ['handler'] },
    { step: 'R2', at: lastDay > used(R2.usedShare) ? lastDay : used(R2.usedShare), to: ['handler', 'head'] },
    { step: 'R3', at: warningAt(clock, timeRules), to: ['handler', 'head'] },
    alert,
    ...(isAcknowledged(c, underPressure(alert))
      ? []
      : [{ step: 'E1b', at: after(alertAt, E1.acknowledgeWithin, time), to: ['supervisor'] as const }]),
    { step: 'E2', at: letterAt, to: ['supervisor', 'head'] },
    ...(explained ? [] : [{ step: 'E2b', at: secondLetterAt, to: ['supervisor', 'head'] as const }]),
    { step: 'E3', at: overdue(c, clock, timeRules, 'E3'), to: ['leader'] },
    // The last step: +5 wd, or the second letter ignored, whichever comes first (rules §4, E4).
    { step: 'E4', at: explained || gravestAt < ignoredAt ? gravestAt : ignoredAt, to: ['leader'] },
  ];
  return steps.map(underPressure);
}

const nextUp: Readonly<Partial<Record<Audience, Audience>>> = {
  handler: 'head',
  head: 'supervisor',
  supervisor: 'leader',
};

/** Under pressure everybody's superior hears it, too (rules §2: reopened "one level up", §4). */
const oneLevelUp = (step: LadderStep): LadderStep => ({
  ...step,
  to: [...new Set(step.to.flatMap((audience) => [audience, nextUp[audience] ?? audience]))],
});

/** One of those an alert went to has said since that he has seen it (rules §4, E1); anybody else's word does not count. */
const isAcknowledged = (c: CaseRecord, { at, to }: LadderStep): boolean =>
  c.history.some(
    (entry) =>
      entry.transition === 'acknowledge' &&
      entry.at >= at &&
      to.some((audience) => audience === entry.relation),
  );

/** When the latest alert (E1 or later) of a running clock was due to go to somebody of this relation; null when none has. */
export function alertedAt(c: CaseRecord, relation: By, rules: TimeRules): Date | null {
  const alerts = c.clocks
    .filter((clock) => clock.stoppedAt === null)
    .flatMap((clock) =>
      ladderSteps(c, clock, rules).filter(
        ({ step, to }) =>
          /^E\d/.test(step) && clock.stepsDone.includes(step) && to.some((audience) => audience === relation),
      ),
    );
  return alerts.reduce<Date | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
}

const explainedSince = (c: CaseRecord, letterAt: Date): boolean =>
  c.explainedAt !== null && c.explainedAt >= letterAt;

function warnAndRaise(
  c: CaseRecord,
  clock: Clock,
  timeRules: TimeRules,
  to: Readonly<Record<'R3' | 'E1' | 'E2', readonly Audience[]>>,
): readonly LadderStep[] {
  const steps: readonly LadderStep[] = [
    { step: 'R3', at: warningAt(clock, timeRules), to: to.R3 },
    { step: 'E1', at: overdue(c, clock, timeRules, 'E1'), to: to.E1 },
    { step: 'E2', at: overdue(c, clock, timeRules, 'E2'), to: to.E2 },
  ];
  return steps.filter((step) => step.to.length > 0);
}

/** The receipt of a transfer is asked for until it is entered (rules §2, transfer): always one step more than were told. */
function receiptSteps(clock: Clock, { time }: TimeRules): readonly LadderStep[] {
  const asked = clock.stepsDone.filter((step) => step.startsWith('E1')).length;
  const again = Array.from({ length: asked + 1 }).reduce<Date>(
    (at) => after(at, clock.limit, time),
    clock.dueAt,
  );
  return [
    { step: 'R3', at: clock.dueAt, to: ['supervisor'] },
    { step: `E1.${asked + 1}`, at: again, to: ['supervisor', 'leader'] },
  ];
}

/** A natural-time notice that is not urgent waits for working time (rules, "Working time"). */
function surveySteps(clock: Clock, { rules, time }: TimeRules): readonly LadderStep[] {
  return rules.clocks.survey.nudges.map((span, i) => ({
    step: `N${i + 1}`,
    at: time.nextOpening(after(clock.startedAt, span, time)),
    to: ['reporter'],
  }));
}
