/** Business time: real time plus an offset that only `/dev/clock` moves (rules §7). Leases and budgets use real time. */
export interface Clock {
  /** The business time now. */
  readonly now: () => Date;
  /** Reads the offset again; called before work that depends on the time, where time can be moved. */
  readonly refresh: () => Promise<void>;
}

/** Takes where the offset is kept, or nothing where time cannot be moved. */
export function createClock(offset?: { readonly offsetMs: () => Promise<number> }): Clock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    refresh: async () => {
      if (offset) ahead = await offset.offsetMs();
    },
  };
}
