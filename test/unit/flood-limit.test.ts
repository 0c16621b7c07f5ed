import type { Update } from 'telegraf/types';
import { expect, test } from 'vitest';
import { createFloodLimit, type Flood } from '../../handlers/flood-limit.js';

/** A message of a person, sent at a second. */
const at = (date: number, id = 1): Update =>
  ({
    update_id: 1,
    message: { message_id: 1, date, from: { id }, chat: { id, type: 'private' }, text: 'x' },
  }) as Update;
const press = { update_id: 1, callback_query: { id: '1', from: { id: 1 } } } as Update;
const all = (of: (update: Update) => Flood, dates: readonly number[]): readonly Flood[] =>
  dates.map((date) => of(at(date)));

test('what is above the limit is told once and then skipped, until a minute stayed below it', () => {
  const of = createFloodLimit(2);
  expect(all(of, [0, 1, 2, 3, 59])).toEqual(['read', 'read', 'tell', 'skip', 'skip']);
  expect(all(of, [60, 61, 62, 63])).toEqual(['read', 'read', 'skip', 'skip']);
  expect(all(of, [120])).toEqual(['read']);
  expect(all(of, [180, 181, 182])).toEqual(['read', 'read', 'tell']);
});

test('messages count by when they were sent: what waited during an outage is no flood', () => {
  const of = createFloodLimit(2);
  expect(all(of, [0, 61, 122, 183, 244])).toEqual(['read', 'read', 'read', 'read', 'read']);
});

test('one person’s flood is not another’s, and presses are not counted', () => {
  const of = createFloodLimit(1);
  expect([of(at(0)), of(at(0)), of(at(0, 2)), of(press), of(press)]).toEqual([
    'read',
    'tell',
    'read',
    'read',
    'read',
  ]);
});
