import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Vitals } from './vitals.js';

export interface Metrics {
  readonly registry: Registry;
  readonly countCall: (call: {
    readonly method: string;
    readonly outcome: string;
    readonly durationMs: number;
  }) => void;
  readonly countUpdates: (what: UpdateCount, count?: number) => void;
  /** A sweep that took so long, by how much the steps it found were late, and how many of its parts could not be done. */
  readonly countSweep: (sweep: SweepCount) => void;
}

interface SweepCount {
  readonly durationMs: number;
  readonly lateMs: readonly number[];
  readonly failed: number;
}

type UpdateCount = 'received' | 'handled' | 'failed' | 'dead';

/** Counters and gauges of the program in Prometheus form; no label ever names a person, a case or an id. */
export function createMetrics(look: () => Promise<Vitals>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Histogram({
    name: 'telegram_call_seconds',
    help: 'Calls to the Bot API by method and outcome',
    labelNames: ['method', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 15],
    registers,
  });
  const counter = (what: UpdateCount, help: string): Counter =>
    new Counter({ name: `updates_${what}_total`, help, registers });
  const updates: Readonly<Record<UpdateCount, Counter>> = {
    received: counter('received', 'Updates that came in, repeated ones included'),
    handled: counter('handled', 'Updates that were handled'),
    failed: counter('failed', 'Attempts to handle an update that failed'),
    dead: counter('dead', 'Updates that were set aside'),
  };
  const sweeps = new Histogram({
    name: 'sweep_seconds',
    help: 'How long a sweep took',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const lateness = new Histogram({
    name: 'due_step_late_seconds',
    help: 'How late a case was woken for a step that was due',
    buckets: [1, 5, 10, 30, 90, 300, 3_600],
    registers,
  });
  const undone = new Counter({
    name: 'sweep_parts_failed_total',
    help: 'Parts of sweeps that could not be done: a round, a case, the audit',
    registers,
  });
  addGauges(registry, look);
  return {
    registry,
    countCall: ({ method, outcome, durationMs }) => calls.observe({ method, outcome }, durationMs / 1_000),
    countUpdates: (what, count = 1) => updates[what].inc(count),
    countSweep: ({ durationMs, lateMs, failed }) => {
      undone.inc(failed);
      sweeps.observe(durationMs / 1_000);
      for (const ms of lateMs) lateness.observe(ms / 1_000);
    },
  };
}

type Labels = Readonly<Record<string, string>>;
type Reading = readonly [value: number | null | undefined, labels?: Labels];

/** Each gauge reads from one look at the program; what cannot be seen now is left out. */
function addGauges(registry: Registry, look: () => Promise<Vitals>): void {
  const gauge = (name: string, help: string, read: (seen: Vitals) => readonly Reading[], label?: string[]) =>
    new Gauge({
      name,
      help,
      labelNames: label ?? [],
      registers: [registry],
      async collect() {
        const seen = await look();
        this.reset();
        // Without labels a gauge that is reset reads zero, which would be a lie about what was not seen.
        if (label === undefined) this.remove();
        for (const [value, labels = {}] of read(seen)) if (typeof value === 'number') this.set(labels, value);
      },
    });
  const one = (value: number | null | undefined): readonly Reading[] => [[value]];
  const seconds = (ms: number | null | undefined): readonly Reading[] =>
    one(ms === null || ms === undefined ? null : ms / 1_000);

  const counts = (states: Readonly<Record<string, number>>, labels: Labels = {}): readonly Reading[] =>
    Object.entries(states).map(([state, count]) => [count, { ...labels, state }]);

  gauge('store_up', 'The document store answers', (seen) => one(seen.storeMs === null ? 0 : 1));
  gauge('redis_up', 'Redis answers', (seen) => one(seen.redisMs === null ? 0 : 1));
  gauge('telegram_authorized', 'Telegram accepts the token', (seen) => one(seen.authorized ? 1 : 0));
  gauge(
    'updates_way_in',
    'How updates come in, as a label',
    ({ updates }) => (updates ? [[1, { state: updates.state }]] : []),
    ['state'],
  );
  gauge(
    'poller_silent_seconds',
    'Since Telegram last answered this poller, or the keeper of a webhook that does not reach it',
    ({ updates }) => seconds(updates?.silentMs),
  );
  gauge('lanes_busy', 'Lanes in hand', ({ updates }) => one(updates?.lanesBusy));
  gauge('inbox_waiting', 'Updates that wait', ({ inbox }) => one(inbox?.waiting));
  gauge('inbox_oldest_seconds', 'Age of the oldest update that waits', ({ inbox }) =>
    seconds(inbox?.oldestMs),
  );
  gauge('inbox_dead_letters', 'Updates set aside', ({ inbox }) => one(inbox?.dead));
  gauge(
    'deliveries',
    'Deliveries by state; what is settled is an estimate',
    ({ deliveries }) => {
      if (!deliveries) return [];
      const { pending, held, dead, settled } = deliveries;
      return counts({ pending, held, dead, settled });
    },
    ['state'],
  );
  gauge(
    'deliveries_ambiguous',
    'Deliveries, and parts of answers, with an attempt that may have arrived',
    ({ deliveries }) => one(deliveries?.ambiguous),
  );
  gauge('deliveries_oldest_due_seconds', 'Since when the oldest delivery is due', ({ deliveries }) =>
    seconds(deliveries?.oldestDueMs),
  );
  gauge('sweep_silent_seconds', 'Since a sweep of this process last came to its end', (seen) =>
    seconds(seen.sweepSilentMs),
  );
  gauge(
    'queue_jobs',
    'Jobs by queue and state',
    ({ queues }) => Object.entries(queues ?? {}).flatMap(([queue, states]) => counts(states, { queue })),
    ['queue', 'state'],
  );
}
