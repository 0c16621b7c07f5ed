/** Starting, stopping and reading the clocks of a case (rules §3). */
import type { CaseRecord, Clock } from './case.js';
import type { ClockName } from './clock-names.js';
import type { Limit, Rules, Span } from './clock-limits.js';
import type { Tier } from './taxonomy.js';
import type { WorkingTime } from './working-time/index.js';

/** What every rule about time needs: the numbers and the calendar. */
export interface TimeRules {
  readonly rules: Rules;
  readonly time: WorkingTime;
  /** Which calendar the time counts by; dates computed by it are stored with this number. */
  readonly calendarRevision: number;
}

/** The instant a span after another one; before it where the span is negative, as what an overdue clock has left is. */
export const after = (from: Date, span: Span, time: WorkingTime): Date => {
  if (span.working === undefined) return new Date(from.getTime() + span.natural * 60_000);
  return span.working < 0 ? time.subtract(from, -span.working) : time.add(from, span.working);
};

/** The instant a span before another one. */
export const before = (until: Date, span: Span, time: WorkingTime): Date =>
  span.working === undefined
    ? new Date(until.getTime() - span.natural * 60_000)
    : time.subtract(until, span.working);

/** A share of a span, 0…1, in the same kind of minutes. */
export const shareOf = (span: Span, share: number): Span =>
  span.working === undefined ? { natural: span.natural * share } : { working: span.working * share };

/** The limit of a clock for a case's tier and urgency. */
export function limitOf(
  name: ClockName,
  c: { readonly tier: Tier; readonly urgent: boolean },
  rules: Rules,
): Span {
  if (name === 'resolve') return c.urgent ? rules.clocks.resolve.urgent : rules.clocks.resolve.limit[c.tier];
  const limits: Record<Exclude<ClockName, 'resolve'>, Limit> = {
    dispatch: rules.clocks.dispatch,
    sign: rules.clocks.sign,
    contact: rules.clocks.contact,
    redo: rules.clocks.redo,
    check: rules.clocks.check,
    'sealed-answer': rules.clocks.sealed.firstAnswer,
    'sealed-decision': rules.clocks.sealed.decision,
    survey: rules.clocks.survey,
    'look-back': bothWays(rules.clocks.lookBack.looks.at(-1) ?? { natural: 0 }),
    'list-report': rules.clocks.report,
    'charge-report': rules.clocks.report,
    receipt: rules.clocks.receipt,
  };
  return c.urgent ? limits[name].urgent : limits[name].limit;
}

const bothWays = (span: Span): Limit => ({ limit: span, urgent: span });

/** A fresh clock beside those that ran before; its generation goes on counting. */
export function startClock(
  c: CaseRecord,
  name: ClockName,
  now: Date,
  { rules, time }: TimeRules,
): readonly Clock[] {
  const limit = limitOf(name, c, rules);
  const generation = c.clocks.filter((clock) => clock.name === name).length + 1;
  const dueAt = after(now, limit, time);
  const clock = {
    name,
    generation,
    startedAt: now,
    dueAt,
    provisional: time.isProvisional(now, dueAt),
    limit,
    stoppedAt: null,
    remaining: null,
    stepsDone: [],
  };
  return [...stopClocks(c.clocks, [name], now), clock];
}

export const stopClocks = (
  clocks: readonly Clock[],
  names: readonly ClockName[],
  now: Date,
): readonly Clock[] =>
  clocks.map((clock) =>
    names.includes(clock.name) && (clock.stoppedAt === null || clock.remaining)
      ? { ...clock, stoppedAt: clock.stoppedAt ?? now, remaining: null }
      : clock,
  );

/** The date promised at filing: dispatch + sign + the proposed tier's limit, at the latest (rules §3). */
export function promisedDate(
  c: { readonly tier: Tier; readonly urgent: boolean },
  from: Date,
  { rules, time }: TimeRules,
): Date {
  return (['dispatch', 'sign', 'resolve'] as const).reduce(
    (at, name) => after(at, limitOf(name, c, rules), time),
    from,
  );
}
