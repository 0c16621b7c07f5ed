/** Business time and rest: moving the clock through whichever replica is alive, and waiting until nothing is under way. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../src/store/connect.js';
import type { Replicas } from './replicas.js';
import type { Witness } from './witness.js';

const hourMs = 3_600_000;

/** Asks a replica; undefined when it is dying. */
async function ask(replicas: Replicas, path: string, body?: object): Promise<unknown> {
  try {
    const response = await fetch(`${await replicas.url()}${path}`, {
      signal: AbortSignal.timeout(120_000),
      ...(body
        ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : {}),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

export async function businessNow(replicas: Replicas): Promise<Date> {
  for (;;) {
    const state = (await ask(replicas, '/dev/state')) as { now: string } | undefined;
    if (state) return new Date(state.now);
    await pause(100);
  }
}

/** Moves business time on to an instant, living through everything on the way, whoever dies over it. */
export async function moveTo(replicas: Replicas, at: Date): Promise<void> {
  for (;;) {
    const leftMs = at.getTime() - (await businessNow(replicas)).getTime();
    if (leftMs <= 0) return;
    await ask(replicas, '/dev/clock', { advance: `PT${(leftMs / 1_000).toFixed(3)}S` });
  }
}

/** Late in the evening: what waits for working time then falls due together. */
export async function moveToEvening(replicas: Replicas): Promise<void> {
  const now = await businessNow(replicas);
  const shanghai = new Date(now.getTime() + 8 * hourMs);
  const hoursTill22 = (22 - shanghai.getUTCHours() + 24) % 24;
  if (hoursTill22 < 14) await moveTo(replicas, new Date(now.getTime() + hoursTill22 * hourMs));
}

/** Along the way news takes; each stage is stored before the one before it is cleared. */
async function underWay(connection: Connection, witness: Witness): Promise<string | undefined> {
  const count = async (collection: string, filter: object): Promise<number> =>
    await connection.collection(collection).countDocuments(filter);
  const stages: readonly (readonly [what: string, count: () => Promise<number>])[] = [
    ['updates at Telegram', witness.pendingUpdates],
    ['updates in the inbox', async () => await count('inbox', { state: 'new' })],
    ['cases to be routed', async () => await count('cases', { state: 'filed', proposal: null })],
    ['outboxes', async () => await count('cases', { relayAt: { $exists: true } })],
    ['deliveries', async () => await count('deliveries', { state: 'pending' })],
  ];
  for (const [what, left] of stages) {
    const number = await left();
    if (number > 0) return `${number} ${what}`;
  }
  return undefined;
}

/** Waits until nothing is under way; gives what still was when patience ended. */
export async function settle(
  connection: Connection,
  witness: Witness,
  patienceMs: number,
): Promise<string | undefined> {
  let left: string | undefined = 'something';
  let before: string | undefined;
  let since = performance.now();
  // Patience is with standing still, not with a long way.
  while (performance.now() - since < patienceMs) {
    const askedAt = performance.now();
    left = await underWay(connection, witness);
    if (left === undefined) return undefined;
    if (left !== before) since = performance.now();
    before = left;
    // Where much is left, counting it takes the store from those who do it.
    await pause(Math.max(100, 10 * (performance.now() - askedAt)));
  }
  return left;
}
