/** Clocks that pause, run on and are moved: each new due date is a new generation (rules §2 wait, §4). Pure. */
import type { CaseRecord, Clock } from './case.js';
import type { Span } from './clock-limits.js';
import type { ClockName } from './clock-names.js';
import { after, limitOf, type TimeRules } from './clocks.js';
import { ladderSteps } from './ladder.js';

/** Stops running clocks and keeps what each had left; one that is overdue is overdue by as much when it runs on. */
export const pauseClocks = (
  clocks: readonly Clock[],
  names: readonly ClockName[],
  now: Date,
  { time }: TimeRules,
): readonly Clock[] =>
  clocks.map((clock) => {
    if (clock.stoppedAt !== null || !names.includes(clock.name)) return clock;
    return { ...clock, stoppedAt: now, remaining: leftOf(clock, now, time) };
  });

function leftOf({ dueAt, limit }: Clock, now: Date, time: TimeRules['time']): Span {
  return limit.working === undefined
    ? { natural: (dueAt.getTime() - now.getTime()) / 60_000 }
    : { working: time.between(now, dueAt) };
}

/** Lets paused clocks run on with what they had left. */
export const resumeClocks = (
  c: CaseRecord,
  names: readonly ClockName[],
  now: Date,
  rules: TimeRules,
): readonly Clock[] =>
  c.clocks.flatMap((clock) => {
    const { remaining } = clock;
    if (!remaining || !names.includes(clock.name)) return [clock];
    return [
      { ...clock, remaining: null },
      nextGeneration(c, clock, { from: now, span: remaining }, now, rules),
    ];
  });

/** Moves the due date of a running clock later by a span; the limit stays what it was. */
export const extendClocks = (
  c: CaseRecord,
  names: readonly ClockName[],
  by: Span,
  now: Date,
  rules: TimeRules,
): readonly Clock[] =>
  c.clocks.flatMap((clock) => {
    if (clock.stoppedAt !== null || !names.includes(clock.name)) return [clock];
    return [
      { ...clock, stoppedAt: now },
      nextGeneration(c, clock, countedLater(clock, by, rules), now, rules),
    ];
  });

/** Gives running clocks the limit that the case has by its tier now, from the same start; never an earlier date. */
export const relimitClocks = (
  c: CaseRecord,
  names: readonly ClockName[],
  now: Date,
  rules: TimeRules,
): readonly Clock[] =>
  c.clocks.flatMap((clock) => {
    const limit = limitOf(clock.name, c, rules.rules);
    const by = longerBy(clock.limit, limit);
    if (clock.stoppedAt !== null || !names.includes(clock.name) || by === null) return [clock];
    const counted = countedLater(clock, by, rules);
    return [{ ...clock, stoppedAt: now }, nextGeneration(c, { ...clock, limit }, counted, now, rules)];
  });

/** By how much a limit is longer than another one; null where it is not, or where they cannot be compared. */
function longerBy(limit: Span, longer: Span): Span | null {
  if (limit.working !== undefined && longer.working !== undefined)
    return longer.working > limit.working ? { working: longer.working - limit.working } : null;
  if (limit.natural !== undefined && longer.natural !== undefined)
    return longer.natural > limit.natural ? { natural: longer.natural - limit.natural } : null;
  return null;
}

function countedLater(clock: Clock, by: Span, { time }: TimeRules): NonNullable<Clock['counted']> {
  const { from, span } = clock.counted ?? { from: clock.startedAt, span: clock.limit };
  // A version that did not note from where a moved date was counted leaves the date itself to count from.
  const noted = after(from, span, time).getTime() === clock.dueAt.getTime();
  return noted ? { from, span: sum(span, by) } : { from: clock.dueAt, span: by };
}

/** An extension is in the kind of minutes of the clock it extends. */
const sum = (a: Span, b: Span): Span =>
  a.working === undefined
    ? { natural: a.natural + (b.natural ?? 0) }
    : { working: a.working + (b.working ?? 0) };

/** Steps that would already lie behind the new due date's clock are history and are not told again. */
function nextGeneration(
  c: CaseRecord,
  clock: Clock,
  counted: NonNullable<Clock['counted']>,
  now: Date,
  rules: TimeRules,
): Clock {
  const generation = c.clocks.filter((one) => one.name === clock.name).length + 1;
  const dueAt = after(counted.from, counted.span, rules.time);
  const moved = { ...clock, generation, dueAt, counted, stoppedAt: null, remaining: null, stepsDone: [] };
  const next = provisionalClock(moved, rules);
  const past = ladderSteps(c, next, rules)
    .filter(({ at }) => at <= now)
    .map(({ step }) => step);
  return { ...next, stepsDone: past, carried: past };
}

/** Marks whether a due date depends on a year that is not announced yet. */
export const provisionalClock = (clock: Clock, { time }: TimeRules): Clock => ({
  ...clock,
  provisional: time.isProvisional(clock.startedAt, clock.dueAt),
});
