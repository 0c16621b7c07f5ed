/** What a case taken over by the commission tells those who had it, and those who had lost it before (rules §2, seal). */
import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../src/domain/case.js';
import { decide } from '../../../src/domain/decide.js';
import { isTakenFrom, type Viewer } from '../../../src/domain/people.js';
import type { TransitionInput, TransitionName } from '../../../src/domain/transitions/row.js';
import { filed, monday, rules } from './case-of-test.js';

const officer: Viewer = { personId: 'officer', role: 'officer', departments: ['SPJ'] };
const duty: Viewer = { personId: 'duty', role: 'duty' };

function after(c: CaseRecord, ...steps: readonly [TransitionName, Viewer | null, TransitionInput][]) {
  return steps.reduce((now, [name, viewer, input]) => {
    const decision = decide(now, { name, viewer, input, now: monday, causeId: null }, rules);
    if (!decision.ok) throw new Error(`${name}: ${decision.refusal}`);
    return decision.next;
  }, c);
}

test('the department that had it is told that it was taken over, all of it; nobody else is', () => {
  const signed = after(
    filed(),
    ['dispatch', null, { department: 'SPJ', tier: 'general' }],
    ['sign', officer, {}],
  );
  const sealed = after(signed, ['seal', duty, { messageIds: ['why'] }]);
  expect(isTakenFrom(officer, signed)).toBe(false);
  expect(isTakenFrom(officer, sealed)).toBe(true);
  expect(isTakenFrom({ ...officer, personId: 'colleague' }, sealed)).toBe(true);
  expect(isTakenFrom({ ...officer, departments: ['ZJJ'] }, sealed)).toBe(false);
  expect(isTakenFrom({ personId: 'liaison', role: 'liaison', enterprises: ['enterprise-1'] }, sealed)).toBe(
    false,
  );
  // Kept out before, alone or with his department: he has nothing to do with it any more.
  expect(isTakenFrom(officer, { ...sealed, excludedPersonIds: ['officer'] })).toBe(false);
  expect(isTakenFrom(officer, { ...sealed, excludedDepartments: ['SPJ'] })).toBe(false);
});

test('a request to see a locked name lapses by its date, though no sweep has come by', () => {
  const supervisor: Viewer = { personId: 'supervisor', role: 'supervisor' };
  const asked = after(filed({ confidentiality: 'locked' }), ['ask-unmask', duty, { messageIds: ['why'] }]);
  const end = asked.access.unmask?.endsAt ?? monday;
  const approve = (now: Date) =>
    decide(asked, { name: 'approve-unmask', viewer: supervisor, input: {}, now, causeId: null }, rules);
  const defer = (now: Date) =>
    decide(
      asked,
      {
        name: 'defer-unmask-notice',
        viewer: supervisor,
        input: { days: 3, messageIds: ['why'] },
        now,
        causeId: null,
      },
      rules,
    );
  const before = new Date(end.getTime() - 1);
  expect(approve(before)).toMatchObject({ ok: true });
  expect(defer(before)).toMatchObject({ ok: true });
  expect(approve(end)).toEqual({ ok: false, refusal: 'not-asked-yet' });
  expect(defer(end)).toEqual({ ok: false, refusal: 'not-asked-yet' });
});

test('unsealed, the name goes to no department before the reporter has agreed to it anew', () => {
  const supervisor: Viewer = { personId: 'supervisor', role: 'supervisor' };
  const levelAfter = (confidentiality: CaseRecord['confidentiality']) =>
    after(
      filed({ conduct: 'extortion', confidentiality }),
      ['ask-unseal', duty, { messageIds: ['why'] }],
      ['unseal', supervisor, {}],
    ).confidentiality;
  expect(levelAfter('open')).toBe('commission');
  expect(levelAfter('commission')).toBe('commission');
  expect(levelAfter('locked')).toBe('locked');
});
