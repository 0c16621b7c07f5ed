import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { saying } from '../chaos/hands.js';
import { inParallel } from '../chaos/in-parallel.js';
import { castOf, createLives } from '../chaos/lives.js';
import { createWitness, type Witness } from '../chaos/witness.js';
import { startTelegram } from '../chaos/world.js';
import { median, share, short, table } from './figures.js';
import { startMeasured, type Program } from './program.js';
import { acting, type Act } from './people-acting.js';
import { openTown } from './town.js';

const rounds = Number(process.env['BENCH_RUNS'] ?? 5);
const people = Number(process.env['BENCH_PEOPLE'] ?? 20);
/** Of each person in each round. */
const updates = Number(process.env['BENCH_UPDATES'] ?? 20);
const pacedPerSecond = 50;

const ids = Array.from({ length: people }, (_, i) => 10_001 + i);

interface Kind {
  readonly name: string;
  readonly program: Pick<Program, 'usage'>;
  /** What everybody does; gives each update's wait in milliseconds. */
  readonly act: Act;
}

/** Bare telegraf's echo, a press that refreshes a card and a step of a report, in turns, so that whatever else the machine does strikes all. */
export async function updateCost(say: (line: string) => void): Promise<void> {
  const echo = await openEcho();
  const town = await openTown({ owners: people });
  try {
    const lives = createLives({ witness: town.witness, waits: [] });
    await inParallel(ids, 10, async (id) => {
      const { stuck } = await lives.live(castOf(id - 10_001, id, 'filed'), true);
      if (stuck !== undefined) throw new Error(stuck);
    });
    const [program] = town.programs;
    const { press, step } = acting(town.witness);
    const kinds: readonly Kind[] = [
      { name: 'echo by bare telegraf', program: echo.program, act: echoing(echo.witness) },
      { name: 'press that refreshes a card', program, act: press },
      { name: 'step of a report', program, act: step },
    ];
    const cpu = new Map(kinds.map(({ name }) => [name, [] as number[]]));
    const wall = new Map(kinds.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round <= rounds; round++) {
      for (const { name, program, act } of kinds) {
        const before = await program.usage();
        const waits: number[] = [];
        await Promise.all(ids.map(async (id) => waits.push(...(await act(id, updates)))));
        const after = await program.usage();
        // The first round loads and compiles.
        if (round === 0) continue;
        cpu.get(name)?.push((after.cpuMs - before.cpuMs) / waits.length);
        wall.get(name)?.push(...waits);
      }
    }
    const bare = median(cpu.get(kinds[0]?.name ?? '') ?? []);
    const rows = kinds.map(({ name }) => {
      const [ms, waits] = [median(cpu.get(name) ?? []), wall.get(name) ?? []];
      return [name, short(ms), short(ms / bare), short(median(waits)), short(share(waits, 0.95))];
    });
    for (const line of table([['', 'CPU ms', '÷ bare', 'wall p50 ms', 'p95 ms'], ...rows])) say(`  ${line}`);
    say(
      `  (${people} people at once, each waiting for his answer; ${rounds} rounds of ${updates} updates each)`,
    );
    const paced = await pacedPresses(press);
    say(
      `  press → card at ${pacedPerSecond} updates/s: p50 ${short(median(paced))} ms, p95 ${short(share(paced, 0.95))} ms (target 50)`,
    );
  } finally {
    await town.stop();
    await echo.stop();
  }
}

/** Presses at a steady pace, whether or not the ones before were answered. */
async function pacedPresses(press: Act): Promise<readonly number[]> {
  const waits: number[] = [];
  const count = pacedPerSecond * 6;
  const from = performance.now();
  const under: Promise<unknown>[] = [];
  const free = new Map(ids.map((id) => [id, Promise.resolve()]));
  for (let i = 0; i < count; i++) {
    await pause(Math.max(0, from + (i * 1_000) / pacedPerSecond - performance.now()));
    const id = ids[i % ids.length] ?? 0;
    // Somebody presses again once he has seen what became of his last press; that wait counts as well.
    const due = performance.now();
    const mine = (free.get(id) ?? Promise.resolve()).then(async () => {
      await press(id, 1);
      waits.push(performance.now() - due);
    });
    free.set(id, mine);
    under.push(mine);
  }
  await Promise.all(under);
  return waits;
}

const echoing =
  (witness: Witness): Act =>
  async (id, times) => {
    const waits: number[] = [];
    for (let i = 0; i < times; i++) {
      const words = `${id} ${performance.now()}`;
      const from = performance.now();
      await witness.say(id, words);
      if (!(await witness.wait(id, saying(words), { withinMs: 60_000 }))) throw new Error('no echo');
      waits.push(performance.now() - from);
    }
    return waits;
  };

async function openEcho() {
  const folder = await mkdtemp(join(tmpdir(), 'dct-echo-'));
  const token = '7002:the-token-of-the-echo-0123456789';
  const telegram = await startTelegram({ people: ids, token, folder });
  const { apiRoot = '' } = await telegram.ready;
  const program = await startMeasured('echo-process', { token, apiRoot });
  const witness = await createWitness(apiRoot);
  for (const id of ids) await witness.start(id);
  return {
    program,
    witness,
    stop: async () => {
      witness.close();
      await program.end();
      await telegram.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
