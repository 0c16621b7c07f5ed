import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBed, startPeople, type Bed } from './bed.js';

let bed: Bed;
beforeEach(async () => {
  bed = await makeBed({ title: 'Trial' });
});
afterEach(() => bed.sandbox.close());

/** Reads server-sent events until one of that name comes. */
const nextEvent = async (reader: ReadableStreamDefaultReader<Uint8Array>, name: string): Promise<unknown> => {
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended before ${name}`);
    text += Buffer.from(value).toString();
    const found = new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`).exec(text);
    if (found?.[1]) return JSON.parse(found[1]);
  }
};

test('the state lists the people with what is unread', async () => {
  await startPeople(bed);
  await bed.call('sendMessage', { chat_id: 1001, text: 'news' });
  const { body } = await bed.control('/state');
  expect(body).toMatchObject({
    title: 'Trial',
    bot: { id: 7000, username: 'sandbox_bot' },
    clock: false,
    people: [
      {
        id: 1001,
        unread: 1,
        started: true,
        blocked: false,
        lastMessage: { text: 'news' },
        label: { en: 'Owner 1' },
      },
      { id: 1002, unread: 0, started: true },
      { id: 1003, unread: 0, started: false },
    ],
  });
  await bed.control('/people/1001/read', { upTo: bed.sandbox.person(1001).last()?.messageId });
  expect((await bed.control('/state')).body).toMatchObject({ people: [{ unread: 0 }, {}, {}] });
});

test('a person acts over HTTP as in a test', async () => {
  expect(await bed.control('/people/1001/start', { payload: 'x1' })).toMatchObject({ status: 200 });
  await bed.control('/people/1001/say', { text: 'hello' });
  const dataBase64 = Buffer.from('abc').toString('base64');
  await bed.control('/people/1001/file', {
    kind: 'document',
    fileName: 'a.txt',
    mimeType: 'text/plain',
    dataBase64,
    caption: 'c',
  });
  const form = new FormData();
  form.append('kind', 'document');
  form.append('file', new File(['abc'], 'b.txt', { type: 'text/plain' }));
  expect(
    (await fetch(`${bed.sandbox.url}/sandbox/people/1001/file`, { method: 'POST', body: form })).status,
  ).toBe(200);
  await bed.control('/people/1001/album', {
    items: [
      { kind: 'document', dataBase64 },
      { kind: 'document', dataBase64 },
    ],
  });
  await bed.control('/people/1001/location', { latitude: 1, longitude: 2 });
  const { body } = await bed.control('/people/1001/messages?limit=3');
  expect(body).toMatchObject({
    messages: [{ document: {} }, { document: {} }, { location: { latitude: 1 } }],
    typing: false,
  });
  expect(
    bed.sandbox
      .person(1001)
      .messages()
      .map(({ text, document }) => text ?? document?.fileName),
  ).toEqual(['/start x1', 'hello', 'a.txt', 'b.txt', 'file', 'file', undefined]);
});

test('a press waits for the answer of the bot', async () => {
  await startPeople(bed);
  await bed.call('sendMessage', {
    chat_id: 1001,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  });
  const messageId = bed.sandbox.person(1001).last()?.messageId;
  const pressed = bed.control('/people/1001/press', { messageId, text: 'b' });
  const [update] = (
    await bed.call('getUpdates', { offset: -1, timeout: 5, allowed_updates: ['callback_query'] })
  ).result as { callback_query?: { id: string } }[];
  const query =
    update?.callback_query ??
    (
      (await bed.call('getUpdates', { offset: -1, timeout: 5 })).result as {
        callback_query: { id: string };
      }[]
    )[0]?.callback_query;
  await bed.call('answerCallbackQuery', { callback_query_id: query?.id, text: 'seen', show_alert: true });
  expect(await pressed).toMatchObject({
    status: 200,
    body: { callbackQueryId: query?.id, answer: { text: 'seen', showAlert: true } },
  });
  expect(await bed.control('/people/1001/press', { messageId, text: 'none' })).toMatchObject({ status: 404 });
});

