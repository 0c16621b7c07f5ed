/** What goes wrong in a run, and when: drawn from the seed, struck when the run has come that far. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunOptions } from './options.js';
import { createChance } from './random.js';
import type { Replicas } from './replicas.js';
import type { World } from './world.js';

/** One blow: after this share of the run, and a moment later so that it falls between anything. */
interface Blow {
  readonly after: number;
  readonly momentMs: number;
  readonly what: 'replica' | 'redis';
  readonly victim: number;
  readonly awayMs: number;
  readonly empty: boolean;
}

export interface Havoc {
  /** Tells how far the run has come, from 0 to 1; strikes what falls due. */
  readonly reached: (share: number) => void;
  /** Strikes what is left and waits for all of it. */
  readonly finish: () => Promise<void>;
  readonly struck: { replicas: number; redis: number; redisEmpty: number };
}

export function planBlows(options: RunOptions): readonly Blow[] {
  const chance = createChance(options.seed);
  const blow = (what: Blow['what'], i: number, of: number): Blow => ({
    what,
    after: (i + chance.share()) / of,
    momentMs: chance.below(300),
    victim: chance.below(options.replicas),
    awayMs: options.redisAwayS === undefined ? chance.below(1_500) : options.redisAwayS * 1_000,
    empty: what === 'redis' && i % 3 === 2,
  });
  return [
    ...Array.from({ length: options.kills }, (_, i) => blow('replica', i, options.kills)),
    ...Array.from({ length: options.redisKills }, (_, i) => blow('redis', i, options.redisKills)),
  ].toSorted((a, b) => a.after - b.after);
}

export function createHavoc(options: RunOptions, world: World, replicas: Replicas): Havoc {
  const blows = [...planBlows(options)];
  const struck = { replicas: 0, redis: 0, redisEmpty: 0 };
  let striking: Promise<void> = Promise.resolve();

  const strike = async ({ what, momentMs, victim, awayMs, empty }: Blow): Promise<void> => {
    await pause(momentMs);
    if (what === 'replica') {
      await replicas.kill(victim);
      struck.replicas++;
      return;
    }
    await world.broker.killAndRestart({ awayMs, empty });
    struck.redis++;
    if (empty) struck.redisEmpty++;
  };
  const reached = (share: number): void => {
    while (blows[0] && blows[0].after <= share) {
      const blow = blows.shift();
      if (blow) striking = striking.then(async () => await strike(blow));
    }
  };
  return {
    struck,
    reached,
    finish: async () => {
      reached(1);
      await striking;
    },
  };
}

/** Calls to Telegram that go wrong, before and after they were accepted; `percent` of all together. */
export function faultRules(percent: number, seed: number): readonly object[] {
  const kinds: readonly (readonly [kind: string, share: number])[] = [
    ['5xx', 0.3],
    ['dropBefore', 0.3],
    ['dropAfter', 0.2],
    ['5xxAfter', 0.18],
    // A pause of the whole bot follows when two chats are limited within a second: few are enough.
    ['429', 0.02],
  ];
  return kinds.map(([kind, share], i) => ({
    kind,
    probability: (percent / 100) * share,
    seed: seed + i + 1,
    ...(kind === '429' ? { retryAfter: 1 } : {}),
  }));
}
