/** The built program as a real process of its own, so that it can be killed; Telegram is played by the test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { freePort } from './free-port.js';

export interface ProgramOptions {
  readonly dataDir: string;
  /** Replaces or, with undefined, takes away settings. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Program {
  readonly pid: number;
  readonly url: string;
  /** Ids of the processes it has started, and of theirs, at this moment. */
  readonly children: () => Promise<readonly number[]>;
  /** Everything it wrote so far. */
  readonly output: () => string;
  /** Ends it like a power cut; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; gives its exit code and how long it took, in milliseconds. */
  readonly end: (
    signal?: 'SIGTERM' | 'SIGINT',
  ) => Promise<{ readonly code: number | null; readonly ms: number }>;
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly url: string;
}

/** Starts it with the given settings and nothing of this process's own that could be one. */
async function spawnProgram({ dataDir, env }: ProgramOptions): Promise<Started> {
  const port = Number(env?.['PORT'] ?? (await freePort()));
  const { PATH, HOME, TMPDIR } = process.env;
  const settings: Record<string, string | undefined> = {
    PATH,
    HOME,
    TMPDIR,
    DATA_DIR: dataDir,
    ORG_FILE: 'config/sample-organisation.json',
    PORT: String(port),
    LOG_LEVEL: 'info',
    ...env,
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: given,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => lines.push(line));
  return { child, output: () => lines.join('\n'), url: `http://127.0.0.1:${port}` };
}

/** Starts the built program and waits until it is ready. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { child, output, url } = await spawnProgram(options);
  const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const isReady = async (): Promise<string> => {
    if (child.exitCode !== null) throw new Error(`the program ended:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    return answer?.ok === true ? 'ready' : output();
  };
  try {
    await expect.poll(isReady, { timeout: 30_000, interval: 50 }).toBe('ready');
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const pid = child.pid ?? 0;
  return {
    pid,
    url,
    output,
    children: async () => await descendantsOf(pid),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: async (signal = 'SIGTERM') => {
      const from = performance.now();
      child.kill(signal);
      const [code] = await gone;
      return { code, ms: performance.now() - from };
    },
  };
}

/** Starts a program that is expected to end by itself. */
export async function runProgram(options: ProgramOptions): Promise<Ended> {
  const { child, output } = await spawnProgram(options);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Whether a process exists; one that has ended and only waits to be counted does not. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return status !== undefined && !/\) Z /.test(status);
}

export const commandOf = async (pid: number): Promise<string> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');

async function descendantsOf(root: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1] ?? 0);
    if (parent > 0) parents.set(pid, parent);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}
