/**
 * Business time: the store's own time plus an offset that only `/dev/clock` moves (rules §7). The wall clock of this
 * machine plays no part, so that replicas agree and a clock that is set does not make anything early (faults 18).
 */
export interface Clock {
  /** The business time now. */
  readonly now: () => Date;
  /** Asks the store for its time, where that was long ago, and for the offset; called before work that depends on the time. */
  readonly refresh: () => Promise<void>;
}

export interface TimeSource {
  readonly storeTime: () => Promise<Date>;
  /** Where time can be moved. */
  readonly offsetMs?: () => Promise<number>;
}

const askAgainMs = 5_000;

/** Takes where time comes from. Until the first refresh it is the wall clock's. */
export function createClock({ storeTime, offsetMs }: TimeSource): Clock {
  let ahead = 0;
  let known = { at: Date.now(), monotonic: performance.now() };
  let askedAt = Number.NEGATIVE_INFINITY;

  const ask = async (): Promise<void> => {
    const at = (await storeTime()).getTime();
    // What the answer took on its way makes this a little late, never early.
    known = { at, monotonic: performance.now() };
    askedAt = known.monotonic;
  };
  return {
    now: () => new Date(known.at + (performance.now() - known.monotonic) + ahead),
    refresh: async () => {
      if (performance.now() - askedAt > askAgainMs) await ask();
      if (offsetMs) ahead = await offsetMs();
    },
  };
}
