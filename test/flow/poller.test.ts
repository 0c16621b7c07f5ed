/** Who polls, and that whoever polls never gives up. */
import { afterEach, describe, expect, test } from 'vitest';
import type { PollerOptions } from '../../src/telegram/poller.js';
import { createWebhookKeeper, registerWebhook } from '../../src/telegram/webhook.js';
import { quiet } from '../support/intake-store.js';
import { openTelegramDoor } from '../support/telegram-door.js';
import { openWayIn, type WayInWorld } from '../support/way-in.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (options?: Parameters<typeof openWayIn>[0]) => {
  const world = await openWayIn(options);
  closing.push(world.close);
  return world;
};

/** A gateway that notes which methods it called and how that ended. */
const noting = ({ openGateway }: WayInWorld) => {
  const calls: string[] = [];
  const gateway = openGateway({ onCall: ({ method, outcome }) => calls.push(`${method} ${outcome}`) });
  return { gateway, calls };
};

describe('one poller', () => {
  test('a new one takes up where the last one ended, nothing lost and nothing twice', async () => {
    const { sandbox, handled, startPoller, lanes } = await open();
    const first = startPoller();
    await sandbox.person(1001).say('before');
    await expect.poll(() => handled).toEqual(['before']);
    await first.stop();
    expect(first.state()).toBe('stopped');
    await sandbox.person(1001).say('between');
    startPoller();
    await sandbox.person(1001).say('after');
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['before', 'between', 'after']);
    await lanes.drainIdle();
    expect(handled).toHaveLength(3);
  });

  test('it stops although Telegram holds its request', async () => {
    const { sandbox, startPoller } = await open();
    const poller = startPoller({ holdSeconds: 50 });
    await sandbox.person(1001).say('one');
    // Confirmed means: the next request is on its way, and there is nothing to answer it with.
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 5_000 }).toEqual([]);
    const startedAt = performance.now();
    await poller.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('a poller who does not share our store is a conflict; when he leaves, polling goes on', async () => {
    const { sandbox, gateway, handled, startPoller } = await open();
    const poller = startPoller();
    await sandbox.person(1001).say('one');
    await expect.poll(() => handled).toEqual(['one']);
    const rival = new AbortController();
    const ask = { urgency: 'notice', signal: rival.signal } as const;
    const asking = gateway.call('getUpdates', { timeout: 5 }, ask);
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('conflict');
    rival.abort();
    await asking;
    await sandbox.person(1001).say('two');
    await expect.poll(() => handled, { timeout: 10_000 }).toContain('two');
    await expect.poll(() => poller.state(), { timeout: 10_000 }).toBe('polling');
  });

  test('a webhook left over from another life does not stand in the way, nor one that is set while polling', async () => {
    const { sandbox, gateway, handled, startPoller } = await open();
    const webhook = { url: 'http://127.0.0.1:9/hook', secret: 'x' };
    await registerWebhook(gateway, webhook);
    startPoller();
    await sandbox.person(1001).say('one');
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['one']);
    await registerWebhook(gateway, webhook);
    await sandbox.person(1001).say('two');
    await expect.poll(() => handled, { timeout: 10_000 }).toEqual(['one', 'two']);
  });

  test('a request that is never answered is given up and asked anew (a half-open connection)', async () => {
    const { sandbox, handled, startPoller } = await open();
    const poller = startPoller({ holdSeconds: 1, marginMs: 100 });
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('polling');
    sandbox.faults.add([{ method: 'getUpdates', kind: 'hangBefore', count: 2 }]);
    // The open request brings the first one; the next two are never answered.
    for (const text of ['one', 'two', 'three']) await sandbox.person(1001).say(text);
    await expect.poll(() => poller.state(), { timeout: 10_000 }).toBe('unreachable');
    expect(poller.silentMs()).toBeGreaterThan(1_000);
    await expect.poll(() => handled, { timeout: 15_000 }).toEqual(['one', 'two', 'three']);
    await expect.poll(() => poller.state()).toBe('polling');
    expect(poller.silentMs()).toBeLessThan(5_000);
  });

  test('however often the lead is given up in vain and taken again: Telegram stays silent until it answers', async () => {
    const world = await open();
    let away = true;
    const door = await openTelegramDoor(world.sandbox.apiRoot, () =>
      away ? { status: 502, body: 'no' } : undefined,
    );
    closing.push(door.close);
    const gateway = world.openGateway({ apiRoot: door.apiRoot });
    const startedAt = performance.now();
    const poller = world.startPoller({ gateway });
    // From the fifth failure on each gives the lead back.
    await expect.poll(() => door.seen.length, { timeout: 20_000 }).toBeGreaterThan(12);
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('unreachable');
    expect(poller.silentMs()).toBeGreaterThan((performance.now() - startedAt) / 2);
    away = false;
    await expect.poll(() => poller.state(), { timeout: 10_000 }).toBe('polling');
    expect(poller.silentMs()).toBeLessThan(performance.now() - startedAt);
  });

  test('a refused token is seen and tried again slowly; when Telegram takes it again, polling goes on by itself', async () => {
    const world = await open();
    let refused = true;
    const refusal = { ok: false, error_code: 401, description: 'Unauthorized' };
    const door = await openTelegramDoor(world.sandbox.apiRoot, () =>
      refused ? { status: 401, body: refusal } : undefined,
    );
    closing.push(door.close);
    // A gateway lets a refused token through only every half minute; a fresh one at once.
    const eager: PollerOptions['gateway'] = {
      call: (...call) => world.openGateway({ apiRoot: door.apiRoot }).call(...call),
    };
    const poller = world.startPoller({ gateway: eager, refusedPauseMs: 20 });
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('unauthorized');
    await world.sandbox.person(1001).say('one');
    await expect.poll(() => door.seen.filter((method) => method === 'getMe').length).toBeGreaterThan(2);
    expect(door.seen.filter((method) => method === 'getUpdates')).toHaveLength(0);
    refused = false;
    await expect.poll(() => world.handled, { timeout: 10_000 }).toEqual(['one']);
    await expect.poll(() => poller.state()).toBe('polling');
  });

  test('after a long silence Telegram may number its updates from a lower number on: they are not confirmed unseen', async () => {
    const world = await open();
    const asked: unknown[] = [];
    const one = (updateId: number, text: string) => ({
      update_id: updateId,
      message: { message_id: updateId, date: 0, chat: { id: 1 }, from: { id: 1 }, text },
    });
    const batches = [[one(900_000, 'old')], [], [one(17, 'new')]];
    const door = await openTelegramDoor(world.sandbox.apiRoot, (method, payload) => {
      if (method !== 'getUpdates') return undefined;
      asked.push(payload['offset']);
      return { status: 200, body: { ok: true, result: batches.shift() ?? [] } };
    });
    closing.push(door.close);
    world.startPoller({ gateway: world.openGateway({ apiRoot: door.apiRoot }) });
    // Whichever is handled first: both may wait at once.
    await expect.poll(() => world.handled.toSorted(), { timeout: 5_000 }).toEqual(['new', 'old']);
    expect(asked.slice(0, 3)).toEqual([0, 900_001, 0]);
  });
});

