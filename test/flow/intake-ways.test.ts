import { afterEach, describe, expect, test } from 'vitest';
import { gate } from '../support/intake-store.js';
import { openWayIn } from '../support/way-in.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe.each(['polling', 'webhook'] as const)('%s', (mode) => {
  const begin = async (options?: Parameters<typeof openWayIn>[0]) => {
    const world = await openWayIn(options);
    closing.push(world.close);
    if (mode === 'polling') world.startPoller();
    else expect((await world.openHook()).registered).toMatchObject({ ok: true });
    return world;
  };

  test('what a person says reaches the handlers, in order, and is confirmed to Telegram', async () => {
    const { sandbox, handled } = await begin();
    for (const text of ['一', '二', '三']) await sandbox.person(1001).say(text);
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['一', '二', '三']);
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 10_000 }).toEqual([]);
  });

  test('while the store refuses nothing is confirmed; afterwards everything is handled once (fault 2)', async () => {
    const { sandbox, handled, state } = await begin();
    state.away = true;
    await sandbox.person(1001).say('one');
    await sandbox.person(1002).say('two');
    await expect.poll(() => state.refused, { timeout: 5_000 }).toBeGreaterThan(1);
    expect(sandbox.pendingUpdates()).toHaveLength(2);
    expect(handled).toEqual([]);
    state.away = false;
    await expect.poll(() => [...handled].sort(), { timeout: 15_000 }).toEqual(['one', 'two']);
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 10_000 }).toEqual([]);
    expect(handled).toHaveLength(2);
  });

  test('while too much waits in the inbox the rest stays with Telegram; it comes in by itself, nothing lost and nothing twice', async () => {
    const hold = gate();
    const { sandbox, handled, intake, store, lanes } = await begin({
      mostWaiting: 2,
      before: () => hold.passed,
    });
    const said = Array.from({ length: 6 }, (_, index) => `text ${index}`);
    for (const text of said.slice(0, 2)) await sandbox.person(1001).say(text);
    await expect.poll(() => store.inbox.countWaiting(10), { timeout: 5_000 }).toBe(2);
    await expect.poll(intake.isFull).toBe(true);
    for (const text of said.slice(2)) await sandbox.person(1001).say(text);
    // By polling what came in last is confirmed by the next request, which is not made now either.
    await expect.poll(() => sandbox.pendingUpdates().length).toBeGreaterThanOrEqual(4);
    expect(await store.inbox.countWaiting(10)).toBeLessThan(6);
    hold.open();
    await expect.poll(() => handled, { timeout: 20_000 }).toEqual(said);
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 10_000 }).toEqual([]);
    await lanes.drainIdle();
    expect(handled).toEqual(said);
    expect(await intake.isFull()).toBe(false);
  });
});

test('a webhook that cannot take more says 503 and when to come again', async () => {
  const hold = gate();
  const world = await openWayIn({ mostWaiting: 1, before: () => hold.passed });
  closing.push(world.close);
  const { url, secret } = await world.openHook();
  const push = (updateId: number) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify({ update_id: updateId, message: { text: 'x', chat: { id: 1 }, from: { id: 1 } } }),
    });
  expect((await push(1_001)).status).toBe(200);
  const refused = await push(1_002);
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
  expect(await world.store.inbox.countWaiting(10)).toBe(1);
  hold.open();
  await expect.poll(async () => (await push(1_002)).status, { timeout: 10_000 }).toBe(200);
});
