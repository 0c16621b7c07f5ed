import type { Span } from '../domain/clock-limits.js';
import type { TimeRules } from '../domain/clocks.js';
import { nextSlot } from '../domain/morning.js';
import { anchorAudit, tellAuditHead } from './anchor-audit.js';
import type { ActionDeps } from './deps.js';
import { keepRetention } from './keep-retention.js';
import { sendDigests } from './send-digests.js';
import { watchHandlers } from './watch-handlers.js';

export const scheduleNames = ['watch', 'digest', 'anchor', 'audit-head', 'retention'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** Nobody waits for these: moved time does not stop at every hour for them. */
export const roundsOnTheSide: readonly ScheduleName[] = ['anchor'];

interface Round {
  /** The first time after an instant at which it comes round. */
  readonly next: (after: Date, rules: TimeRules) => Date;
  /** Takes the instant it was due; safe to repeat, since the row moves on only afterwards. */
  readonly run: (deps: ActionDeps, slotAt: Date) => Promise<void>;
}

/** Each working day, a span before it opens. */
const everyMorning =
  (beforeOpening: (rules: TimeRules) => Span) =>
  (after: Date, rules: TimeRules): Date =>
    nextSlot(after, beforeOpening(rules), rules);

const hourMs = 3_600_000;
const everyHour = (after: Date): Date => new Date((Math.floor(after.getTime() / hourMs) + 1) * hourMs);

/** Before anybody works: 06:00 where the day opens at 09:00. */
const retentionBeforeOpening: Span = { natural: 180 };

const rounds: Readonly<Record<ScheduleName, Round>> = {
  watch: { next: everyMorning(({ rules }) => rules.morning.watch.beforeOpening), run: watchHandlers },
  digest: { next: everyMorning(({ rules }) => rules.morning.digest.beforeOpening), run: sendDigests },
  anchor: { next: everyHour, run: anchorAudit },
  'audit-head': {
    next: everyMorning(({ rules }) => rules.morning.digest.beforeOpening),
    run: tellAuditHead,
  },
  retention: { next: everyMorning(() => retentionBeforeOpening), run: keepRetention },
};

const only = 'all';

/** Makes the rows that do not exist yet; called once at start. */
export const startSchedules =
  (deps: ActionDeps) =>
  async (names: readonly ScheduleName[]): Promise<void> => {
    for (const name of names) {
      const dueAt = rounds[name].next(deps.clock.now(), deps.rules.current());
      await deps.store.schedules.ensure({ name, key: only, dueAt });
    }
  };

/**
 * Aims the rows anew after hours or holidays were changed: a morning that has become a day off is left out, a day that has
 * become a workday gets its own. What is due already is left to the round.
 */
export const aimSchedules = (deps: ActionDeps) => async (): Promise<void> => {
  const now = deps.clock.now();
  for (const name of scheduleNames) {
    const row = await deps.store.schedules.byName(name, only);
    const dueAt = rounds[name].next(now, deps.rules.current());
    if (row && row.dueAt > now && row.dueAt.getTime() !== dueAt.getTime())
      await deps.store.schedules.moveOn(row, dueAt);
  }
};

interface DueRound {
  readonly name: string;
  /** Gives whether the row was moved on by this run; a round that fails leaves it due. */
  readonly run: () => Promise<boolean>;
}

/**
 * What came round: once, however many rounds an outage has swallowed, for the latest of them. Replicas may do the same round
 * at once: what they send is keyed by round and person.
 */
export const dueRounds = (deps: ActionDeps) => async (): Promise<readonly DueRound[]> => {
  const now = deps.clock.now();
  return (await deps.store.schedules.due(now)).flatMap((row) => {
    const round = rounds[row.name as ScheduleName] as Round | undefined;
    if (!round) return [];
    const run = async (): Promise<boolean> => {
      let slotAt = row.dueAt;
      let next = round.next(slotAt, deps.rules.current());
      while (next <= now) {
        slotAt = next;
        next = round.next(slotAt, deps.rules.current());
      }
      await round.run(deps, slotAt);
      return await deps.store.schedules.moveOn(row, next);
    };
    return [{ name: row.name, run }];
  });
};
