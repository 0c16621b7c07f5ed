/** A child process that says in a line of JSON when it is ready, and can be killed, stopped and waited for. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Told {
  readonly ready?: boolean;
  readonly url?: string;
  readonly uri?: string;
  readonly apiRoot?: string;
  /** The boundary it is dying at. */
  readonly crashed?: string;
}

export interface Process {
  readonly child: ChildProcess;
  /** What it said when it was ready. */
  readonly ready: Promise<Told>;
  readonly gone: Promise<unknown>;
  /** Ends it without a word; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export interface Plan {
  readonly program: string;
  readonly args: readonly string[];
  readonly execArgv?: readonly string[];
  /** Every line of JSON it says, the readiness among them. */
  readonly onTold?: (told: Told) => void;
  /** Everything else it says, errors too. */
  readonly onLine: (line: string) => void;
}

/** Keeps an eye on a child that was started in whatever way. */
export function watch(child: ChildProcess, { onTold, onLine }: Pick<Plan, 'onTold' | 'onLine'>): Process {
  living.add(child);
  const gone = once(child, 'exit').finally(() => living.delete(child));
  const ready = new Promise<Told>((resolve, reject) => {
    gone.then(() => reject(new Error('it ended before it was ready')), reject);
    if (child.stdout)
      createInterface(child.stdout).on('line', (line) => {
        const told = readTold(line);
        if (!told) return onLine(line);
        onTold?.(told);
        if (told.ready === true) resolve(told);
      });
  });
  ready.catch(() => undefined);
  if (child.stderr) createInterface(child.stderr).on('line', onLine);
  return {
    child,
    ready,
    gone,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Starts a Node program that ends by itself when this process is gone. */
export const startNode = ({ program, args, execArgv = [], ...listening }: Plan): Process =>
  watch(
    fork(program, [...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [...execArgv] }),
    listening,
  );

function readTold(line: string): Told | undefined {
  if (!/^\{"(ready|crashed)":/.test(line)) return undefined;
  return JSON.parse(line) as Told;
}
