import { createConnection } from 'mongoose';
import { expect, test } from 'vitest';
import { keptBy, retention } from '../../src/domain/retention.js';
import type { Keys } from '../../src/store/keys.js';
import { createStore } from '../../src/store/index.js';
import { createWrappedKeys } from '../../src/store/wrapped-keys.js';

test('every collection of the store has a date, or a reason to have none', () => {
  const connection = createConnection();
  createStore(connection, {} as Keys);
  createWrappedKeys(connection, { current: Buffer.alloc(32) });
  const known = Object.values(connection.models).map(({ collection }) => collection.name);
  expect(Object.keys(keptBy).toSorted()).toEqual(known.toSorted());
});

test('which answers were given is known for as long as an update can be handled again: while it is tried, then as a dead letter', () => {
  expect(retention.answerMs).toBeGreaterThanOrEqual(retention.handledUpdateMs + retention.deadLetterMs);
});
