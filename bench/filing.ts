import { cast, staffIds } from '../chaos/organisation.js';
import { createHands, saying } from '../chaos/hands.js';
import { inParallel } from '../chaos/in-parallel.js';
import { castOf, createLives } from '../chaos/lives.js';
import { catalogs } from '../src/text/catalog.js';
import { between, listed, type Commands } from './command-counts.js';
import { share, short, table } from './figures.js';
import { acceptedSends, fullestSecond, steadyRate } from './sends.js';
import { openTown, usedEach, type Used } from './town.js';

/** Every number can be made smaller for a first look. */
const people = Number(process.env['BENCH_PEOPLE'] ?? 500);
/** With thirty calls a second a crowd of 500 would wait for minutes. */
const peopleWithLimits = Number(process.env['BENCH_LIMITED_PEOPLE'] ?? Math.min(people, 100));

/** Counting costs a little, so it is asked for. */
const counts = process.env['BENCH_COUNTS'] === '1';

interface Variant {
  readonly name: string;
  readonly latencyMs: number;
  readonly budgets: 'off' | 'telegram';
}

const variants: readonly Variant[] = [
  { name: 'limits off, latency 0', latencyMs: 0, budgets: 'off' },
  { name: 'limits off, latency 50 ms', latencyMs: 50, budgets: 'off' },
  { name: 'limits off, latency 100 ms', latencyMs: 100, budgets: 'off' },
  { name: 'limits on, latency 0', latencyMs: 0, budgets: 'telegram' },
];

interface Filed {
  readonly perSecond: number;
  /** By the time the last of them had his receipt; the officers hear of the cases one after another. */
  readonly receiptsPerSecond: number;
  readonly seconds: readonly number[];
  readonly each: Used;
  /** Sends and edits while somebody waited for his receipt; what the officers hear later comes at one a second and chat. */
  readonly sendsPerSecond: number;
  readonly fullest: number;
  readonly calls: number;
  readonly refused: number;
  readonly stuck: number;
  readonly commands: Commands;
}

/** Everybody comes at once, chooses a language, tells his report through all steps; over when each duty officer has been told of each case. */
export async function filing(say: (line: string) => void): Promise<void> {
  const wanted = process.env['BENCH_ONLY'];
  const rows = [
    [
      'ms of processor time per case →',
      'cases/s',
      'receipts/s',
      'program',
      'store',
      'Redis',
      'sandbox',
      'driver',
      'p50 s',
      'p95 s',
      'calls',
      'sends/s',
      'fullest s',
      '429',
      'stuck',
    ],
  ];
  for (const variant of variants) {
    if (wanted !== undefined && !variant.name.includes(wanted)) continue;
    const { perSecond, receiptsPerSecond, seconds, each, ...filed } = await file(variant);
    if (counts) say(`  commands per case, ${variant.name}\n${listed(filed.commands)}`);
    rows.push([
      variant.name,
      ...[perSecond, receiptsPerSecond, each.program, each.store, each.redis, each.telegram, each.driver].map(
        short,
      ),
      ...[share(seconds, 0.5), share(seconds, 0.95), filed.calls, filed.sendsPerSecond].map(short),
      ...[filed.fullest, filed.refused, filed.stuck].map(String),
    ]);
  }
  for (const line of table(rows)) say(`  ${line}`);
}

async function file({ latencyMs, budgets }: Variant): Promise<Filed> {
  const count = budgets === 'off' ? people : peopleWithLimits;
  const town = await openTown({ owners: count + 1, budgets, counts });
  const [program] = town.programs;
  const { witness, world } = town;
  try {
    // What somebody waits for comes: pressing again would only be more to do.
    const teller = { witness, waits: [], pressAgainMs: 200_000 };
    const { arrive, live } = createLives(teller);
    const { seen } = createHands(teller);
    let lastReceiptAt = 0;
    const whole = async (index: number): Promise<number | undefined> => {
      const from = performance.now();
      const { number, stuck } = await live(castOf(index, 10_001 + index, 'filed'), true);
      if (number === undefined || stuck !== undefined) return undefined;
      lastReceiptAt = Date.now();
      for (const duty of cast.duties)
        await seen(duty, saying(catalogs.zh.notices.triage), `the news of ${number}`, { number });
      return (performance.now() - from) / 1_000;
    };
    await inParallel(staffIds, 1, async (id) => await arrive(id, false));
    // What is loaded on first use is not counted.
    await whole(count);
    if (latencyMs > 0) await witness.faults([{ kind: 'latency', ms: latencyMs }]);
    const callsBefore = await program.calls();
    const commandsBefore = (await program.usage()).commands;
    const before = await town.used();
    const startedAt = Date.now();
    const seconds: number[] = [];
    await inParallel([...Array(count).keys()], count, async (index) => {
      const took = await whole(index);
      if (took !== undefined) seconds.push(took);
    });
    const elapsed = (Date.now() - startedAt) / 1_000;
    const each = usedEach(before, await town.used(), count);
    const commands = perCase(commandsBefore, (await program.usage()).commands, count);
    const callsAfter = await program.calls();
    const made = (outcome?: string): number => sum(callsAfter, outcome) - sum(callsBefore, outcome);
    const sends = await acceptedSends(world.apiRoot, startedAt);
    return {
      perSecond: seconds.length / elapsed,
      receiptsPerSecond: (seconds.length * 1_000) / (lastReceiptAt - startedAt),
      seconds,
      each,
      fullest: fullestSecond(sends),
      sendsPerSecond: steadyRate(sends.filter((at) => at <= lastReceiptAt)),
      calls: made() / count,
      refused: made('too-many'),
      stuck: count - seconds.length,
      commands,
    };
  } finally {
    await town.stop();
  }
}

const sum = (
  calls: readonly { readonly outcome: string; readonly count: number }[],
  outcome?: string,
): number =>
  calls
    .filter((one) => outcome === undefined || one.outcome === outcome)
    .reduce((all, { count }) => all + count, 0);

const perCase = (before: Commands, after: Commands, count: number): Commands =>
  Object.fromEntries(Object.entries(between(before, after)).map(([name, all]) => [name, all / count]));
