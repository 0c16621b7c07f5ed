/** What a program takes while it handles update after update. */
import { inParallel } from '../chaos/in-parallel.js';
import { castOf, createLives } from '../chaos/lives.js';
import { short, table } from './figures.js';
import { acting } from './people-acting.js';
import { openTown } from './town.js';

const updates = Number(process.env['BENCH_UPDATES'] ?? 4_000);
const people = 20;
const parts = 10;

/** Presses and steps of reports in turns; the memory is looked at ten times on the way. */
export async function memoryOverUpdates(say: (line: string) => void): Promise<void> {
  const town = await openTown({ owners: people });
  try {
    const [program] = town.programs;
    const ids = Array.from({ length: people }, (_, i) => 10_001 + i);
    const { live } = createLives({ witness: town.witness, waits: [] });
    await inParallel(ids, 10, async (id) => void (await live(castOf(id - 10_001, id, 'filed'), true)));
    const { press, step } = acting(town.witness);
    const seen: number[] = [];
    let handled = 0;
    for (let part = 0; part < parts; part++) {
      const each = Math.ceil(updates / parts / people / 2);
      for (const act of [press, step])
        for (const waits of await Promise.all(ids.map(async (id) => await act(id, each))))
          handled += waits.length;
      seen.push((await program.usage()).rssMb);
    }
    const grown = (seen.at(-1) ?? 0) - (seen[parts / 2 - 1] ?? 0);
    const heads = seen.map((_, i) => `${(i + 1) * 10} %`);
    for (const line of table([
      [`RSS in MB over ${handled} updates`, ...heads, 'last half'],
      ['', ...seen.map(short), `${grown < 0 ? '' : '+'}${grown.toFixed(1)}`],
    ]))
      say(`  ${line}`);
  } finally {
    await town.stop();
  }
}
