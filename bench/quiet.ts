/** Waiting until a program has nothing in hand. */
import { setTimeout as pause } from 'node:timers/promises';
import { between } from './command-counts.js';
import type { Program } from './program.js';

const lookEveryMs = 40;
const quietMs = 240;

/** Until it has asked nothing of its store for a while; needs a program that counts. */
export async function untilQuiet(program: Program): Promise<void> {
  let before = await program.usage();
  let since = performance.now();
  while (performance.now() - since < quietMs) {
    await pause(lookEveryMs);
    const now = await program.usage();
    const asked = Object.keys(between(before.commands, now.commands)).filter((name) =>
      name.startsWith('store '),
    );
    if (asked.length > 0) since = performance.now();
    before = now;
  }
}
