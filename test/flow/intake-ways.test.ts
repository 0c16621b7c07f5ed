import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../src/http/server.js';
import type { Incoming } from '../../src/store/inbox.js';
import { createIntake } from '../../src/telegram/intake.js';
import { createPoller } from '../../src/telegram/poller.js';
import { registerWebhook } from '../../src/telegram/webhook.js';
import { botId, openIntakeStore, quiet } from '../support/intake-store.js';
import { openTelegram } from '../support/intake-telegram.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Telegram, a store, and lanes that write down what reaches the handlers; the store can be told to be away. */
const open = async () => {
  const store = await openIntakeStore();
  closing.push(store.close);
  const telegram = await openTelegram();
  closing.push(telegram.close);
  await telegram.everybodyStarts();
  const gateway = telegram.openGateway();
  const handled: string[] = [];
  const state = { away: false, refused: 0 };
  const inbox = {
    insert: (bot: number, incoming: readonly Incoming[]) => {
      if (!state.away) return store.inbox.insert(bot, incoming);
      state.refused += 1;
      return Promise.reject(new Error('the store is away'));
    },
  };
  const lanes = store.startLanes(store, {
    handle: (update) =>
      Promise.resolve(
        void handled.push('message' in update && 'text' in update.message ? update.message.text : '?'),
      ),
  });
  const intake = createIntake({ inbox, botId, kick: lanes.kick });
  const startPoller = () => {
    const poller = createPoller({ gateway, intake, log: quiet, holdSeconds: 5, pausesMs: [10] });
    closing.push(() => poller.stop());
    poller.start();
    return poller;
  };
  const openHook = async () => {
    const secret = 'hook-secret';
    const http = createHttp({
      readiness: () => Promise.resolve({ ready: true, checks: {} }),
      metrics: new Registry(),
      webhook: { path: '/hook', secret, accept: (update) => intake.accept([update]) },
      log: quiet,
    });
    closing.push(() => http.close());
    await http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = http.server.address() as AddressInfo;
    return registerWebhook(gateway, { url: `http://127.0.0.1:${port}/hook`, secret });
  };
  return { ...telegram, gateway, handled, state, lanes, startPoller, openHook };
};

describe.each(['polling', 'webhook'] as const)('%s', (mode) => {
  const begin = async () => {
    const world = await open();
    if (mode === 'polling') world.startPoller();
    else expect(await world.openHook()).toMatchObject({ ok: true });
    return world;
  };

  test('what a person says reaches the handlers, in order, and is confirmed to Telegram', async () => {
    const { sandbox, handled } = await begin();
    for (const text of ['一', '二', '三']) await sandbox.person(1001).say(text);
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['一', '二', '三']);
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 10_000 }).toEqual([]);
  });

  test('while the store is away nothing is confirmed; afterwards everything is handled once (fault 2)', async () => {
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
});

describe('the poller', () => {
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

  test('it stops at once although Telegram holds its request', async () => {
    const { sandbox, startPoller } = await open();
    const poller = startPoller();
    await sandbox.person(1001).say('one');
    // Confirmed means: the next request is on its way, and there is nothing to answer it with.
    await expect.poll(() => sandbox.pendingUpdates(), { timeout: 5_000 }).toEqual([]);
    const startedAt = performance.now();
    await poller.stop();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('a refused token ends polling and is seen', async () => {
    const { openGateway } = await open();
    const gateway = openGateway({ token: '1:wrong' });
    const intake = { accept: () => Promise.resolve() };
    const poller = createPoller({ gateway, intake, log: quiet, pausesMs: [10] });
    closing.push(() => poller.stop());
    poller.start();
    await expect.poll(() => poller.state()).toBe('unauthorized');
  });

  test('a second poller is a conflict; when it leaves, polling goes on', async () => {
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

  test('a webhook left over from another life does not stand in the way', async () => {
    const { sandbox, gateway, handled, startPoller } = await open();
    await registerWebhook(gateway, { url: 'http://127.0.0.1:9/hook', secret: 'x' });
    startPoller();
    await sandbox.person(1001).say('one');
    await expect.poll(() => handled, { timeout: 5_000 }).toEqual(['one']);
  });
});
