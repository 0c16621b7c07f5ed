/** What comes in at the webhook in pieces, broken, too large, or from somebody who does not know the secret (fault 4). */
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { freePort } from '../support/free-port.js';
import type { Program } from '../support/program.js';
import { arrive } from '../support/steps.js';
import { openTown, type Town } from '../support/town.js';

const secret = 'a-secret-of-the-tests';
const path = '/telegram/updates';

let town: Town;
let program: Program;
beforeEach(async () => {
  town = await openTown([cast.owner]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${path}`;
  program = await town.start({
    MODE: 'webhook',
    WEBHOOK_URL: url,
    WEBHOOK_SECRET: secret,
    PORT: String(port),
  });
});
afterEach(async () => await town.close());

const headed = (headers: Readonly<Record<string, string | number>>): string => {
  const lines = Object.entries({ host: 'x', 'content-type': 'application/json', ...headers });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
};

/** Writes pieces one after the other, as long as somebody listens; gives the status of the answer. */
async function send(head: string, pieces: Iterable<Buffer>): Promise<number> {
  const socket = connect(Number(new URL(program.url).port), '127.0.0.1').setNoDelay(true);
  let answer = '';
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (data: Buffer) => {
      answer += data.toString();
      if (answer.includes('\r\n')) resolve();
    });
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
  });
  socket.write(head);
  for (const piece of pieces) {
    if (answer !== '' || socket.destroyed) break;
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  }
  await answered;
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

const known = { 'x-telegram-bot-api-secret-token': secret, connection: 'close' };
const chunked = { ...known, 'transfer-encoding': 'chunked' };

function* inChunks(body: Buffer, size: number): Iterable<Buffer> {
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    yield Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  }
  yield Buffer.from('0\r\n\r\n');
}

/** An update as Telegram would bring it, with characters of several bytes. */
const updateSaying = (updateId: number, text: string): Buffer => {
  const chat = { id: cast.owner, type: 'private', first_name: '陈晨🙏' };
  const from = { ...chat, is_bot: false, language_code: 'zh-hans' };
  const message = { message_id: updateId, date: 1_700_000_000, chat, from, text };
  return Buffer.from(JSON.stringify({ update_id: updateId, message }));
};

const residentMb = async (): Promise<number> => {
  const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};

test('a body split at every byte arrives intact', async () => {
  const owner = town.person(cast.owner);
  await arrive(owner);
  const since = owner.mark();
  const text = `${slowPermit}🙏é`;
  expect(await send(headed(chunked), inChunks(updateSaying(500_001, text), 1))).toBe(200);
  const message = await owner.waitFor(/有照片、文件/, { since });
  await owner.press(/没有材料/, { message });
  await owner.press(/仅委内可见$/, { message });
  await owner.waitFor(({ text: shown = '' }) => shown.includes(text), { since });
});

test('broken JSON is 400, what is no update is 400, 30 MB is 413, a wrong or missing secret 401; memory stays flat', async () => {
  const json = (body: string): Promise<number> =>
    send(headed({ ...known, 'content-length': Buffer.byteLength(body) }), [Buffer.from(body)]);
  expect(await json('{"update_id": 5')).toBe(400);
  expect(await json('[]')).toBe(400);
  expect(await json('{"update_id":"5"}')).toBe(400);
  expect(await json('null')).toBe(400);
  const body = updateSaying(500_003, 'x');
  for (const wrong of ['', 'wrong', secret.slice(0, -1), `${secret}x`])
    expect(
      await send(
        headed({ ...known, 'x-telegram-bot-api-secret-token': wrong, 'content-length': body.length }),
        [body],
      ),
      wrong,
    ).toBe(401);
  expect(await send(headed({ connection: 'close', 'content-length': body.length }), [body])).toBe(401);

  const large = Buffer.alloc(30 * 1024 * 1024, 0x20);
  const announced = { 'content-length': large.length };
  // Whoever says how much is coming is answered before it comes.
  expect(await send(headed({ ...known, ...announced }), [])).toBe(413);
  expect(await send(headed({ connection: 'close', ...announced }), [])).toBe(401);
  // Whoever just sends is cut off, with an answer or, since he still writes, without.
  const pour = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    await send(headed(headers), inChunks(large, 65_536));
  expect([413, 0]).toContain(await pour(chunked));
  const before = await residentMb();
  for (let i = 0; i < 12; i++) {
    expect([413, 0]).toContain(await pour(chunked));
    expect([401, 0]).toContain(await pour({ connection: 'close', 'transfer-encoding': 'chunked' }));
  }
  const after = await residentMb();
  // 24 bodies of 30 MB are 720 MB; less than three of them may be left of all.
  expect(after - before).toBeLessThan(80);
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
});
