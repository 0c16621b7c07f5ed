/** Every boundary so and so often, in one crowd: whichever replica starts is to die, or to sleep past its lease, at the next one. */
import { setTimeout as pause } from 'node:timers/promises';
import { crashPoints, type CrashPointName } from '../src/crash-point.js';
import type { Process } from './child.js';
import type { RunOptions } from './options.js';
import { createChance, type Chance } from './random.js';
import { leases } from './replicas.js';
import { run } from './run.js';
import { isClean, printOutcome } from './table.js';

/** A sleeper wakes when its work is certainly somebody else's, does what it still means to do, and is armed anew. */
const sleepMs = leases.deliveryMs + 1_500;
const lateWorkMs = 1_500;
/** How often a boundary is passed before the blow falls: 1 up to this. */
const passings = 2;

/** Passed only while reports are filed, and only while the clock is moved. */
const early: readonly CrashPointName[] = [
  'update-stored',
  'update-taken',
  'update-handled',
  'report-stored',
  'case-filed',
];
const late: readonly CrashPointName[] = ['woken', 'wake-saved'];

/** Those a crowd comes by; nobody erases anything while it is at work. */
export const livedThrough = crashPoints.filter((point) => point !== 'key-destroyed');

function inTurn(points: readonly CrashPointName[], times: number, chance: Chance): CrashPointName[] {
  const all = points.flatMap((point) => Array.from({ length: times }, () => ({ point, at: chance.share() })));
  const when = (point: CrashPointName): number => (early.includes(point) ? 0 : late.includes(point) ? 2 : 1);
  return all.toSorted((a, b) => when(a.point) + a.at - when(b.point) - b.at).map(({ point }) => point);
}

/** True when the promise was kept and every boundary was really died at. */
export async function runPoints(options: RunOptions, say: (line: string) => void): Promise<boolean> {
  const chance = createChance(options.seed);
  const { crashAt, only } = options;
  const points = crashAt ? [crashAt.point] : only.length > 0 ? only : livedThrough;
  const left = inTurn(points, options.points, chance);
  const dead = new Map<string, number>();
  const outcome = await run({ ...options, kills: 0, redisKills: 0 }, say, {
    // Every replica: only the one that leads polls, so nobody knows beforehand who comes by.
    crashAt: () => {
      if (crashAt) return dead.size === 0 ? { ...crashAt, how: options.how } : undefined;
      const point = left.shift();
      if (point === undefined) return undefined;
      const passing = late.includes(point) ? 1 : 1 + chance.below(passings);
      return { point, passing, how: options.how };
    },
    onCrash: (replica, point) => {
      dead.set(point, (dead.get(point) ?? 0) + 1);
      if (options.how === 'stop') void sleepAndWake(replica).catch(() => undefined);
    },
  });
  printOutcome(outcome, options, say);
  say(`\n${options.how === 'kill' ? 'died' : 'slept'} at:`);
  for (const point of points) say(`  ${point} ${dead.get(point) ?? 0}`);
  const missed = points.filter((point) => !dead.has(point));
  if (missed.length > 0) say(`NOT REACHED: ${missed.join(', ')}`);
  return missed.length === 0 && isClean(outcome);
}

async function sleepAndWake({ child }: Process): Promise<void> {
  await pause(sleepMs);
  child.kill('SIGCONT');
  await pause(lateWorkMs);
  child.kill('SIGKILL');
}
