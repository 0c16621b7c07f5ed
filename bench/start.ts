import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../chaos/redis.js';
import { createWitness, type Witness } from '../chaos/witness.js';
import { startStoreAlone } from '../src/embedded/store-alone.js';
import { createLog } from '../src/log.js';
import { connectStore, ensureIndexes } from '../src/store/connect.js';
import { createStore } from '../src/store/index.js';
import { openKeys } from '../src/store/keys.js';
import { rules } from '../test/unit/domain/case-of-test.js';
import { cityOfCases } from './city-of-cases.js';
import { short, table } from './figures.js';
import { rssMbOf } from './processor-time.js';
import { memoryOverUpdates } from './memory.js';
import { seedCases } from './seed-cases.js';

const sizes = (process.env['BENCH_SIZES'] ?? '0,100000').split(',').map(Number);
const idleMs = 5_000;
const owner = 1001;

/** The whole program with all it brings along, from the command to the first answer a person sees; then its memory. */
export async function start(say: (line: string) => void): Promise<void> {
  const rows = [['cases in the store', 'first start s', 'second start s', 'RSS idle MB']];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'dct-start-'));
    try {
      if (size > 0) await fill(folder, size);
      const first = await startOnce(folder);
      const second = await startOnce(folder);
      rows.push([String(size), short(first.seconds), short(second.seconds), short(second.rssMb)]);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  for (const line of table(rows)) say(`  ${line}`);
  await memoryOverUpdates(say);
}

/** Puts cases into the store of a data folder, as an earlier life of the program would have left them. */
async function fill(folder: string, count: number): Promise<void> {
  const log = createLog('error');
  const alone = await startStoreAlone(folder, log);
  const connection = await connectStore(alone.mongoUri, { log });
  const keys = await openKeys(connection, { current: alone.dataKey });
  createStore(connection, keys);
  await ensureIndexes(connection);
  // Nothing is due: what a sweep has to do is measured elsewhere.
  const from = rules.time.nextOpening(new Date());
  const workAt = (minutes: number): Date => rules.time.add(from, minutes);
  await seedCases({ connection, keys, masterKey: alone.dataKey }, cityOfCases({ count, groups: 0, workAt }));
  await connection.close();
  await alone.stop();
}

async function startOnce(folder: string): Promise<{ readonly seconds: number; readonly rssMb: number }> {
  const port = await freePort();
  const startedAt = performance.now();
  const program = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    // The chat page is always one port above.
    const witness = await untilOpen(`http://127.0.0.1:${port + 1}`, program);
    await witness.start(owner);
    const answer = await witness.wait(owner, () => true, { withinMs: 60_000 });
    if (!answer) throw new Error('nobody answered');
    const seconds = (performance.now() - startedAt) / 1_000;
    witness.close();
    await pause(idleMs);
    return { seconds, rssMb: await rssMbOf(program.pid ?? 0) };
  } finally {
    const gone = once(program, 'exit');
    if (program.exitCode === null && program.kill('SIGTERM')) await gone;
  }
}

/** Looks again and again until the page answers. */
async function untilOpen(apiRoot: string, program: ChildProcess): Promise<Witness> {
  while (program.exitCode === null) {
    try {
      return await createWitness(apiRoot);
    } catch {
      await pause(10);
    }
  }
  throw new Error('the program ended before it was open');
}
