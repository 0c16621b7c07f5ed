import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { organisationOf } from '../chaos/organisation.js';
import { startWorld } from '../chaos/world.js';
import { parseRedisUrl } from '../src/redis-address.js';
import { median, short, table } from './figures.js';
import { crowdFor, everybodyStarts, layNotices, untilTold } from './notices.js';
import { startMeasured } from './program.js';
import { acceptedSends, steadyRate } from './sends.js';
import { openTown, usedEach } from './town.js';

const count = Number(process.env['BENCH_NOTICES'] ?? 400);
const runs = Number(process.env['BENCH_RUNS'] ?? 3);

interface Run {
  readonly callsPerSecond: number;
  /** Processor time of the worker's process for each call to Telegram. */
  readonly cpuMs: number;
}

/** Limits off; in turns, each on services of its own. */
export async function queue(say: (line: string) => void): Promise<void> {
  const [ours, bare]: [Run[], Run[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    bare.push(await bareRun());
    ours.push(await ourRun(say));
  }
  const of = (all: readonly Run[], what: keyof Run): number => median(all.map((run) => run[what]));
  const [calls, bareCalls] = [of(ours, 'callsPerSecond'), of(bare, 'callsPerSecond')];
  for (const line of table([
    ['', 'notices/s', 'calls/s', 'CPU ms a call'],
    ['bare worker', short(bareCalls), short(bareCalls), short(of(bare, 'cpuMs'))],
    ['ours, two calls a notice', short(calls / 2), short(calls), short(of(ours, 'cpuMs'))],
    [
      'ratio',
      short(calls / 2 / bareCalls),
      short(calls / bareCalls),
      short(of(ours, 'cpuMs') / of(bare, 'cpuMs')),
    ],
    ['target', '0.4', '0.8', ''],
  ]))
    say(`  ${line}`);
}

async function ourRun(say: (line: string) => void): Promise<Run> {
  const crowd = crowdFor(count);
  const town = await openTown({
    owners: 1,
    others: crowd,
    prepare: async (world) => await layNotices(world, crowd),
  });
  try {
    const before = await town.used();
    await untilTold(town.world.mongoUri, say);
    const sends = await acceptedSends(town.world.apiRoot);
    const { program } = usedEach(before, await town.used(), sends.length);
    return { callsPerSecond: steadyRate(sends), cpuMs: program };
  } finally {
    await town.stop();
  }
}

async function bareRun(): Promise<Run> {
  const crowd = crowdFor(count);
  const world = await startWorld({ organisation: organisationOf(1), people: crowd, journal: false });
  await everybodyStarts(world, crowd);
  const redis = parseRedisUrl(world.broker.url);
  const jobs = new Queue('bare', { connection: redis });
  const calls = count * 2;
  await jobs.addBulk(
    Array.from({ length: calls }, (_, i) => ({ name: 'send', data: { chat: crowd[i % crowd.length] } })),
  );
  const worker = await startMeasured('bare-worker-process', {
    redis,
    apiRoot: world.apiRoot,
    token: world.token,
  });
  try {
    const before = await worker.usage();
    let sends: readonly number[] = [];
    while (sends.length < calls) {
      await pause(200);
      sends = await acceptedSends(world.apiRoot);
    }
    const after = await worker.usage();
    return { callsPerSecond: steadyRate(sends), cpuMs: (after.cpuMs - before.cpuMs) / calls };
  } finally {
    await worker.end();
    await jobs.close();
    await world.stop(false);
  }
}
