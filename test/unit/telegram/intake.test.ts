import { expect, test } from 'vitest';
import { createIntake, isRawUpdate, lanesOf } from '../../../src/telegram/intake.js';

const from = { id: 1001, is_bot: false };
const group = { id: -5, type: 'group' };
const own = { id: 1001, type: 'private' };

test.each([
  ['a message in a private chat', { message: { chat: own, from } }, [1001]],
  ['a message in a group', { message: { chat: group, from } }, [-5, 1001]],
  ['an edited message', { edited_message: { chat: own, from } }, [1001]],
  [
    'a press in a private chat',
    { callback_query: { from, message: { chat: own, from: { id: 9 } } } },
    [1001],
  ],
  ['a press without a message', { callback_query: { from } }, [1001]],
  ['a block', { my_chat_member: { chat: own, from } }, [1001]],
  ['nothing known', { poll: { id: 'x' } }, []],
])('%s keeps the order of its chat and its person', (_name, content, expected) => {
  expect([...lanesOf({ update_id: 1, ...content })].sort((a, b) => a - b)).toEqual(expected);
});

test('only an object with a whole update_id is an update', () => {
  for (const wrong of [null, 1, 'x', [], {}, { update_id: '1' }, { update_id: 1.5 }]) {
    expect(isRawUpdate(wrong)).toBe(false);
  }
  expect(isRawUpdate({ update_id: 1 })).toBe(true);
});

test('lanes are woken only after the store has acknowledged', async () => {
  const seen: string[] = [];
  const kick = () => void seen.push('kick');
  const failing = { countWaiting: () => Promise.resolve(0), insert: () => Promise.reject(new Error('away')) };
  await expect(createIntake({ inbox: failing, botId: 7, kick }).accept([{ update_id: 1 }])).rejects.toThrow(
    'away',
  );
  expect(seen).toEqual([]);
});
