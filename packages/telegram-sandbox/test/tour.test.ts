import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SandboxOptions } from '../src/index.js';
import { makeBed, startPeople, type Bed } from './bed.js';

const both = (text: string) => ({ zh: text, en: text });
const tour: SandboxOptions['tour'] = [
  {
    id: 'receipt',
    title: both('Report'),
    hint: both('Write it'),
    personId: 1001,
    paste: both('The permit does not move'),
    doneWhen: { personId: 1001, text: 'ZT-\\d+' },
  },
  {
    id: 'sign',
    title: both('Sign'),
    hint: both('Press it'),
    doneWhen: { personId: 1002, pressed: '签收|^Sign$' },
  },
  { id: 'clock', title: both('Wait'), hint: both('Move the clock'), doneWhen: { clockMoved: true } },
];

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
const bedWith = async (options: Partial<SandboxOptions>): Promise<Bed> => {
  const bed = await makeBed({ tour, ...options });
  closing.push(() => bed.sandbox.close());
  return bed;
};
const doneIn = async (bed: Bed): Promise<readonly string[]> => {
  const { body } = await bed.control('/state');
  const { tour: steps } = body as { tour: readonly { id: string; done: boolean }[] };
  return steps.filter(({ done }) => done).map(({ id }) => id);
};
const send = (bed: Bed, chat_id: number, text: string, more: Record<string, unknown> = {}) =>
  bed.call('sendMessage', { chat_id, text, ...more });

test('a step is ticked when the bot says the words to that person, in an edit too, and not when somebody else reads or says them', async () => {
  const bed = await bedWith({});
  await startPeople(bed);
  await send(bed, 1002, 'ZT-1');
  await bed.sandbox.person(1001).say('ZT-2');
  expect(await doneIn(bed)).toEqual([]);
  const sent = await send(bed, 1001, 'Review');
  const { message_id } = sent.result as { message_id: number };
  await bed.call('editMessageText', { chat_id: 1001, message_id, text: 'Received: ZT-3' });
  expect(await doneIn(bed)).toEqual(['receipt']);
});

test('a step is ticked by the label of the button that was pressed, whatever its data says', async () => {
  const bed = await bedWith({});
  await startPeople(bed);
  const inline_keyboard = [
    [
      { text: 'Return', callback_data: 'Sign' },
      { text: 'Sign', callback_data: 'x' },
    ],
  ];
  await send(bed, 1002, 'Please sign', { reply_markup: { inline_keyboard } });
  await send(bed, 1001, 'Please sign', { reply_markup: { inline_keyboard } });
  const pressing = (id: number, label: string): Promise<unknown> => bed.sandbox.person(id).press(label);
  const answer = async (): Promise<void> => {
    const query = bed.sandbox.pendingUpdates().at(-1);
    const id = query && 'callback_query' in query ? (query.callback_query as { id: string }).id : '';
    await bed.call('answerCallbackQuery', { callback_query_id: id });
  };
  for (const [id, label, done] of [
    [1002, 'Return', []],
    [1001, 'Sign', []],
    [1002, 'Sign', ['sign']],
  ] as const) {
    const before = bed.sandbox.pendingUpdates().length;
    const pressed = pressing(id, label);
    await expect.poll(() => bed.sandbox.pendingUpdates().length).toBe(before + 1);
    await answer();
    await pressed;
    expect(await doneIn(bed)).toEqual(done);
  }
});

test('ticks are told to open pages, survive a restart, and moving the clock is one of the things that count', async () => {
  const program = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"now":"2026-03-02T01:00:00.000Z"}');
  });
  program.listen(0, '127.0.0.1');
  await once(program, 'listening');
  closing.push(async () => program.close());
  const address = program.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const dataDir = await mkdtemp(join(tmpdir(), 'tour-'));
  closing.push(() => rm(dataDir, { recursive: true }));

  const bed = await makeBed({ tour, dataDir, programUrl: `http://127.0.0.1:${port}` });
  const events = await fetch(`${bed.sandbox.url}/sandbox/events`);
  await startPeople(bed);
  await send(bed, 1001, 'ZT-7');
  await bed.control('/clock', { advanceWorking: 'P5D' });
  let told = '';
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!told.includes('"clock"]')) told += (await reader?.read())?.value ?? '';
  expect(told).toContain('event: tour\ndata: {"done":["receipt"]}');
  expect(told).toContain('event: tour\ndata: {"done":["receipt","clock"]}');
  await bed.sandbox.close();

  expect(await doneIn(await bedWith({ dataDir }))).toEqual(['receipt', 'clock']);
});

test('a tour with a broken expression does not start', async () => {
  const broken = [
    { id: 'a', title: both('a'), hint: both('a'), doneWhen: { personId: 1001, text: '(' } },
  ] as const;
  await expect(makeBed({ tour: [...broken] })).rejects.toThrow(/not a regular expression/);
});

test('reading a chat tells the pages that one row, not to fetch everybody again', async () => {
  const bed = await bedWith({});
  await startPeople(bed);
  const sent = await send(bed, 1001, 'one');
  await send(bed, 1001, 'two');
  const events = await fetch(`${bed.sandbox.url}/sandbox/events`);
  const { message_id } = sent.result as { message_id: number };
  await bed.control('/people/1001/read', { upTo: message_id });
  await send(bed, 1001, 'three');
  let told = '';
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!told.includes('three')) told += (await reader?.read())?.value ?? '';
  expect(told).toContain('event: person\ndata: {"personId":1001,"unread":1,"started":true}');
  expect(told).not.toContain('event: people');
});
