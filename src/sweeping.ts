import type { Metrics } from './metrics.js';

/** The sweeps of this process: each is measured, and that they come to their end. */
export interface Sweeping {
  /** Sweeps once, then tells the administrators what was set aside. */
  readonly sweep: () => Promise<void>;
  /** From now on sweeps are to be expected. */
  readonly begin: () => void;
  /** Since a sweep last came to its end; null where none is expected. */
  readonly silentMs: () => number | null;
}

interface SweepActions {
  readonly sweep: () => Promise<{ readonly lateMs: readonly number[]; readonly failed: number }>;
  readonly alarmAdmins: () => Promise<void>;
}

export function createSweeping(
  { sweep, alarmAdmins }: SweepActions,
  { countSweep }: Pick<Metrics, 'countSweep'>,
): Sweeping {
  let sweptAt: number | undefined;
  return {
    async sweep() {
      const startedAt = performance.now();
      const { lateMs, failed } = await sweep();
      sweptAt = performance.now();
      countSweep({ durationMs: sweptAt - startedAt, lateMs, failed });
      await alarmAdmins();
    },
    begin: () => void (sweptAt = performance.now()),
    silentMs: () => (sweptAt === undefined ? null : performance.now() - sweptAt),
  };
}
