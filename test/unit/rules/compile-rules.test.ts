/** From written numbers to counted ones, and what two numbers may not say together. */
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../src/domain/clock-limits.js';
import { compileRules, contradictionsIn } from '../../../src/domain/rules/compile-rules.js';
import { changesBetween, completed, defaultDocument } from '../../../src/domain/rules/settings.js';

describe('the numbers of a version', () => {
  it('1 wd is worth what the opening hours of that version make of it', () => {
    const longer = compileRules(2, completed({ hours: '08:00-12:00 13:00-17:00' }));
    expect(longer.clocks.resolve.limit.general).toEqual({ working: 10 * 480 });
    expect(longer.clocks.dispatch.limit).toEqual({ working: 240 });
    expect(defaultRules.clocks.resolve.limit.general).toEqual({ working: 10 * 420 });
  });

  it('every number of the table reaches the rules', () => {
    const other: Readonly<Record<string, string>> = {
      span: '6 h',
      natural: '6 h',
      spans: '6 h, 7 h',
      share: '66%',
      count: '77',
      hours: '07:00-08:00',
      weights: '20%, 50%, 30%',
    };
    const seen = (document: typeof defaultDocument): string => JSON.stringify(compileRules(1, document));
    const kinds: Readonly<Record<string, string>> = {
      hours: 'hours',
      'survey.nudges': 'spans',
      'look-back': 'spans',
      digest: 'natural',
      watch: 'natural',
      weights: 'weights',
    };
    const ignored = Object.entries(defaultDocument).filter(([key, value]) => {
      const kind = kinds[key] ?? (value.endsWith('%') ? 'share' : /^\d+$/.test(value) ? 'count' : 'span');
      return seen({ ...defaultDocument, [key]: other[kind] }) === seen(defaultDocument);
    });
    expect(ignored).toEqual([]);
  });

  it('a number that a stored version does not know has its default', () => {
    expect(completed({ sign: '2 wd' })).toEqual({ ...defaultDocument, sign: '2 wd' });
    expect(changesBetween(defaultDocument, completed({ sign: '2 wd' }))).toEqual([
      { key: 'sign', from: '1 wd', to: '2 wd' },
    ]);
  });
});

describe('numbers that contradict each other', () => {
  it('the defaults do not', () => expect(contradictionsIn(defaultDocument)).toEqual([]));

  it.each([
    [{ 'R1.used': '80%' }, 'R1-after-R2'],
    [{ 'resolve.simple': '11 wd' }, 'tiers-out-of-order'],
    [{ E3: '1 wd' }, 'escalations-out-of-order'],
    [{ 'E2.urgent': '30 h' }, 'escalations-out-of-order'],
    [{ 'survey.nudges': '5 d, 2 d' }, 'nudges-out-of-order'],
    [{ survey: '4 d' }, 'nudges-out-of-order'],
    [{ 'look-back': '90 d, 30 d' }, 'looks-out-of-order'],
    [{ 'volume.medium': '20' }, 'volumes-out-of-order'],
  ])('%o', (change, name) => {
    expect(contradictionsIn(completed(change))).toEqual([name]);
  });

  it('two tiers may take equally long, and lengths of different kinds are let be', () => {
    expect(contradictionsIn(completed({ 'resolve.simple': '10 wd', E3: '6 h' }))).toEqual([]);
  });
});
