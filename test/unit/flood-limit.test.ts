import type { Update } from 'telegraf/types';
import { expect, test } from 'vitest';
import { createFloodLimit, type Flood, type FloodLimit } from '../../handlers/flood-limit.js';

let lastId = 0;
/** A message of a person, sent at a second; an update of its own. */
const at = (date: number, id = 1): Update =>
  ({
    update_id: ++lastId,
    message: { message_id: 1, date, from: { id }, chat: { id, type: 'private' }, text: 'x' },
  }) as Update;
const press = { update_id: 1, callback_query: { id: '1', from: { id: 1 } } } as Update;
/** What is said of each; whoever is to be told is told. */
const all = ({ of, noteTold }: FloodLimit, updates: readonly Update[]): readonly Flood[] =>
  updates.map((update) => {
    const flood = of(update);
    if (flood === 'tell') noteTold(update);
    return flood;
  });
const sentAt = (...dates: readonly number[]): readonly Update[] => dates.map((date) => at(date));

test('what is above the limit is told once and then skipped, until a minute stayed below it', () => {
  const limit = createFloodLimit(2);
  expect(all(limit, sentAt(0, 1, 2, 3, 59))).toEqual(['read', 'read', 'tell', 'skip', 'skip']);
  expect(all(limit, sentAt(60, 61, 62, 63))).toEqual(['read', 'read', 'skip', 'skip']);
  expect(all(limit, sentAt(120))).toEqual(['read']);
  expect(all(limit, sentAt(180, 181, 182))).toEqual(['read', 'read', 'tell']);
});

test('messages count by when they were sent: what waited during an outage is no flood', () => {
  const limit = createFloodLimit(2);
  expect(all(limit, sentAt(0, 61, 122, 183, 244))).toEqual(['read', 'read', 'read', 'read', 'read']);
});

test('one person’s flood is not another’s, and presses are not counted', () => {
  const limit = createFloodLimit(1);
  const updates = [at(0), at(0), at(0, 2), press, press];
  expect(all(limit, updates)).toEqual(['read', 'tell', 'read', 'read', 'read']);
});

test('an update that is tried again is no flood, and its sender’s next words are read', () => {
  const { of } = createFloodLimit(60);
  const again = at(0);
  expect(new Set(Array.from({ length: 70 }, () => of(again)))).toEqual(new Set(['read']));
  expect(of(at(1))).toBe('read');
});

test('whom the notice did not reach is told when his update is tried again, or with his next one', () => {
  const { of, noteTold } = createFloodLimit(1);
  const [first, second, third, fourth] = [at(0), at(1), at(2), at(3)];
  expect([of(first), of(second), of(second), of(third)]).toEqual(['read', 'tell', 'tell', 'tell']);
  noteTold(third);
  expect(of(fourth)).toBe('skip');
});
