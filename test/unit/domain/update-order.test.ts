import { expect, test } from 'vitest';
import { cameBefore } from '../../../src/domain/update-order.js';

test.each([
  ['7001:41', '7001:42', true],
  ['7001:42', '7001:42', false],
  ['7001:43', '7001:42', false],
  // Numbers, not digits.
  ['7001:9', '7001:10', true],
  // What an update causes beside the first thing.
  ['7001:41+', '7001:42', true],
  ['7001:42', '7001:42+', false],
  // Begun anew after a week of silence.
  ['7001:41', '7001:900000000', false],
  ['7001:900000000', '7001:41', false],
  // Another bot, or no update at all.
  ['7001:41', '7002:42', false],
  ['clock', '7001:42', false],
  ['7001:41', '', false],
])('%s before %s: %s', (one, other, before) => {
  expect(cameBefore(one, other)).toBe(before);
});
