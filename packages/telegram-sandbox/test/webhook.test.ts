import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Update } from '../src/wire.js';
import { makeBed, type Bed } from './bed.js';

type Delivery = {
  readonly update: Update;
  readonly secret: string | undefined;
  readonly answer: (status: number, body?: string) => void;
};

let bed: Bed;
let server: Server;
let deliveries: Delivery[];
let arrived: (() => void)[];

/** Waits until the hook has been called n times in all. */
const calls = async (count: number): Promise<readonly Delivery[]> => {
  while (deliveries.length < count) {
    await new Promise<void>((resolve) => {
      arrived.push(resolve);
    });
  }
  return deliveries;
};

beforeEach(async () => {
  deliveries = [];
  arrived = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const secret = request.headers['x-telegram-bot-api-secret-token'];
      deliveries.push({
        update: JSON.parse(Buffer.concat(chunks).toString()) as Update,
        secret: typeof secret === 'string' ? secret : undefined,
        answer: (status, body = '') =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      });
      for (const wake of arrived.splice(0)) wake();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  bed = await makeBed();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  expect(await bed.call('setWebhook', { url, secret_token: 'se-cret' })).toMatchObject({ ok: true });
});
afterEach(async () => {
  await bed.sandbox.close();
  server.closeAllConnections();
  server.close();
});

test('an update comes with the secret, and is gone after 200', async () => {
  await bed.sandbox.person(1001).say('hello');
  const [first] = await calls(1);
  expect(first).toMatchObject({ secret: 'se-cret', update: { message: { text: 'hello' } } });
  expect((await bed.call('getWebhookInfo')).result).toMatchObject({ pending_update_count: 1 });
  first?.answer(200, JSON.stringify({ method: 'sendMessage', chat_id: 1001, text: 'answered in the reply' }));
  await bed.sandbox.person(1001).waitFor('answered in the reply');
  expect((await bed.call('getWebhookInfo')).result).toMatchObject({ pending_update_count: 0 });
});

test('a failed delivery is repeated before the next of that chat, and the failure is told', async () => {
  await bed.sandbox.person(1001).say('first');
  await bed.sandbox.person(1001).say('second');
  (await calls(1))[0]?.answer(500);
  const [, again] = await calls(2);
  expect(again?.update.message?.text).toBe('first');
  expect((await bed.call('getWebhookInfo')).result).toMatchObject({
    pending_update_count: 2,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  });
  again?.answer(200);
  expect((await calls(3))[2]?.update.message?.text).toBe('second');
});

test('one chat waits for its turn, others do not', async () => {
  await bed.sandbox.person(1001).say('slow');
  await calls(1);
  await bed.sandbox.person(1001).say('behind');
  await bed.sandbox.person(1002).say('beside');
  expect((await calls(2)).map(({ update }) => update.message?.text)).toEqual(['slow', 'beside']);
  deliveries[0]?.answer(200);
  expect((await calls(3))[2]?.update.message?.text).toBe('behind');
});

test('a press overtakes the messages of the same person', async () => {
  await bed.sandbox.person(1001).start();
  (await calls(1))[0]?.answer(200);
  await bed.call('sendMessage', {
    chat_id: 1001,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  });
  await bed.sandbox.person(1001).say('slow');
  await calls(2);
  const pressed = bed.sandbox.person(1001).press('b', { timeoutMs: 1 });
  expect((await calls(3))[2]?.update.callback_query?.data).toBe('d');
  await pressed;
});

test('a duplicate rule delivers one update five times at once', async () => {
  bed.sandbox.faults.add([{ kind: 'duplicate', count: 1 }]);
  await bed.sandbox.person(1001).say('many');
  const five = await calls(5);
  expect(new Set(five.map(({ update }) => update.update_id)).size).toBe(1);
  for (const { answer } of five) answer(200);
  await bed.sandbox.person(1001).say('one');
  const sixth = (await calls(6))[5];
  expect(sixth?.update.message?.text).toBe('one');
});

test('updates wait for a bot that is away and come in order', async () => {
  await bed.call('deleteWebhook');
  for (const text of ['a', 'b']) await bed.sandbox.person(1001).say(text);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  await bed.call('setWebhook', { url });
  const [first] = await calls(1);
  expect(first).toMatchObject({ secret: undefined, update: { message: { text: 'a' } } });
  first?.answer(200);
  expect((await calls(2))[1]?.update.message?.text).toBe('b');
});

test('an update whose answer got lost comes again', async () => {
  bed.sandbox.faults.add([{ kind: 'dropAfter', method: 'webhook', count: 1 }]);
  await bed.sandbox.person(1001).say('twice');
  (await calls(1))[0]?.answer(200);
  const [first, second] = await calls(2);
  expect(second?.update).toEqual(first?.update);
});

test('an outage stops deliveries too; afterwards they come', async () => {
  bed.sandbox.faults.add([{ kind: 'outage' }]);
  await bed.sandbox.person(1001).say('late');
  await expect(bed.call('getMe')).rejects.toThrow('fetch failed');
  expect(deliveries).toEqual([]);
  bed.sandbox.faults.clear();
  expect((await calls(1))[0]?.update.message?.text).toBe('late');
});
