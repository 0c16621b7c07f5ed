/** One run: a crowd at work while things die, then silence, then the verdict. */
import { readJournal } from './journal.js';
import { judge, type Verdict } from './judge.js';
import { castOf, createLives, stages, type Life, type Lived, type Stage } from './lives.js';
import { inParallel } from './in-parallel.js';
import { createHavoc, faultRules, type Havoc } from './havoc.js';
import type { RunOptions } from './options.js';
import { organisationOf, ownerIds, staffIds } from './organisation.js';
import { createChance, type Chance } from './random.js';
import { startReplicas, type Deaths } from './replicas.js';
import { businessNow, moveTo, moveToEvening, settle } from './settle.js';
import { readTruth } from './truth.js';
import { createWitness } from './witness.js';
import { startWorld } from './world.js';
import { createLog } from '../src/log.js';
import { connectStore } from '../src/store/connect.js';

export interface Outcome {
  readonly verdict: Verdict;
  readonly struck: Havoc['struck'];
  /** Milliseconds people waited for somebody else's doing. */
  readonly waits: readonly number[];
  readonly seconds: number;
  readonly calls: number;
  readonly folder: string;
}

const workingDayHours = 24;
const clockStepHours = 4;
const settlePatienceMs = 180_000;
const minuteMs = 60_000;
const pointsPatienceMs = 30 * minuteMs;

/** Most cases only have to reach their department; some live on. */
function stageOf(chance: Chance, tier: RunOptions['tier']): Stage {
  const share = chance.share();
  const weights: Readonly<Record<RunOptions['tier'], readonly number[]>> = {
    short: [0.1, 0.2, 0.15, 0.15, 0.15, 0.1, 0.15],
    long: [0.02, 0.05, 0.73, 0.08, 0.04, 0.03, 0.05],
  };
  let passed = 0;
  const found = stages.find((_, i) => (passed += weights[tier][i] ?? 0) > share);
  return found ?? 'surveyed';
}

export async function run(
  options: RunOptions,
  say: (line: string) => void,
  deaths?: Deaths,
): Promise<Outcome> {
  const startedAt = performance.now();
  const chance = createChance(options.seed + 1);
  // Blows fall while people are at work, and a few while the clock is moved, if it is.
  const liveShare = options.days > 0 ? 0.8 : 1;
  const world = await startWorld({
    organisation: organisationOf(options.owners),
    people: [...staffIds, ...ownerIds(options.owners)],
  });
  let crashes = 0;
  const counted = deaths && {
    ...deaths,
    onCrash: (...crash: Parameters<Deaths['onCrash']>) => {
      crashes += 1;
      deaths.onCrash(...crash);
    },
  };
  const replicas = await startReplicas({ world, count: options.replicas, deaths: counted });
  const witness = await createWitness(world.apiRoot);
  const connection = await connectStore(world.mongoUri, { log: createLog('warn') });
  const seconds = (): number => Math.round((performance.now() - startedAt) / 1_000);
  try {
    await moveToEvening(replicas);
    const waits: number[] = [];
    const { arrive, live } = createLives({
      witness,
      waits,
      // While whoever starts dies at the next boundary, a press may have to wait for many lives.
      ...(options.points > 0 ? { patienceMs: pointsPatienceMs } : {}),
    });
    say(`${seconds()} s: ${options.replicas} replicas are up, people arrive`);
    await inParallel(staffIds, options.hands, async (id) => await arrive(id, false));
    await witness.faults(faultRules(options.errors, options.seed));
    const havoc = createHavoc(options, world, replicas);

    const lives = planLives(options, chance);
    const lived: Lived[] = [];
    const arrived = new Set<number>();
    await inParallel([...lives.values()], options.hands, async (own) => {
      for (const life of own) {
        if (performance.now() - startedAt > options.minutes * minuteMs) return;
        lived.push(await live(life, !arrived.has(life.ownerId)));
        arrived.add(life.ownerId);
        havoc.reached((lived.length / options.cases) * liveShare);
        if (lived.length % Math.max(10, Math.round(options.cases / 20)) === 0)
          say(`${seconds()} s: ${lived.length} of ${options.cases} cases, ${told(havoc.struck)}`);
      }
    });

    const from = await businessNow(replicas);
    const hours = options.days * workingDayHours;
    for (let hour = clockStepHours; hour <= hours; hour += clockStepHours) {
      havoc.reached(liveShare + (hour / hours) * (1 - liveShare));
      await moveTo(replicas, new Date(from.getTime() + hour * 3_600_000));
    }
    await havoc.finish();
    await witness.clearFaults();
    say(`${seconds()} s: the clock stands ${hours} hours later, ${told(havoc.struck)}; waiting for silence`);
    const unsettled = await settle(connection, witness, settlePatienceMs);
    const now = await businessNow(replicas);
    const { struck } = havoc;
    const [journal, truth, lostAnswers] = await Promise.all([
      readJournal(world.journalFile),
      readTruth(connection, world),
      witness.lostAnswers(),
    ]);
    const verdict = judge({
      journal,
      truth,
      lives: lived,
      unsettled,
      now,
      lostAnswers: new Set(lostAnswers),
      died: struck.replicas + crashes,
    });
    return { verdict, struck, waits, seconds: seconds(), calls: journal.calls, folder: world.folder };
  } finally {
    witness.close();
    await replicas.stop();
    await connection.close();
    await world.stop(options.keep);
  }
}

const told = ({ replicas, redis, redisEmpty }: Havoc['struck']): string =>
  `${replicas} replicas and ${redis} times redis killed (${redisEmpty} times emptied)`;

/** Everybody's lives, by owner: an owner tells one thing after the other. */
function planLives(options: RunOptions, chance: Chance): ReadonlyMap<number, readonly Life[]> {
  const owners = ownerIds(options.owners);
  const plan = new Map<number, Life[]>();
  for (let index = 0; index < options.cases; index++) {
    const owner = owners[index % owners.length] ?? 0;
    const own = plan.get(owner) ?? [];
    own.push(castOf(index, owner, stageOf(chance, options.tier)));
    plan.set(owner, own);
  }
  return plan;
}
