import { connect, type AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClockMove } from '../../../src/http/clock-move.js';
import { createHttp, type HttpOptions } from '../../../src/http/server.js';
import { createLog } from '../../../src/log.js';

const secret = 'right-secret';
const path = '/telegram/hook';
const isFull = () => Promise.resolve(false);
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const start = (parts: Partial<HttpOptions> = {}) => {
  const accepted: unknown[] = [];
  const moves: ClockMove[] = [];
  const now = new Date('2026-03-02T01:00:00Z');
  const http = createHttp({
    readiness: () => Promise.resolve({ ready: true, checks: { store: 'ok' }, figures: {} }),
    metrics: new Registry(),
    webhook: { path, secret, accept: (update) => Promise.resolve(void accepted.push(update)), isFull },
    dev: {
      moveClock: (move) => Promise.resolve((moves.push(move), { now })),
      state: () =>
        Promise.resolve({
          now,
          cases: { filed: 1 },
          deliveries: { sent: 1 },
          ambiguous: 0,
          deadLetters: 0,
          next: [{ at: now, what: 'case' }],
          timeZone: 'Asia/Shanghai',
        }),
    },
    log: createLog('silent'),
    ...parts,
  });
  closing.push(() => http.close());
  const deliver = (payload: string | object, headers: Record<string, string> = {}) =>
    http.inject({
      method: 'POST',
      url: path,
      payload,
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret, ...headers },
    });
  return { http, accepted, moves, deliver };
};

describe('health', () => {
  test('alive is always 200, ready says what is missing', async () => {
    const missing = { ready: false, checks: { store: 'away' }, figures: { storeMs: null } };
    const { http } = start({ readiness: () => Promise.resolve(missing) });
    expect((await http.inject('/healthz')).json()).toEqual({ ok: true });
    const ready = await http.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([503, missing]);
    expect((await start().http.inject('/readyz')).statusCode).toBe(200);
    expect((await http.inject('/metrics')).headers['content-type']).toContain('text/plain');
  });
});

describe('webhook', () => {
  test('an update is answered 200 after it was stored', async () => {
    const { deliver, accepted } = start();
    expect((await deliver({ update_id: 5, message: { text: '您好' } })).statusCode).toBe(200);
    expect(accepted).toEqual([{ update_id: 5, message: { text: '您好' } }]);
  });

  test('when the store does not acknowledge, the answer is 503 and tells nothing', async () => {
    const accept = () => Promise.reject(new Error('words of the store'));
    const { deliver } = start({ webhook: { path, secret, accept, isFull } });
    const answer = await deliver({ update_id: 5 });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('words of the store');
  });

  test.each([
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'wrong' }],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['the beginning of the secret', { 'x-telegram-bot-api-secret-token': 'right-secre' }],
  ])('%s is 401 and stores nothing', async (_name, headers) => {
    const { deliver, accepted } = start();
    expect((await deliver({ update_id: 5 }, headers)).statusCode).toBe(401);
    expect(accepted).toEqual([]);
  });

  test('without a secret it is 401', async () => {
    const { http } = start();
    expect((await http.inject({ method: 'POST', url: path, payload: { update_id: 5 } })).statusCode).toBe(
      401,
    );
  });

  test('what is not JSON or not an update is 400, what is too long 413, and nothing of it comes back', async () => {
    const { deliver, accepted } = start();
    for (const payload of ['{"update_id": 5', '[]', '{"update_id":"5"}', 'null']) {
      const answer = await deliver(payload);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).not.toContain('update_id');
    }
    expect((await deliver(`{"update_id":5,"x":"${'x'.repeat(1_100_000)}"}`)).statusCode).toBe(413);
    expect(accepted).toEqual([]);
  });

  test('a body split at every byte arrives unchanged', async () => {
    const { http, accepted } = start();
    await http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = http.server.address() as AddressInfo;
    const body = Buffer.from(JSON.stringify({ update_id: 5, message: { text: '营业执照🙏é' } }));
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-telegram-bot-api-secret-token: ${secret}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const answered = new Promise<string>((resolve) => {
      let answer = '';
      socket.on('data', (data: Buffer) => (answer += data.toString()));
      socket.on('close', () => resolve(answer));
    });
    socket.write(head);
    for (const byte of body) {
      await new Promise((resolve) =>
        socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]), resolve),
      );
    }
    socket.write('0\r\n\r\n');
    expect(await answered).toContain('200 OK');
    expect(accepted).toEqual([{ update_id: 5, message: { text: '营业执照🙏é' } }]);
  });

  test('30 MB without the secret are refused before they are read', async () => {
    const { http } = start();
    await http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = http.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const answered = new Promise<string>((resolve) => {
      socket.once('data', (data: Buffer) => resolve(data.toString()));
    });
    socket.on('error', () => undefined);
    // Only the head is sent: the answer must not wait for a body.
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 31457280\r\n\r\n`,
    );
    expect(await answered).toContain('401');
    socket.destroy();
  });
});

describe('moving the clock', () => {
  const move = { method: 'POST', url: '/dev/clock', payload: { advance: 'PT24H' } } as const;

  test('the answer is the new time; the state is as the program tells it', async () => {
    const { http, moves } = start();
    expect((await http.inject(move)).json()).toEqual({ now: '2026-03-02T01:00:00.000Z' });
    expect(moves).toEqual([{ kind: 'advance', ms: 86_400_000 }]);
    expect((await http.inject('/dev/state')).json()).toEqual({
      now: '2026-03-02T01:00:00.000Z',
      cases: { filed: 1 },
      deliveries: { sent: 1 },
      ambiguous: 0,
      deadLetters: 0,
      next: [{ at: '2026-03-02T01:00:00.000Z', what: 'case' }],
      timeZone: 'Asia/Shanghai',
    });
  });

  test('a mistake is 400 with a sentence and moves nothing', async () => {
    const { http, moves } = start();
    const answer = await http.inject({ ...move, payload: { advance: 'x' } });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: expect.stringContaining('ISO duration') as string },
    ]);
    expect(moves).toEqual([]);
  });

  test.each([
    ['another machine', { remoteAddress: '10.0.0.7' }],
    ['a proxy that speaks for another', { headers: { 'x-forwarded-for': '10.0.0.7' } }],
    ['a web page of another origin', { headers: { origin: 'https://evil.example' } }],
    ['a page without an origin', { headers: { origin: 'null' } }],
    ['a name that was bent to this machine', { headers: { host: 'evil.example' } }],
  ])('%s finds nothing there', async (_name, from) => {
    const { http, moves } = start();
    expect((await http.inject({ ...move, ...from })).statusCode).toBe(404);
    expect((await http.inject({ url: '/dev/state', ...from })).statusCode).toBe(404);
    expect(moves).toEqual([]);
  });

  test('without time travel there is no such route', async () => {
    const http = createHttp({
      readiness: () => Promise.resolve({ ready: true, checks: {}, figures: {} }),
      metrics: new Registry(),
      log: createLog('silent'),
    });
    closing.push(() => http.close());
    expect((await http.inject(move)).statusCode).toBe(404);
  });
});
