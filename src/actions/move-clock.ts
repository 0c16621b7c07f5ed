import type { ActionDeps } from './deps.js';
import { roundsOnTheSide } from './run-schedules.js';
import { sweep } from './sweep.js';

/** How business time is to be moved (rules §7). */
export type ClockMove =
  /** Forward, stopping at every wake on the way. */
  | { readonly kind: 'advance'; readonly ms: number }
  /** Forward by working time: whole working days, then working minutes. */
  | { readonly kind: 'advanceWorking'; readonly days: number; readonly minutes: number }
  /** An outage: nothing happens on the way. */
  | { readonly kind: 'jump'; readonly ms: number };

const maxStops = 20_000;

/**
 * Moves business time forward: `advance` stops at every wake-up on the way as if the time had passed, `jump` is an
 * outage (rules §7). Gives the new business time once what fell due has been handed to delivery. Refuses to go back.
 */
export const moveClock =
  (deps: ActionDeps) =>
  async (move: ClockMove): Promise<Date> => {
    await deps.clock.refresh();
    const target = targetOf(deps, move);
    if (move.kind !== 'jump') await stopOnTheWay(deps, target);
    await setNow(deps, target);
    await settle(deps);
    return deps.clock.now();
  };

function targetOf({ clock, rules }: ActionDeps, move: ClockMove): Date {
  if (move.kind !== 'advanceWorking') return new Date(clock.now().getTime() + move.ms);
  const { time } = rules.current();
  return time.add(clock.now(), move.days * time.minutesPerDay + move.minutes);
}

async function setNow({ store, clock }: ActionDeps, at: Date): Promise<void> {
  // Asking the store for its time again can make this process a little later than it thought.
  while (clock.now() < at) {
    const before = await store.businessTime.offsetMs();
    await store.businessTime.setOffsetMs(before + at.getTime() - clock.now().getTime());
    await clock.refresh();
  }
}

async function stopOnTheWay(deps: ActionDeps, target: Date): Promise<void> {
  await settle(deps);
  for (let stop = 0; stop < maxStops; stop++) {
    const next = await nextStop(deps, target);
    if (!next) return;
    await setNow(deps, next);
    await settle(deps);
  }
}

async function nextStop({ store, clock }: ActionDeps, target: Date): Promise<Date | null> {
  const now = clock.now();
  const [wake, round] = await Promise.all([
    store.cases.nextWakeUpTo(now, target),
    store.schedules.nextDueUpTo(now, target, roundsOnTheSide),
  ]);
  if (!wake || !round) return wake ?? round;
  return wake < round ? wake : round;
}

/** Sweeps until nothing is due any more. */
async function settle(deps: ActionDeps): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const { woken, relayed } = await sweep(deps)({ patient: false });
    if (woken === 0 && relayed === 0) return;
  }
}
