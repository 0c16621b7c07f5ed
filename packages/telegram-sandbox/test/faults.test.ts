import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFaults } from '../src/faults.js';
import { makeBed, startPeople, token, type Bed } from './bed.js';

let bed: Bed;
beforeEach(async () => {
  bed = await makeBed();
  await startPeople(bed);
});
afterEach(() => bed.sandbox.close());

const send = (chat_id = 1001) => bed.call('sendMessage', { chat_id, text: 'x' });
const sent = (): number => bed.sandbox.journal().filter(({ method }) => method === 'sendMessage').length;

test('5xx strikes as often as asked, before anything is accepted', async () => {
  bed.sandbox.faults.add([{ kind: '5xx', method: 'sendMessage', count: 1 }]);
  expect(await send()).toMatchObject({ status: 502, ok: false, error_code: 502 });
  expect(sent()).toBe(0);
  expect(await send()).toMatchObject({ ok: true });
});

test('429 carries retry_after and can be bound to one chat', async () => {
  bed.sandbox.faults.add([{ kind: '429', chatId: 1001, retryAfter: 7 }]);
  expect(await send()).toMatchObject({
    status: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  expect(await send(1002)).toMatchObject({ ok: true });
});

test('dropBefore cuts the connection and accepts nothing', async () => {
  bed.sandbox.faults.add([{ kind: 'dropBefore', method: 'sendMessage', count: 1 }]);
  await expect(send()).rejects.toThrow('fetch failed');
  expect(sent()).toBe(0);
});

test('dropAfter accepts, journals, and cuts the connection', async () => {
  bed.sandbox.faults.add([{ kind: 'dropAfter', method: 'sendMessage', count: 1 }]);
  await expect(send()).rejects.toThrow('fetch failed');
  expect(sent()).toBe(1);
  const message = bed.sandbox.person(1001).last();
  expect(message?.text).toBe('x');
  await send();
  const told = await fetch(`${bed.sandbox.apiRoot}/sandbox/faults`);
  expect(await told.json()).toEqual({ lostAnswers: [message?.messageId] });
});

test('5xxAfter accepts and answers 502', async () => {
  bed.sandbox.faults.add([{ kind: '5xxAfter', method: 'sendMessage', count: 1 }]);
  expect(await send()).toMatchObject({ status: 502 });
  expect(sent()).toBe(1);
});

test('a half-open connection stays silent until the caller gives up', async () => {
  bed.sandbox.faults.add([{ kind: 'hangBefore', method: 'getMe', count: 1 }]);
  const url = `${bed.sandbox.apiRoot}/bot${token}/getMe`;
  await expect(fetch(url, { signal: AbortSignal.timeout(150) })).rejects.toThrow('aborted due to timeout');
  expect((await fetch(url)).status).toBe(200);
});

test('latency delays and then lets through', async () => {
  bed.sandbox.faults.add([{ kind: 'latency', ms: 120, count: 1 }]);
  const before = performance.now();
  expect(await send()).toMatchObject({ ok: true });
  expect(performance.now() - before).toBeGreaterThan(110);
});

test('rules come and go over the control API, and nonsense is refused', async () => {
  expect(await bed.control('/faults', { rules: [{ kind: '5xx' }] })).toMatchObject({ status: 200 });
  expect(await send()).toMatchObject({ status: 502 });
  await fetch(`${bed.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
  expect(await send()).toMatchObject({ ok: true });
  expect(await bed.control('/faults', { rules: [{ kind: 'earthquake' }] })).toMatchObject({ status: 400 });
});

test('the same seed strikes the same calls; an outage ends', () => {
  const run = (seed: number): string => {
    const faults = createFaults(() => 0);
    faults.add([{ kind: '5xx', probability: 0.3, seed }]);
    return Array.from({ length: 60 }, () => (faults.strike({ method: 'x', chatId: 1 }) ? 'x' : '.')).join('');
  };
  expect(run(5)).toBe(run(5));
  expect(run(5)).not.toBe(run(6));
  let now = 0;
  const faults = createFaults(() => now);
  faults.add([{ kind: 'outage', ms: 1000 }]);
  expect(faults.strike({ method: 'x', chatId: 1 })?.kind).toBe('outage');
  now = 1001;
  expect(faults.strike({ method: 'x', chatId: 1 })).toBeUndefined();
});
