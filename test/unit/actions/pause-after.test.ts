import { expect, test } from 'vitest';
import { pauseAfter } from '../../../src/actions/send-content.js';

test('tries in vain grow rarer, up to two minutes between them', () => {
  expect([1, 2, 3, 7, 8, 1_000].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 64_000, 120_000, 120_000]);
  expect(pauseAfter(0)).toBe(1_000);
});
