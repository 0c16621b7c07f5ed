import type { Span } from '../domain/clock-limits.js';
import { nextSlot } from '../domain/morning.js';
import type { ActionDeps } from './deps.js';
import { sendDigests } from './send-digests.js';
import { watchHandlers } from './watch-handlers.js';

export const scheduleNames = ['watch', 'digest'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

interface Round {
  readonly beforeOpening: (deps: ActionDeps) => Span;
  /** Takes the instant it was due; safe to repeat, since the row moves on only afterwards. */
  readonly run: (deps: ActionDeps, slotAt: Date) => Promise<void>;
}

const rounds: Readonly<Record<ScheduleName, Round>> = {
  watch: {
    beforeOpening: ({ rules }) => rules.current().rules.morning.watch.beforeOpening,
    run: watchHandlers,
  },
  digest: {
    beforeOpening: ({ rules }) => rules.current().rules.morning.digest.beforeOpening,
    run: sendDigests,
  },
};

const only = 'all';

/** Makes the rows that do not exist yet; called once at start. */
export const startSchedules =
  (deps: ActionDeps) =>
  async (names: readonly ScheduleName[]): Promise<void> => {
    for (const name of names) {
      const dueAt = nextSlot(deps.clock.now(), rounds[name].beforeOpening(deps), deps.rules.current());
      await deps.store.schedules.ensure({ name, key: only, dueAt });
    }
  };

/**
 * Does what came round: once, however many rounds an outage has swallowed, for the latest of them. Gives how many rows
 * it moved on. Replicas may do the same round at once: what they send is keyed by round and person.
 */
export const runSchedules = (deps: ActionDeps) => async (): Promise<number> => {
  const now = deps.clock.now();
  let moved = 0;
  for (const row of await deps.store.schedules.due(now)) {
    const round = rounds[row.name as ScheduleName] as Round | undefined;
    if (!round) continue;
    const span = round.beforeOpening(deps);
    let slotAt = row.dueAt;
    let next = nextSlot(slotAt, span, deps.rules.current());
    while (next <= now) {
      slotAt = next;
      next = nextSlot(slotAt, span, deps.rules.current());
    }
    await round.run(deps, slotAt);
    if (await deps.store.schedules.moveOn(row, next)) moved++;
  }
  return moved;
};
