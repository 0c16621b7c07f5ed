import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../../src/domain/case.js';
import { likelyDuplicates, mayMergeInto } from '../../../src/domain/search/duplicates.js';

// Only what the rule reads.
const made = (change: Partial<CaseRecord>): CaseRecord =>
  ({
    id: 'a',
    state: 'filed',
    track: 'service',
    domain: 'approval',
    department: null,
    proposal: null,
    confidentiality: 'commission',
    linkedIds: [],
    filedAt: new Date('2026-07-01T00:00:00Z'),
    ...change,
  }) as CaseRecord;

const hinted = (own: Partial<CaseRecord>, other: Partial<CaseRecord>, overlap = 0.8): boolean =>
  likelyDuplicates(made(own), [{ c: made({ id: 'b', ...other }), overlap }]).length > 0;

describe('a possible duplicate', () => {
  test.each([
    ['same domain, words alike', {}, {}, 0.5, true],
    ['words not alike enough', {}, {}, 0.49, false],
    ['another domain', {}, { domain: 'bidding' as const }, 0.9, false],
    [
      'another domain at the department that is proposed',
      { proposal: { departments: ['SPJ'], tier: 'general' as const, certain: false } },
      { domain: 'bidding' as const, department: 'SPJ' },
      0.9,
      true,
    ],
    ['180 days before', {}, { filedAt: new Date('2026-01-02T00:00:00Z') }, 0.9, true],
    ['more than 180 days before', {}, { filedAt: new Date('2026-01-01T00:00:00Z') }, 0.9, false],
    ['locked itself', { confidentiality: 'locked' as const }, {}, 0.9, false],
    ['the other one locked', {}, { confidentiality: 'locked' as const }, 0.9, false],
    ['linked already', { linkedIds: ['b'] }, {}, 0.9, false],
    ['merged before', {}, { state: 'merged' as const }, 0.9, false],
    ['the case itself', {}, { id: 'a' }, 1, false],
  ])('%s', (_name, own, other, overlap, expected) => {
    expect(hinted(own, other, overlap)).toBe(expected);
  });

  test('at most three are named, the likest first', () => {
    const others = [0.6, 0.9, 0.5, 0.7].map((overlap, i) => ({ c: made({ id: `o${i}` }), overlap }));
    expect(likelyDuplicates(made({}), others).map(({ overlap }) => overlap)).toEqual([0.9, 0.7, 0.6]);
  });

  test('a case merges only into one still worked on, on its own track', () => {
    expect(mayMergeInto(made({}), made({ state: 'handling' }))).toBe(true);
    expect(mayMergeInto(made({}), made({ state: 'closed' }))).toBe(false);
    expect(mayMergeInto(made({}), made({ state: 'sealed', track: 'integrity' }))).toBe(false);
  });
});
