import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBed, startPeople, type Bed } from './bed.js';

let bed: Bed;
beforeEach(async () => {
  bed = await makeBed();
  await startPeople(bed);
});
afterEach(() => bed.sandbox.close());

const keyboard = (...labels: string[]) => ({
  inline_keyboard: [labels.map((text) => ({ text, callback_data: text }))],
});
const send = async (text: string, more: Record<string, unknown> = {}): Promise<number> => {
  const { result } = await bed.call('sendMessage', { chat_id: 1001, text, ...more });
  return (result as { message_id: number }).message_id;
};

test('waitFor finds what is there, what comes, and what an edit turns into', async () => {
  const owner = bed.sandbox.person(1001);
  const id = await send('present');
  expect((await owner.waitFor(/^pre/)).messageId).toBe(id);
  const coming = owner.waitFor('later');
  await send('later');
  expect((await coming).text).toBe('later');
  const edited = owner.waitFor('changed');
  await bed.call('editMessageText', { chat_id: 1001, message_id: id, text: 'changed' });
  expect((await edited).messageId).toBe(id);
});

test('since leaves out what was there before the mark', async () => {
  const owner = bed.sandbox.person(1001);
  await send('same');
  const mark = owner.mark();
  const next = owner.waitFor('same', { since: mark });
  const id = await send('same');
  expect((await next).messageId).toBe(id);
});

test("one's own words never satisfy a wait", async () => {
  const owner = bed.sandbox.person(1001);
  await owner.say('echo');
  await expect(owner.waitFor('echo', { timeoutMs: 20 })).rejects.toThrow();
});

test('a wait in vain tells what he last saw, with buttons', async () => {
  const owner = bed.sandbox.person(1001);
  await send('choose', { reply_markup: keyboard('Yes', 'No') });
  await expect(owner.waitFor('never', { timeoutMs: 20 })).rejects.toThrow(
    /waited 20 ms for a message like never[^]*bot #\d+: choose \[Yes\] \[No\]/,
  );
  await expect(owner.press('Maybe', { timeoutMs: 20 })).rejects.toThrow(/a button Maybe[^]*\[Yes\] \[No\]/);
});

test('press takes the newest message with that label, or the named one', async () => {
  const owner = bed.sandbox.person(1001);
  const first = await send('one', { reply_markup: keyboard('Go') });
  const second = await send('two', { reply_markup: keyboard('Go') });
  const pressed = async (options: { message?: number }): Promise<number | undefined> => {
    const press = owner.press('Go', { ...options, timeoutMs: 50 });
    const [update] = (await bed.call('getUpdates', { offset: -1 })).result as {
      callback_query?: { message?: { message_id: number } };
    }[];
    await press;
    return update?.callback_query?.message?.message_id;
  };
  expect(await pressed({})).toBe(second);
  expect(await pressed({ message: first })).toBe(first);
});

test('keys of a reply keyboard are said, and vanish when it is removed', async () => {
  const owner = bed.sandbox.person(1001);
  await send('pick', { reply_markup: { keyboard: [['取消']], one_time_keyboard: true } });
  expect((await owner.press('取消')).message.text).toBe('取消');
  await send('gone', { reply_markup: { remove_keyboard: true } });
  await expect(owner.press('取消', { timeoutMs: 20 })).rejects.toThrow('a button 取消');
});

test('a deep-link button starts the bot with its payload', async () => {
  const owner = bed.sandbox.person(1001);
  await send('invite', {
    reply_markup: { inline_keyboard: [[{ text: 'Open', url: 'https://t.me/sandbox_bot?start=abc_1' }]] },
  });
  await owner.press('Open');
  expect(owner.last()?.text).toBe('/start abc_1');
});

test('history keeps every version in order, deletions too', async () => {
  const owner = bed.sandbox.person(1001);
  const id = await send('v1', { reply_markup: keyboard('A') });
  await bed.call('editMessageText', { chat_id: 1001, message_id: id, text: 'v2' });
  await bed.call('deleteMessage', { chat_id: 1001, message_id: id });
  const shown = owner.history().filter(({ messageId }) => messageId === id);
  expect(shown.map(({ kind, text, buttons }) => [kind, text, buttons])).toEqual([
    ['new', 'v1', ['A']],
    ['edit', 'v2', []],
    ['delete', 'v2', []],
  ]);
  expect(owner.messages().some(({ messageId }) => messageId === id)).toBe(false);
});

test('an album arrives as separate messages with one group', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.album([{ caption: 'front' }, {}, { kind: 'video' }]);
  const updates = (await bed.call('getUpdates', { offset: -3 })).result as {
    message: { media_group_id: string; caption?: string };
  }[];
  expect(new Set(updates.map(({ message }) => message.media_group_id)).size).toBe(1);
  expect(updates.map(({ message }) => message.caption)).toEqual(['front', undefined, undefined]);
});

test('voice, document, location and an edited message reach the bot', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.voice();
  await owner.document({ name: '合同.pdf', mimeType: 'application/pdf', bytes: Buffer.from('%PDF') });
  await owner.location({ latitude: 28.9, longitude: 118.8 });
  const id = await owner.say('first');
  await owner.edit(id, 'second');
  const updates = (await bed.call('getUpdates', { offset: -5 })).result as Record<string, unknown>[];
  expect(updates).toMatchObject([
    { message: { voice: { duration: 3 } } },
    { message: { document: { file_name: '合同.pdf', mime_type: 'application/pdf', file_size: 4 } } },
    { message: { location: { latitude: 28.9, longitude: 118.8 } } },
    { message: { text: 'first' } },
    { edited_message: { message_id: id, text: 'second' } },
  ]);
});

test('a text longer than one message is cut the way the apps do', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.say('中'.repeat(5000));
  expect(
    owner
      .messages()
      .slice(-2)
      .map(({ text }) => text?.length),
  ).toEqual([4096, 904]);
});

test('who has blocked the bot cannot write to it', async () => {
  const owner = bed.sandbox.person(1001);
  await owner.block();
  await expect(owner.say('x')).rejects.toThrow('unblock first');
  await owner.start();
  expect(await bed.call('sendMessage', { chat_id: 1001, text: 'back' })).toMatchObject({ ok: true });
});