describe('replicas', () => {
  test('one polls, the other follows without asking Telegram; when the first ends, the other goes on', async () => {
    const world = await open();
    const { sandbox, handled, startPoller, lanes } = world;
    const [one, two] = [noting(world), noting(world)];
    const first = startPoller({ gateway: one.gateway });
    await sandbox.person(1001).say('one');
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['one']);
    const second = startPoller({ gateway: two.gateway });
    await expect.poll(() => second.state(), { timeout: 5_000 }).toBe('following');
    await sandbox.person(1001).say('two');
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['one', 'two']);
    expect(two.calls).toEqual([]);
    await first.stop();
    await sandbox.person(1001).say('three');
    await expect.poll(() => handled, { timeout: 15_000 }).toEqual(['one', 'two', 'three']);
    expect(second.state()).toBe('polling');
    await lanes.drainIdle();
    expect(handled).toHaveLength(3);
    expect(one.calls.concat(two.calls).filter((call) => /conflict|bad-request/.test(call))).toEqual([]);
  });

  test('a leader whose lease went to another one lets go of its request and asks nothing more', async () => {
    const world = await open({ leaseMs: 600 });
    const { gateway, calls } = noting(world);
    const poller = world.startPoller({ gateway, holdSeconds: 50 });
    await world.sandbox.person(1001).say('one');
    await expect.poll(() => world.handled, { timeout: 5_000 }).toEqual(['one']);
    await expect.poll(() => world.sandbox.pendingUpdates(), { timeout: 5_000 }).toEqual([]);
    // As after a long standstill: the lease ran out and another replica has it.
    await world.store.connection
      .collection<{ _id: string }>('lanes')
      .updateOne(
        { _id: 'poller' },
        { $set: { owner: 'another', leaseUntil: new Date(Date.now() + 60_000) } },
      );
    await expect.poll(() => poller.state(), { timeout: 10_000 }).toBe('following');
    const before = calls.length;
    await world.sandbox.person(1001).say('two');
    await world.sandbox.person(1001).say('three');
    // It looks for the lead again and again, never at Telegram.
    await expect.poll(() => world.store.leases.acquire(['poller'], 'a third')).toBe('busy');
    expect(calls.slice(before)).toEqual([]);
    expect(world.sandbox.pendingUpdates()).toHaveLength(2);
  });

  test('who leads again asks from the beginning: Telegram may have begun its numbers anew while another one led', async () => {
    const world = await open({ leaseMs: 600 });
    const asked: unknown[] = [];
    const never = new Promise<undefined>(() => undefined);
    const old = {
      update_id: 900_000,
      message: { message_id: 1, date: 0, chat: { id: 1 }, from: { id: 1 }, text: 'old' },
    };
    const door = await openTelegramDoor(world.sandbox.apiRoot, (method, { offset }) => {
      if (method !== 'getUpdates') return undefined;
      asked.push(offset);
      return asked.length === 1 ? { status: 200, body: { ok: true, result: [old] } } : never;
    });
    closing.push(door.close);
    const poller = world.startPoller({ gateway: world.openGateway({ apiRoot: door.apiRoot }) });
    await expect.poll(() => asked, { timeout: 5_000 }).toEqual([0, 900_001]);
    const leadOf = async (owner: string, leaseUntil: Date) =>
      await world.store.connection
        .collection<{ _id: string }>('lanes')
        .updateOne({ _id: 'poller' }, { $set: { owner, leaseUntil } });
    await leadOf('another', new Date(Date.now() + 60_000));
    await expect.poll(() => poller.state(), { timeout: 10_000 }).toBe('following');
    await leadOf('another', new Date(0));
    await expect.poll(() => asked, { timeout: 10_000 }).toEqual([0, 900_001, 0]);
  });

  test('a leader who cannot reach Telegram for long lets another one try', async () => {
    const world = await open();
    const door = await openTelegramDoor(world.sandbox.apiRoot, () => ({ status: 502, body: 'no' }));
    closing.push(door.close);
    const poller = world.startPoller({
      gateway: world.openGateway({ apiRoot: door.apiRoot }),
      pausesMs: [300],
    });
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('unreachable');
    const other = world.startPoller();
    await world.sandbox.person(1001).say('one');
    await expect.poll(() => world.handled, { timeout: 30_000 }).toEqual(['one']);
    expect(other.state()).toBe('polling');
    await expect.poll(() => poller.state(), { timeout: 5_000 }).toBe('following');
  });
});

