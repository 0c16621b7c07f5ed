import type { Log } from './log.js';

/** Work nobody waits for, which is still waited for at the end of the program. */
export interface Background {
  readonly track: (work: Promise<void>) => void;
  /** Resolves when nothing is under way any more. */
  readonly idle: () => Promise<void>;
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    track(work) {
      const caught = work
        .catch((error: unknown) =>
          log.error('work in the background failed; the sweep will find what it left', { error }),
        )
        .finally(() => running.delete(caught));
      running.add(caught);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
