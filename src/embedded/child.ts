import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.js';
import { EmbeddedError } from './embedded-error.js';

export interface ChildPlan {
  /** The person's word for it, as it stands in messages. */
  readonly service: string;
  /** Starts the process with standard output and error as pipes. */
  readonly spawn: () => Promise<ChildProcess>;
  /** Looks at a line of its standard output; says whether the child is ready now. */
  readonly isReady: (line: string) => boolean;
  readonly log: Log;
}

export interface Child {
  readonly stop: () => Promise<void>;
}

const startLimitMs = 15_000;
// Long enough for the child of a killed predecessor to let go of folder and port.
const patienceMs = 6_000;
const stopLimitMs = 8_000;
const longestPauseMs = 5_000;

/** Starts a child, keeps it alive until `stop`; throws EmbeddedError with its last words when it does not come up. */
export const keepChild = async (plan: ChildPlan): Promise<Child> => {
  const stopping = new AbortController();
  let current = await startPatiently(plan);
  const watch = async (): Promise<void> => {
    for (;;) {
      const [exitCode, signal] = await goneOf(current);
      if (stopping.signal.aborted) return;
      plan.log.error('embedded service ended by itself', { service: plan.service, code: exitCode, signal });
      const next = await restart(plan, stopping.signal);
      if (next === undefined) return;
      current = next;
      plan.log.warn('embedded service is back', { service: plan.service });
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping.abort();
      await end(current);
      await watching;
    },
  };
};

const startPatiently = async (plan: ChildPlan): Promise<ChildProcess> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await startOnce(plan);
    } catch (error) {
      if (performance.now() > deadline || !(error instanceof EarlyEnd)) throw error;
      await pause(200);
    }
  }
};

/** Tries until it succeeds; undefined when the program stops meanwhile. */
const restart = async (plan: ChildPlan, stopping: AbortSignal): Promise<ChildProcess | undefined> => {
  for (let pauseMs = 50; !stopping.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      const child = await startOnce(plan);
      if (!stopping.aborted) return child;
      await end(child);
    } catch (error) {
      plan.log.error('embedded service does not come back', { service: plan.service, error });
      await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return undefined;
};

class EarlyEnd extends EmbeddedError {}

const startOnce = async (plan: ChildPlan): Promise<ChildProcess> => {
  const child = await plan.spawn();
  child.on('error', (error) =>
    plan.log.error('embedded service cannot be run', { service: plan.service, error }),
  );
  const lastWords: string[] = [];
  const opened = listenToReadiness(child, plan.isReady, lastWords);
  const limit = new AbortController();
  const failed = goneOf(child).then(([code, signal]) => {
    const how = `${plan.service} ended before it was ready (${signal ?? `exit code ${code ?? 'unknown'}`})`;
    throw new EarlyEnd([how, ...lastWords.slice(-8)].join('\n    '));
  });
  const overdue = pause(startLimitMs, undefined, { signal: limit.signal }).then(async () => {
    await end(child);
    throw new EmbeddedError(`${plan.service} was not ready after ${startLimitMs / 1000} seconds.`);
  });
  // The losers of the race reject later, when the child ends or the limit is lifted; that is no news then.
  for (const either of [failed, overdue]) either.catch(() => undefined);
  await Promise.race([opened, failed, overdue]).finally(() => limit.abort());
  return child;
};

/** Resolves at the line that says so; until then keeps all lines as `lastWords`, afterwards passes errors on. */
const listenToReadiness = (
  child: ChildProcess,
  isReady: (line: string) => boolean,
  lastWords: string[],
): Promise<void> =>
  new Promise((resolve) => {
    let ready = false;
    const remember = (line: string): void => {
      if (!ready) lastWords.push(line.slice(0, 300));
    };
    if (child.stderr !== null)
      createInterface(child.stderr).on('line', (line) =>
        ready ? process.stderr.write(`${line}\n`) : remember(line),
      );
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      remember(line);
      if (ready || !isReady(line)) return;
      ready = true;
      resolve();
    });
  });

const goneOf = (child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> => {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve([child.exitCode, child.signalCode]);
  if (child.pid === undefined) return Promise.resolve([127, null]);
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = goneOf(child);
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await gone;
  clearTimeout(hard);
};