test('a webhook that somebody took away is registered again, however many replicas look after it', async () => {
  const { gateway, openHook, openGateway, sandbox, handled } = await open();
  const { url, secret } = await openHook();
  const keepers = [1, 2].map(() =>
    createWebhookKeeper({ gateway: openGateway(), webhook: { url, secret }, log: quiet, checkMs: 30 }),
  );
  for (const keeper of keepers) closing.unshift(() => keeper.stop());
  await Promise.all(keepers.map((keeper) => keeper.start()));
  expect(keepers.map((keeper) => keeper.state())).toEqual(['registered', 'registered']);
  await gateway.call('deleteWebhook', {}, { urgency: 'notice' });
  await sandbox.person(1001).say('one');
  await expect.poll(() => handled, { timeout: 10_000 }).toEqual(['one']);
  await expect
    .poll(() => keepers.map((keeper) => keeper.state()), { timeout: 5_000 })
    .toEqual(['registered', 'registered']);
});

test('a webhook Telegram brings nothing to is failing while updates wait, and no longer when they have come', async () => {
  const { openHook, openGateway, sandbox, handled, state } = await open();
  const { url, secret } = await openHook();
  const keeper = createWebhookKeeper({
    gateway: openGateway(),
    webhook: { url, secret },
    log: quiet,
    checkMs: 30,
  });
  closing.unshift(() => keeper.stop());
  await keeper.start();
  state.away = true;
  await sandbox.person(1001).say('one');
  await expect.poll(() => keeper.state(), { timeout: 10_000 }).toBe('failing');
  state.away = false;
  await expect.poll(() => handled, { timeout: 20_000 }).toEqual(['one']);
  // The failure is as young as before; nothing waits.
  await expect.poll(() => keeper.state(), { timeout: 5_000 }).toBe('registered');
});

test('a webhook of which Telegram says nothing is unreachable, for as long as it says nothing', async () => {
  const { openHook, openGateway, sandbox } = await open();
  const { url, secret } = await openHook();
  let away = false;
  const door = await openTelegramDoor(sandbox.apiRoot, () =>
    away ? { status: 502, body: 'no' } : undefined,
  );
  closing.push(door.close);
  const gateway: PollerOptions['gateway'] = {
    call: (method, payload, options) =>
      openGateway({ apiRoot: door.apiRoot }).call(method, payload, { ...options, maxWaitMs: 0 }),
  };
  const keeper = createWebhookKeeper({ gateway, webhook: { url, secret }, log: quiet, checkMs: 30 });
  closing.unshift(() => keeper.stop());
  await keeper.start();
  away = true;
  const before = door.seen.length;
  const awaySince = performance.now();
  await expect.poll(() => door.seen.length, { timeout: 10_000 }).toBeGreaterThan(before + 3);
  expect(keeper.state()).toBe('unreachable');
  expect(keeper.silentMs()).toBeGreaterThan((performance.now() - awaySince) / 2);
  away = false;
  await expect.poll(() => keeper.state(), { timeout: 10_000 }).toBe('registered');
});
