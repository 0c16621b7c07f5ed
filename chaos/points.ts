/** Every boundary in turn: a replica dies, or sleeps past its lease and comes back, each time it is passed; then the verdict. */
import { setTimeout as pause } from 'node:timers/promises';
import { crashPoints, type CrashPointName } from '../src/crash-point.js';
import type { RunOptions } from './options.js';
import { createChance } from './random.js';
import { leases, type Deaths } from './replicas.js';
import { run, type Outcome } from './run.js';
import { isClean, printFindings, printOutcome } from './table.js';

type How = 'kill' | 'stop';

/** A sleeper wakes when its work is certainly somebody else's, does what it still means to do, and is armed anew. */
const sleepMs = leases.deliveryMs + 1_500;
const lateWorkMs = 1_500;
/** How often a boundary is passed before the blow falls: 1 up to this. */
const passings = 2;

interface Dying extends Deaths {
  readonly died: () => number;
}

/** Replicas die at a boundary again and again, as often as is asked for; beside a sleeper one must be awake. */
function dying(point: CrashPointName, how: How, times: number, seed: number): Dying {
  const chance = createChance(seed);
  let deaths = 0;
  return {
    died: () => deaths,
    crashAt: (index) =>
      (how === 'kill' || index === 0) && deaths < times
        ? { point, passing: 1 + chance.below(passings), how }
        : undefined,
    onCrash: (replica) => {
      deaths++;
      if (how === 'stop') void sleepAndWake(replica.child).catch(() => undefined);
    },
  };
}

async function sleepAndWake(child: { readonly kill: (signal: NodeJS.Signals) => boolean }): Promise<void> {
  await pause(sleepMs);
  child.kill('SIGCONT');
  await pause(lateWorkMs);
  child.kill('SIGKILL');
}

/** Every boundary once, one after the other, in one crowd: whichever replica starts takes the next one. */
export async function runOnce(options: RunOptions, say: (line: string) => void): Promise<boolean> {
  const chance = createChance(options.seed);
  const left = [...(options.only.length > 0 ? options.only : crashPoints)];
  const dead: string[] = [];
  const outcome = await run({ ...options, kills: 0, redisKills: 0 }, say, {
    crashAt: () => {
      const point = left.shift();
      return point && { point, passing: 1 + chance.below(2), how: 'kill' };
    },
    onCrash: (_replica, point) => void dead.push(point),
  });
  printOutcome(outcome, options, say);
  const missed = crashPoints.filter((point) => !dead.includes(point));
  say(`died at: ${dead.join(', ')}`);
  if (missed.length > 0) say(`NOT REACHED: ${missed.join(', ')}`);
  return missed.length === 0 && isClean(outcome);
}

/** Lives enough for so many deaths: the rarest boundary is passed once in a life. */
const casesFor = (times: number): number => Math.max(8, times * 3);

/** True when no boundary broke the promise, and every one was really died at. */
export async function runPoints(options: RunOptions, say: (line: string) => void): Promise<boolean> {
  const points = options.only.length > 0 ? options.only : crashPoints;
  let clean = true;
  for (const how of options.how) {
    for (const [i, point] of points.entries()) {
      const deaths = dying(point, how, options.points, options.seed + i);
      const cases = casesFor(options.points);
      const outcome = await run(
        { ...options, cases, owners: Math.ceil(cases / 2), kills: 0, redisKills: 0, errors: 0 },
        (progress) => say(`  ${point}: ${progress}`),
        deaths,
      );
      const reached = deaths.died() > 0;
      clean &&= reached && isClean(outcome);
      say(line(point, how, deaths.died(), outcome));
      printFindings(outcome, say);
    }
  }
  say(clean ? '\nThe promise was kept.' : `\nBROKEN. Again with --seed ${options.seed}`);
  return clean;
}

function line(point: string, how: How, died: number, { verdict, seconds }: Outcome): string {
  const { cases, lost, casesTwice, contentTwice, wrong, orphans, ambiguous } = verdict;
  const verb = how === 'kill' ? 'killed' : 'stopped';
  return (
    `${point.padEnd(20)} ${verb} ${String(died).padStart(2)} times: ${cases} cases, ${lost.length} lost, ` +
    `${casesTwice.length} cases twice, ${contentTwice.length} contents twice, ${orphans} empty notices ` +
    `(${ambiguous} doubtful sends), ${wrong.length} else wrong, ${seconds} s`
  );
}