test('events tell messages, edits, typing and deletions as they happen', async () => {
  await startPeople(bed);
  const response = await fetch(`${bed.sandbox.url}/sandbox/events`);
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no stream');
  await bed.call('sendChatAction', { chat_id: 1001, action: 'typing' });
  expect(await nextEvent(reader, 'typing')).toEqual({ personId: 1001 });
  expect((await bed.control('/people/1001/messages')).body).toMatchObject({ typing: true });
  const { result } = await bed.call('sendMessage', { chat_id: 1001, text: 'live' });
  expect(await nextEvent(reader, 'message')).toMatchObject({
    personId: 1001,
    message: { text: 'live', from: 'bot' },
  });
  const message_id = (result as { message_id: number }).message_id;
  await bed.call('editMessageText', { chat_id: 1001, message_id, text: 'live 2' });
  expect(await nextEvent(reader, 'edit')).toMatchObject({
    personId: 1001,
    message: { messageId: message_id, text: 'live 2' },
  });
  await bed.call('deleteMessage', { chat_id: 1001, message_id });
  expect(await nextEvent(reader, 'delete')).toEqual({ personId: 1001, messageId: message_id });
  await bed.call('setMyCommands', { commands: [{ command: 'a', description: 'b' }] });
  expect(await nextEvent(reader, 'commands')).toEqual({ personId: 1001 });
  await reader.cancel();
});

test('commands are resolved by scope, then language', async () => {
  const set = (command: string, more: Record<string, unknown>) =>
    bed.call('setMyCommands', { commands: [{ command, description: 'd' }], ...more });
  await set('any', {});
  await set('zh', { language_code: 'zh' });
  await set('mine', { scope: { type: 'chat', chat_id: 1003 } });
  const commandsOf = async (id: number): Promise<unknown> =>
    (await bed.control(`/people/${id}/messages`)).body;
  expect(await commandsOf(1001)).toMatchObject({ commands: [{ command: 'zh' }] });
  expect(await commandsOf(1002)).toMatchObject({ commands: [{ command: 'any' }] });
  expect(await commandsOf(1003)).toMatchObject({ commands: [{ command: 'mine' }] });
});

test('the clock is passed through to the program, and 503 when it is down', async () => {
  expect(await bed.control('/clock')).toMatchObject({ status: 503 });
  const asked: string[] = [];
  const program = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => asked.push(chunk.toString()));
    request.on('end', () =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"now":"2026-03-02T01:00:00.000Z"}'),
    );
    request.resume();
  });
  await new Promise<void>((resolve) => {
    program.listen(0, '127.0.0.1', resolve);
  });
  const other = await makeBed({ programUrl: `http://127.0.0.1:${(program.address() as AddressInfo).port}` });
  expect(await other.control('/clock', { advance: 'PT1H' })).toMatchObject({
    status: 200,
    body: { now: '2026-03-02T01:00:00.000Z' },
  });
  expect(asked).toEqual(['{"advance":"PT1H"}']);
  expect(await other.control('/clock', { back: 'PT1H' })).toMatchObject({ status: 400 });
  program.closeAllConnections();
  program.close();
  expect(await other.control('/clock')).toMatchObject({ status: 503 });
  await other.sandbox.close();
});

test('the page is served, and nothing outside its folder', async () => {
  const page = await fetch(`${bed.sandbox.url}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${bed.sandbox.url}/assets/..%2f..%2fpackage.json`)).status).toBe(404);
});

test('a foreign page or another host name is refused', async () => {
  const headers = { origin: 'https://evil.example' };
  expect((await fetch(`${bed.sandbox.url}/sandbox/state`, { headers })).status).toBe(403);
  expect(
    (await fetch(`${bed.sandbox.url}/sandbox/state`, { headers: { origin: bed.sandbox.url } })).status,
  ).toBe(200);
});

test('files that a browser could run are downloaded, not shown', async () => {
  await bed.sandbox
    .person(1001)
    .document({ name: 'x.html', mimeType: 'text/html', bytes: Buffer.from('<script>1</script>') });
  const response = await fetch(`${bed.sandbox.url}${bed.sandbox.person(1001).last()?.document?.url}`);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('the journal tells every accepted call after a number, and no refused one', async () => {
  await startPeople(bed);
  await bed.call('sendMessage', { chat_id: 1001, text: '' });
  await bed.call('sendMessage', { chat_id: 1001, text: 'kept' });
  const { body } = await bed.control('/journal');
  expect(body).toMatchObject([{ method: 'sendMessage', chatId: 1001, payload: { text: 'kept' } }]);
  await bed.form('sendDocument', { chat_id: '1001', document: new File(['abc'], 'a.txt') });
  expect(bed.sandbox.journal().at(-1)?.payload).toEqual({
    chat_id: '1001',
    uploads: { document: { fileName: 'a.txt', size: 3 } },
  });
  expect((await bed.control('/people/1001/history')).body).toMatchObject([
    { kind: 'new', by: 'person', text: '/start' },
    { kind: 'new', by: 'bot', text: 'kept' },
    { kind: 'new', by: 'bot', text: '' },
  ]);
  const [{ seq } = { seq: 0 }] = body as { seq: number }[];
  expect((await bed.control(`/journal?after=${seq}`)).body).toMatchObject([{ method: 'sendDocument' }]);
});
