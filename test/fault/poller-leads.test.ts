/** Two programs that poll for one bot: one leads; it is followed when it is killed, and steps back after a standstill. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../support/channel.js';
import { heard } from '../support/listening.js';
import type { Program } from '../support/program.js';
import { arrive } from '../support/steps.js';
import { openTown, type Town } from '../support/town.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let town: Town;
beforeEach(async () => {
  town = await openTown([cast.owner, cast.englishOwner, cast.passerBy]);
});
afterEach(async () => await town.close());

const wayInOf = async ({ url }: Program): Promise<string> => {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  return ((await answer.json()) as { checks: { updates: string } }).checks.updates;
};

/** Generous: what is promised (15 s) is printed, what is tried is that it happens at all. */
const timeout = 60_000;

test('kill -9 of the leader, and a standstill of the next one: somebody always listens, and nothing is done twice', async () => {
  const [first, second] = [await town.start(), await town.start()];
  await expect.poll(() => wayInOf(first), { timeout }).toBe('polling');
  expect(await wayInOf(second)).toBe('following');
  await arrive(town.person(cast.owner));

  await first.kill();
  const killedAt = performance.now();
  await town.person(cast.englishOwner).start();
  await town.person(cast.englishOwner).waitFor(/语言|language/, { timeoutMs: timeout });
  say(`followed ${Math.round(performance.now() - killedAt)} ms after kill -9`);
  expect(await wayInOf(second)).toBe('polling');

  const third = await town.start();
  expect(await wayInOf(third)).toBe('following');
  process.kill(second.pid, 'SIGSTOP');
  await expect.poll(() => wayInOf(third), { timeout }).toBe('polling');
  await town.person(cast.passerBy).start();
  await town.person(cast.passerBy).waitFor(/语言|language/, { timeoutMs: timeout });
  process.kill(second.pid, 'SIGCONT');
  await expect.poll(() => wayInOf(second), { timeout }).toBe('following');

  const since = town.person(cast.owner).mark();
  await town.person(cast.owner).say('/help');
  await town.person(cast.owner).waitFor(/./, { since });
  expect(await wayInOf(third)).toBe('polling');
  await expect.poll(() => town.sandbox.pendingUpdates(), { timeout: 10_000 }).toEqual([]);
  expect(heard(town.person(cast.owner), since)).toHaveLength(1);
  for (const id of [cast.englishOwner, cast.passerBy]) expect(heard(town.person(id))).toHaveLength(1);

  // Ended in order, the lead is handed over at once.
  await third.end();
  await expect.poll(() => wayInOf(second), { timeout }).toBe('polling');
}, 240_000);
