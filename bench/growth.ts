import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watch } from '../chaos/child.js';
import { pidOf } from '../chaos/world.js';
import type { Viewer } from '../src/domain/people.js';
import { department } from './case-lives.js';
import {
  casesInFixedMonth,
  dueAtOnce,
  fixedMonth,
  growingMonth,
  openCases,
  rareWord,
} from './city-of-cases.js';
import { median, short, table } from './figures.js';
import { openGrown, type Grown } from './grown-store.js';
import { cpuMsOf } from './processor-time.js';

const sizes = (process.env['BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number);
const rounds = Number(process.env['BENCH_RUNS'] ?? 5);
/** Questions of one kind in a row: a single one would be shorter than a tick of the kernel's count. */
const inARow = 20;
const sweepsInARow = 3;
/** What takes long is not asked so often. */
const enoughMs = 2_000;

const duty: Viewer = { personId: 'duty', role: 'duty' };
const officer: Viewer = { personId: 'officer-7', role: 'officer', departments: [department] };
// Nobody asks for a state here.
const states = [] as const;

interface Question {
  readonly name: string;
  readonly target: string;
  readonly times: number;
  readonly ask: (grown: Grown, turn: number) => Promise<unknown>;
}

const looking = (typed: string) => ({ viewer: duty, typed, token: '', states });

const questions: readonly Question[] = [
  {
    name: `sweep with ${dueAtOnce} due`,
    target: '1.5',
    times: sweepsInARow,
    ask: async (grown) => {
      await grown.moveToNextDue();
      const { woken } = await grown.sweep();
      if (woken < dueAtOnce) throw new Error(`only ${woken} were due`);
    },
  },
  {
    name: 'pool page',
    target: '1.5',
    times: inARow,
    ask: async ({ queries }) => await queries.list('pool', duty, ''),
  },
  {
    name: 'to-do page',
    target: '1.5',
    times: inARow,
    ask: async ({ queries }) => await queries.list('todo', officer, ''),
  },
  { name: 'case by number', target: '1.5', times: inARow, ask: byNumber },
  {
    name: 'search, two common words',
    target: '3',
    times: inARow,
    ask: async ({ queries }) => await queries.find(looking('环评 窗口')),
  },
  {
    name: 'search, a common and a rare word',
    target: '3',
    times: inARow,
    ask: async ({ queries, count }, turn) =>
      await queries.find(looking(`材料 ${rareWord((turn * 37) % count)}`)),
  },
  {
    name: `rates of a month with ${casesInFixedMonth}`,
    target: '1.5',
    times: inARow,
    ask: async ({ queries }) => await queries.monthRanking(fixedMonth),
  },
  {
    name: 'rates of a month with n/20',
    target: 'per case',
    times: sweepsInARow,
    ask: async ({ queries }) => await queries.monthRanking(growingMonth),
  },
];

const numbers = new WeakMap<Grown, string>();

/** The number is typed; the case is found and its card loaded. */
async function byNumber(grown: Grown): Promise<void> {
  const { queries } = grown;
  const known = numbers.get(grown) ?? (await queries.list('pool', duty, '')).rows[0]?.c.number ?? '';
  numbers.set(grown, known);
  const caseId = await queries.caseIdOf(known);
  if (!(await queries.card(caseId ?? '', duty))) throw new Error('the case was not found');
}

/** The same questions at several sizes, in turns; the processor time of whoever asks and of the store together. */
export async function growth(say: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dct-growth-'));
  const store = watch(
    fork(
      createRequire(import.meta.url).resolve('embedded-mongo/cli'),
      [join(folder, 'store'), join(folder, 's.sock')],
      {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        execArgv: [],
      },
    ),
    { onLine: () => undefined },
  );
  try {
    const { uri = '' } = await store.ready;
    const mongoUri = process.env['BENCH_MONGODB_URI'] ?? uri;
    const used = async (): Promise<number> => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000 + (await cpuMsOf(pidOf(store)));
    };
    const grown: Grown[] = [];
    for (const size of sizes) {
      const from = performance.now();
      grown.push(
        await openGrown(mongoUri.replace(/\/(\?|$)/, `/growth-${size}$1`), size, (rounds + 1) * sweepsInARow),
      );
      say(`  ${size} cases put in, ${Math.round((performance.now() - from) / 1_000)} s`);
    }
    const figures = await measure(grown, used);
    const rows = questions.map(({ name, target }) => {
      const of = (size: number) => figures.get(`${name} ${size}`) ?? { cpu: [], wall: [] };
      const [first, last] = [sizes[0] ?? 1, sizes.at(-1) ?? 1];
      const ratio = median(of(last).cpu) / median(of(first).cpu);
      return [
        name,
        ...sizes.map((size) => short(median(of(size).cpu))),
        short(ratio),
        target,
        ...sizes.map((size) => short(median(of(size).wall))),
      ];
    });
    const heads = [
      'CPU ms, program and store',
      ...sizes.map(String),
      'ratio',
      'target',
      ...sizes.map((size) => `wall ${size}`),
    ];
    for (const line of table([heads, ...rows])) say(`  ${line}`);
    say(`  (${openCases} cases in hand at every size; medians of ${rounds} rounds)`);
    for (const one of grown) await one.close();
  } finally {
    await store.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Figures = Map<string, { readonly cpu: number[]; readonly wall: number[] }>;

async function measure(grown: readonly Grown[], used: () => Promise<number>): Promise<Figures> {
  const figures: Figures = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const { name, times, ask } of questions) {
      for (const one of grown) {
        const before = await used();
        const from = performance.now();
        let asked = 0;
        while (asked < times && performance.now() - from < enoughMs) await ask(one, round * times + asked++);
        const wall = (performance.now() - from) / asked;
        const cpu = ((await used()) - before) / asked;
        await one.settle();
        // The first round loads and compiles.
        if (round === 0) continue;
        const known = figures.get(`${name} ${one.count}`) ?? { cpu: [], wall: [] };
        known.cpu.push(cpu);
        known.wall.push(wall);
        figures.set(`${name} ${one.count}`, known);
      }
    }
  }
  return figures;
}
