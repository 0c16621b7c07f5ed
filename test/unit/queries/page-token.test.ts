import { describe, expect, test } from 'vitest';
import { pageToken, readPageToken } from '../../../src/queries/page-token.js';

describe('the token of a page', () => {
  test.each([
    { at: new Date('2026-03-12T01:02:03.004Z'), id: 'aB3_-x9Yz012', towards: 'next' as const },
    { at: new Date('9999-12-31T00:00:00Z'), id: 'aB3_-x9Yz012', towards: 'previous' as const },
  ])('carries $towards of $at there and back, within what a button holds', (key) => {
    const token = pageToken(key);
    expect(readPageToken(token)).toEqual(key);
    expect(token).toMatch(/^[\w.-]{1,26}$/);
  });

  test.each(['', '1', '2', 'x1.a', 'n.', 'n1', 'nzzzzzzzzzzz.a', 'n1.a b'])(
    '%j leads to the first page',
    (token) => {
      expect(readPageToken(token)).toBeNull();
    },
  );
});
