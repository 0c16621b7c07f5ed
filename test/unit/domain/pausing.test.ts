/** A clock that pauses while the enterprise is asked runs on as it was, overdue or not (rules §2, wait). */
import { expect, test } from 'vitest';
import type { CaseRecord, Clock } from '../../../src/domain/case.js';
import { wake } from '../../../src/domain/decide.js';
import type { Viewer } from '../../../src/domain/people.js';
import { filed, monday, rules, step } from './case-of-test.js';

const hour = 60;
const officer: Viewer = { personId: 'officer', role: 'officer', departments: ['SPJ'] };
const owner: Viewer = { personId: 'reporter', role: 'enterprise' };

const resolve = (c: CaseRecord): Clock => {
  const clock = c.clocks.find(({ name, stoppedAt }) => name === 'resolve' && stoppedAt === null);
  if (!clock) throw new Error('it does not run');
  return clock;
};

const dispatched = step(filed(), 'dispatch', null, monday, { department: 'SPJ', tier: 'general' });
const signed = step(dispatched, 'sign', officer, monday);
const contacted = step(signed, 'contact', officer, monday);
const paused = (c: CaseRecord, from: Date, minutes: number): CaseRecord => {
  const waiting = step(c, 'wait', officer, from);
  return step(waiting, 'resume', owner, rules.time.add(from, minutes));
};

test('in time, it is due later by the working time it stood still', () => {
  const at = rules.time.add(monday, 10 * hour);
  const later = paused(contacted, at, 3 * hour);
  expect(resolve(later).dueAt).toEqual(rules.time.add(resolve(contacted).dueAt, 3 * hour));
});

test('overdue, it is overdue by as much afterwards, and nothing that was told is told again', () => {
  const { dueAt } = resolve(contacted);
  const at = rules.time.add(dueAt, 9 * hour);
  const told = wake(contacted, at, rules) ?? contacted;
  expect(resolve(told).stepsDone).toContain('E2');
  const later = paused(told, at, 3 * hour);
  // Counted in working time: an opening is the closing before it.
  expect(rules.time.between(rules.time.add(dueAt, 3 * hour), resolve(later).dueAt)).toBe(0);
  expect(resolve(later).stepsDone).toEqual(expect.arrayContaining([...resolve(told).stepsDone]));
  expect(wake(later, rules.time.add(at, 3 * hour), rules)).toBeNull();
});
