import { describe, expect, test } from 'vitest';
import type { CaseRecord } from '../../../src/domain/case.js';
import { decide, type Ask } from '../../../src/domain/decide.js';
import { eraseAtByHistory, eraseAtOf } from '../../../src/domain/retention.js';
import { filed, monday, rules } from './case-of-test.js';

const yearMs = 365 * 24 * 3_600_000;
const later = (years: number): Date => new Date(monday.getTime() + years * yearMs);
const ask = (name: Ask['name'], now: Date, viewer: Ask['viewer'] = null): Ask => ({
  name,
  viewer,
  input: { messageIds: ['reason'] },
  now,
  causeId: null,
});
const supervisor = { personId: 'supervisor', role: 'supervisor' } as const;
const reporter = { personId: 'reporter', role: 'enterprise' } as const;

/** Makes the change; throws the refusal. */
const after = (c: CaseRecord, asked: Ask): CaseRecord => {
  const decision = decide(c, asked, rules);
  if (!decision.ok) throw new Error(decision.refusal);
  return decision.next;
};
const archived = after({ ...filed(), state: 'withdrawn' }, ask('archive', monday));

describe('erasing', () => {
  test('a withdrawn case is erased a year after it was archived, not a moment before, and only once', () => {
    expect(archived.eraseAt).toEqual(later(1));
    const early = new Date(later(1).getTime() - 1);
    expect(() => after(archived, ask('erase', early))).toThrow('not-possible-now');
    const erased = after(archived, ask('erase', later(1)));
    expect(erased).toMatchObject({ erasedAt: later(1), reporterId: '', enterpriseId: null });
    expect(() => after(erased, ask('erase', later(1)))).toThrow('is-erased');
    expect(() => after(erased, ask('hold', later(1), supervisor))).toThrow('is-erased');
  });

  test('how a case ended says how long it is kept; one archived before there was a date gets the same one', () => {
    for (const [state, years] of [
      ['closed', 3],
      ['declined', 1],
      ['transferred', 10],
    ] as const)
      expect(eraseAtOf(state, monday)).toEqual(later(years));
    expect(eraseAtByHistory({ ...archived, eraseAt: null })).toEqual(archived.eraseAt);
  });

  test('nobody but the program erases', () => {
    expect(() => after(archived, ask('erase', later(2), supervisor))).toThrow('not-yours');
  });
});

describe('a hold', () => {
  test('keeps a case past its date until it is released, each with a reason, by the supervisor alone', () => {
    const held = after(archived, ask('hold', monday, supervisor));
    expect(() => after(held, ask('hold', monday, supervisor))).toThrow('is-held');
    expect(() => after(held, ask('erase', later(2)))).toThrow('is-held');
    const released = after(held, ask('release-hold', later(2), supervisor));
    expect(after(released, ask('erase', later(2))).erasedAt).toEqual(later(2));
    expect(() => after(released, ask('release-hold', later(2), supervisor))).toThrow('not-held');
    expect(() => after(archived, { ...ask('hold', monday, supervisor), input: {} })).toThrow(
      'nothing-written',
    );
    for (const role of ['duty', 'leader', 'auditor'] as const)
      expect(() => after(archived, ask('hold', monday, { personId: role, role }))).toThrow('not-yours');
  });
});

describe('leaving', () => {
  test('only the reporter leaves; the case goes on, the duty officer hears of it while it is open', () => {
    const left = after(filed(), ask('leave', monday, reporter));
    expect(left).toMatchObject({ state: 'filed', reporterId: '' });
    expect(left.outbox.map(({ event, to }) => [event, ...to])).toContainEqual(['reporter-left', 'duty']);
    expect(after(archived, ask('leave', monday, reporter)).outbox.map(({ event }) => event)).not.toContain(
      'reporter-left',
    );
    expect(() => after(filed(), ask('leave', monday, supervisor))).toThrow('not-yours');
  });
});
