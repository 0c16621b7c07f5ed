import { afterEach, expect, test } from 'vitest';
import { makeBed, startPeople, token, type Bed } from './bed.js';

let bed: Bed;
let now = 1_700_000_000_000;
afterEach(() => bed.sandbox.close());

const open = async (limits: Record<string, number> = {}): Promise<void> => {
  bed = await makeBed({ limits, now: () => now, groups: [{ id: -100_7, title: 'Group', members: [] }] });
  await startPeople(bed);
};
const send = (chat_id: number) => bed.call('sendMessage', { chat_id, text: 'x' });

test('a chat takes its burst, then one a second, with retry_after', async () => {
  await open({ chatBurst: 3 });
  for (let index = 0; index < 3; index += 1) expect(await send(1001)).toMatchObject({ ok: true });
  const refused = await send(1001);
  expect(refused).toMatchObject({
    status: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
  expect(await send(1002)).toMatchObject({ ok: true });
  now += 1000;
  expect(await send(1001)).toMatchObject({ ok: true });
  expect(await send(1001)).toMatchObject({ status: 429 });
});

test('the whole bot takes 30 a second', async () => {
  await open({ chatBurst: 100 });
  for (let index = 0; index < 30; index += 1)
    expect(await send(1001 + (index % 2))).toMatchObject({ ok: true });
  expect(await send(1001)).toMatchObject({ status: 429 });
  now += 100;
  expect(await send(1001)).toMatchObject({ ok: true });
});

test('a group takes 20 a minute', async () => {
  await open();
  for (let index = 0; index < 20; index += 1) expect(await send(-100_7)).toMatchObject({ ok: true });
  expect(await send(-100_7)).toMatchObject({ status: 429, parameters: { retry_after: 3 } });
});

test('edits count like messages; answers to presses and reading do not', async () => {
  await open({ chatBurst: 2 });
  const { result } = await send(1001);
  const message_id = (result as { message_id: number }).message_id;
  expect(await bed.call('editMessageText', { chat_id: 1001, message_id, text: 'y' })).toMatchObject({
    ok: true,
  });
  expect(await bed.call('editMessageText', { chat_id: 1001, message_id, text: 'z' })).toMatchObject({
    status: 429,
  });
  expect(await bed.call('getChat', { chat_id: 1001 })).toMatchObject({ ok: true });
});

test('401, 404 and 413 speak like Telegram', async () => {
  await open();
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> =>
    (await fetch(`${bed.sandbox.apiRoot}${path}`, init)).json();
  expect(await ask('/bot1:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  expect(await ask('/botnonsense/getMe')).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
  expect(await ask(`/bot${token}/sendNothing`)).toEqual({
    ok: false,
    error_code: 404,
    description: 'Not Found',
  });
  const form = new FormData();
  form.append('chat_id', '1001');
  form.append('document', new Blob([Buffer.alloc(51 * 1024 * 1024)]), 'big.bin');
  expect(await ask(`/bot${token}/sendDocument`, { method: 'POST', body: form })).toEqual({
    ok: false,
    error_code: 413,
    description: 'Request Entity Too Large',
  });
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"chat_id":' };
  expect(await ask(`/bot${token}/sendMessage`, broken)).toMatchObject({
    error_code: 400,
    description: "Bad Request: can't parse JSON object",
  });
  expect(await ask(`/bot${token}/GETME?`)).toMatchObject({ ok: true });
  const urlencoded = new URLSearchParams({ chat_id: '1001', text: 'form', disable_notification: 'true' });
  expect(await ask(`/bot${token}/sendMessage`, { method: 'POST', body: urlencoded })).toMatchObject({
    ok: true,
  });
});
