import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly countCall: (call: {
    readonly method: string;
    readonly outcome: string;
    readonly durationMs: number;
  }) => void;
  readonly countUpdate: () => void;
}

/** Counters of the program in Prometheus form; no label ever names a person. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Histogram({
    name: 'telegram_call_seconds',
    help: 'Calls to the Bot API by method and outcome',
    labelNames: ['method', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 15],
    registers: [registry],
  });
  const updates = new Counter({
    name: 'updates_handled_total',
    help: 'Updates that were handled',
    registers: [registry],
  });
  return {
    registry,
    countCall: ({ method, outcome, durationMs }) => calls.observe({ method, outcome }, durationMs / 1_000),
    countUpdate: () => updates.inc(),
  };
}
