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
  /** Calls to Telegram by how they went: `ok`, `too-many` and so on. */
  readonly calls: () => Promise<Readonly<Record<string, number>>>;
  /** Ends it without a word. */
  readonly kill: () => Promise<void>;
}

/** `execArgv` for the processes that are profiled. */
export async function startProgram(order: AppOrder): Promise<Program> {
  const running: Process = startNode({
    program: 'dist/bench/app-process.mjs',
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
    calls: async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const calls: Record<string, number> = {};
      for (const [, method = '', outcome = '', count] of text.matchAll(callLine)) {
        if (method === 'getUpdates') continue;
        calls[outcome] = (calls[outcome] ?? 0) + Number(count);
      }
      return calls;
    },
    kill: running.kill,
  };
}

const callLine = /^telegram_call_seconds_count\{method="(\w+)",outcome="([\w-]+)"\} (\d+)/gm;
