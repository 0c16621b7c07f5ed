/** The promised date follows what happens, and where it moves later its reporter is told why (rules §3). */
import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../src/domain/case.js';
import type { Viewer } from '../../../src/domain/people.js';
import { filed, monday, rules, step } from './case-of-test.js';

const wh = 60;
const wd = 7 * wh;
const at = (minutes: number): Date => rules.time.add(monday, minutes);

const duty: Viewer = { personId: 'duty', role: 'duty' };
const officer: Viewer = { personId: 'officer', role: 'officer', departments: ['SPJ'] };
const reporter: Viewer = { personId: 'reporter', role: 'enterprise' };

const told = (c: CaseRecord): readonly string[] =>
  c.outbox.filter(({ to }) => to.includes('reporter')).map(({ event }) => event);

const dispatch = (c: CaseRecord, minutes: number): CaseRecord =>
  step(c, 'dispatch', duty, at(minutes), { department: 'SPJ' });

test('dispatched in time it stays; signed in time it is no later', () => {
  const c = filed();
  const dispatched = dispatch(c, 1 * wh);
  expect(dispatched.promisedAt).toEqual(c.promisedAt);
  const signed = step(dispatched, 'sign', officer, at(2 * wh));
  expect(signed.promisedAt).toEqual(at(2 * wh + 10 * wd));
  expect(told(signed)).toEqual(['progress-dispatched', 'signed']);
});

test('dispatched late it moves at once and says so; signed late it moves again', () => {
  const dispatched = dispatch(filed(), 6 * wh);
  expect(dispatched.promisedAt).toEqual(at(6 * wh + 11 * wd));
  expect(told(dispatched)).toEqual(['progress-dispatched+dispatched-late']);
  const late = step(dispatched, 'sign', officer, at(7 * wh + 1 * wd));
  expect(late.promisedAt).toEqual(at(7 * wh + 11 * wd));
  expect(told(late).at(-1)).toBe('signed+signed-late');
});

test('signed late without the date moving, because it was dispatched early: nothing is said of a date', () => {
  const late = step(dispatch(filed(), 0), 'sign', officer, at(1 * wd + 1 * wh));
  expect(told(late).at(-1)).toBe('signed');
});

test('asked for more, or given back by a department: that is the reason', () => {
  const asked = step(filed(), 'ask-more', duty, at(1 * wh));
  const answered = step(asked, 'supplement', reporter, at(1 * wh + 2 * wd));
  const dispatched = dispatch(answered, 1 * wh + 2 * wd);
  expect(told(dispatched).at(-1)).toBe('progress-dispatched+asked-more');
  const returned = step(dispatched, 'return', officer, at(2 * wh + 2 * wd));
  const elsewhere = step(returned, 'dispatch', duty, at(3 * wh + 2 * wd), { department: 'ZJJ' });
  expect(told(elsewhere).at(-1)).toBe('progress-dispatched+given-back');
});

test('dispatched in another tier it follows the tier: later with the reason, sooner without a word', () => {
  const propose = step(filed(), 'propose', null, at(0), {
    proposal: { departments: ['SPJ'], tier: 'general', certain: false },
  });
  const complex = dispatch(step(propose, 'set-tier', duty, at(1), { tier: 'complex' }), 1 * wh);
  expect(complex.promisedAt).toEqual(at(1 * wh + 16 * wd));
  expect(told(complex)).toEqual(['progress-dispatched+tier']);
  const simple = dispatch(step(propose, 'set-tier', duty, at(1), { tier: 'simple' }), 1 * wh);
  expect(simple.promisedAt).toEqual(at(1 * wh + 6 * wd));
  expect(told(simple)).toEqual(['progress-dispatched']);
});

test('a co-department makes a case complex: its running clock has the longer limit from the same start, as a new generation', () => {
  const signed = step(dispatch(filed(), 1 * wh), 'sign', officer, at(2 * wh));
  const several = step(signed, 'add-task', duty, at(4 * wd), { department: 'ZJJ' });
  expect(several.tier).toBe('complex');
  const clock = several.clocks.findLast(({ name }) => name === 'resolve');
  expect(clock).toMatchObject({ generation: 2, limit: { working: 15 * wd }, stoppedAt: null });
  expect(clock?.dueAt).toEqual(at(2 * wh + 15 * wd));
  expect(several.promisedAt).toEqual(clock?.dueAt);
  const third = step(several, 'add-task', duty, at(5 * wd), { department: 'ZFJ' });
  expect(third.clocks).toEqual(several.clocks);
  const before = step(dispatch(filed(), 1 * wh), 'add-task', duty, at(2 * wh), { department: 'ZJJ' });
  expect(before.promisedAt).toEqual(at(1 * wh + 16 * wd));
  const legacy = step(dispatch(filed({ tier: 'legacy' }), 0), 'add-task', duty, at(1), { department: 'ZJJ' });
  expect(legacy.tier).toBe('legacy');
});
