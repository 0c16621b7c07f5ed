/** Dying, or falling into a sleep, at the n-th passing of a boundary. Known to this starter only. */
import { writeSync } from 'node:fs';
import type { CrashPoint } from '../src/crash-point.js';

export interface CrashAt {
  readonly point: string;
  /** 1: the first passing. */
  readonly passing: number;
  readonly how: 'kill' | 'stop';
}

/** Counts the passings of one boundary; at the chosen one the process is gone before it can do anything more. */
export function crashingAt({ point, passing, how }: CrashAt): CrashPoint {
  let passed = 0;
  return (name) => {
    if (name !== point || ++passed !== passing) return;
    // Written by hand: nothing asynchronous would get out any more.
    writeSync(1, `${JSON.stringify({ crashed: point, how })}\n`);
    process.kill(process.pid, how === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  };
}
