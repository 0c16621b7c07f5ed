import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Update } from '../src/wire.js';
import { makeBed, type Bed } from './bed.js';

let bed: Bed;
let now = 0;
beforeEach(async () => {
  now = Date.now();
  bed = await makeBed({ now: () => now });
});
afterEach(() => bed.sandbox.close());

const updates = async (params: Record<string, unknown> = {}): Promise<readonly Update[]> =>
  (await bed.call('getUpdates', params)).result as readonly Update[];

test('an update comes again until an offset confirms it', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.say('one');
  await owner.say('two');
  const [first, second] = await updates();
  expect([first?.message?.text, second?.message?.text]).toEqual(['one', 'two']);
  expect(await updates()).toHaveLength(2);
  expect((await updates({ offset: second?.update_id })).map((update) => update.message?.text)).toEqual([
    'two',
  ]);
  expect(bed.sandbox.pendingUpdates()).toHaveLength(1);
  expect(await updates({ offset: (second?.update_id ?? 0) + 1 })).toEqual([]);
});

test('a long poll answers as soon as something happens', async () => {
  const waiting = updates({ timeout: 50 });
  await bed.sandbox.person(1001).say('now');
  expect((await waiting)[0]?.message?.text).toBe('now');
});

test('a negative offset keeps only the last ones', async () => {
  for (const text of ['a', 'b', 'c']) await bed.sandbox.person(1001).say(text);
  expect((await updates({ offset: -1 })).map((update) => update.message?.text)).toEqual(['c']);
  expect(await updates()).toHaveLength(1);
});

test('limit caps one answer', async () => {
  for (const text of ['a', 'b', 'c']) await bed.sandbox.person(1001).say(text);
  expect(await updates({ limit: 2 })).toHaveLength(2);
});

test('a second poller ends the first with 409', async () => {
  const first = bed.call('getUpdates', { timeout: 50 });
  const journalled = bed.call('getMe');
  await journalled;
  const second = bed.call('getUpdates', { timeout: 50 });
  expect(await first).toMatchObject({
    status: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });
  await bed.sandbox.person(1001).say('x');
  expect(await second).toMatchObject({ ok: true, result: [{ message: { text: 'x' } }] });
});

test('polling is refused while a webhook is set, and setting one ends a poll', async () => {
  const poll = bed.call('getUpdates', { timeout: 50 });
  await bed.call('getMe');
  await bed.call('setWebhook', { url: 'http://127.0.0.1:9/nobody' });
  expect(await poll).toMatchObject({
    status: 409,
    description: 'Conflict: terminated by setWebhook request',
  });
  expect(await bed.call('getUpdates')).toMatchObject({
    status: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  await bed.call('deleteWebhook', { drop_pending_updates: true });
  expect(await updates()).toEqual([]);
});

test('allowed_updates choose what comes, and stay', async () => {
  const owner = bed.sandbox.person(1001);
  await updates({ allowed_updates: ['edited_message'] });
  const id = await owner.say('first');
  await owner.edit(id, 'second');
  const [only, ...others] = await updates();
  expect(only?.edited_message?.text).toBe('second');
  expect(others).toEqual([]);
});

test('updates older than 24 hours are gone', async () => {
  await bed.sandbox.person(1001).say('old');
  now += 24 * 3_600_000 + 1;
  await bed.sandbox.person(1001).say('new');
  expect((await updates()).map((update) => update.message?.text)).toEqual(['new']);
});

test('blocking and returning are told as my_chat_member', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.start();
  await owner.block();
  expect(await bed.call('sendMessage', { chat_id: 1001, text: 'x' })).toMatchObject({
    status: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  await owner.unblock();
  expect(await bed.call('sendMessage', { chat_id: 1001, text: 'x' })).toMatchObject({ ok: true });
  const statuses = (await updates()).flatMap(({ my_chat_member: member }) =>
    member ? [(member as { new_chat_member: { status: string } }).new_chat_member.status] : [],
  );
  expect(statuses).toEqual(['kicked', 'member']);
});

test('a press can be answered once', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.start();
  await bed.call('sendMessage', {
    chat_id: 1001,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  });
  const pressed = owner.press('b');
  const queries = await updates({ offset: -1, timeout: 5 });
  const query = queries.at(-1)?.callback_query;
  expect(query).toMatchObject({ data: 'd', from: { id: 1001 }, message: { text: 'x' } });
  const answer = { callback_query_id: query?.id, text: 'done' };
  expect(await bed.call('answerCallbackQuery', answer)).toMatchObject({ ok: true });
  expect((await pressed).answer?.text).toBe('done');
  expect(await bed.call('answerCallbackQuery', answer)).toMatchObject({
    status: 400,
    description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
  });
});

test('a press is forgotten after 150 seconds', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.start();
  await bed.call('sendMessage', {
    chat_id: 1001,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  });
  const press = async (): Promise<{ late: () => Promise<number>; pressed: Promise<unknown> }> => {
    const pressed = owner.press('b', { timeoutMs: 200 });
    const query = (await updates({ offset: -1, timeout: 5 })).at(-1)?.callback_query;
    return {
      late: async () => (await bed.call('answerCallbackQuery', { callback_query_id: query?.id })).status,
      pressed,
    };
  };
  const inTime = await press();
  now += 149_000;
  expect(await inTime.late()).toBe(200);
  await inTime.pressed;
  const tooLate = await press();
  now += 151_000;
  expect(await tooLate.late()).toBe(400);
  await tooLate.pressed;
});
