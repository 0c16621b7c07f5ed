import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The longest time the event loop was blocked within the last ten to twenty seconds. */
export interface LoopLag {
  readonly start: () => void;
  readonly worstMs: () => number;
  readonly stop: () => void;
}

const windowMs = 10_000;

export function createLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  let before = 0;
  let timer: NodeJS.Timeout | undefined;
  const worst = (): number => histogram.max / 1e6;
  return {
    start() {
      histogram.enable();
      timer ??= setInterval(() => {
        before = worst();
        histogram.reset();
      }, windowMs).unref();
    },
    worstMs: () => Math.max(before, worst()),
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
