/** The program as a child that can be asked what it has used. */
import { once } from 'node:events';
import { startNode, type Process } from '../chaos/child.js';
import { pidOf } from '../chaos/world.js';
import type { AppOrder, Usage } from './app-process.js';

export interface Program {
  readonly pid: number;
  /** Where it listens. */
  readonly url: string;
  readonly usage: () => Promise<Usage>;
  /** Calls to Telegram so far, by method and by how they went: `ok`, `too-many` and so on. */
  readonly calls: () => Promise<readonly Calls[]>;
  /** Ends it at once, in such a way that a profile (`BENCH_NODE_FLAGS=--cpu-prof`) is still written. */
  readonly end: () => Promise<void>;
}

export interface Calls {
  readonly method: string;
  readonly outcome: string;
  readonly count: number;
}

/** A process of this folder that says what it has used when it is asked. `BENCH_NODE_FLAGS` is for those that are profiled. */
export async function startMeasured(
  program: string,
  order: object,
): Promise<Pick<Program, 'pid' | 'url' | 'usage' | 'end'>> {
  const running: Process = startNode({
    program: `dist/bench/${program}.mjs`,
    args: [JSON.stringify(order)],
    execArgv: (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== ''),
    onLine: (line) => void process.stderr.write(`${line}\n`),
  });
  const { url = '' } = await running.ready;
  return {
    pid: pidOf(running),
    url,
    usage: async () => {
      const told = once(running.child, 'message');
      running.child.send('usage');
      const [{ usage }] = (await told) as [{ readonly usage: Usage }];
      return usage;
    },
    end: async () => {
      running.child.disconnect();
      await running.gone;
    },
  };
}

export async function startProgram(order: AppOrder): Promise<Program> {
  const measured = await startMeasured('app-process', order);
  return {
    ...measured,
    calls: async () => {
      const text = await (await fetch(`${measured.url}/metrics`)).text();
      return [...text.matchAll(callLine)]
        .map(([, method = '', outcome = '', count]) => ({ method, outcome, count: Number(count) }))
        .filter(({ method }) => method !== 'getUpdates');
    },
  };
}

const callLine = /^telegram_call_seconds_count\{method="(\w+)",outcome="([\w-]+)"\} (\d+)/gm;
