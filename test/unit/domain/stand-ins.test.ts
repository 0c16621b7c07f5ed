import { expect, test } from 'vitest';
import { isPassedOn } from '../../../src/domain/stand-ins.js';
import { noticeNames } from '../../../src/text/catalog.js';

const clock = { name: 'resolve', generation: 1, step: 'R1' } as const;

test('every reminder is passed on, whoever it is for', () => {
  for (const role of ['enterprise', 'officer', 'head', 'duty', 'supervisor', 'leader'] as const)
    expect(isPassedOn({ event: 'clock-resolve-R1', role, clock }), role).toBe(true);
});

test('of the rest, what waits for a hand is passed on, and what only tells is not', () => {
  const passedOn = (role: 'enterprise' | 'officer' | 'head' | 'duty') =>
    noticeNames.filter((event) => isPassedOn({ event, role, clock: null }));
  expect(passedOn('enterprise').toSorted()).toEqual(
    [
      'asked-more',
      'declined',
      'enterprise-doubted',
      'lower-asked',
      'message',
      'progress-unmasked',
      'survey',
      'waiting',
    ].toSorted(),
  );
  expect(passedOn('officer')).toEqual(
    expect.arrayContaining(['dispatched', 'redo', 'message', 'reassigned']),
  );
  expect(passedOn('head')).not.toContain('dispatched');
  expect(passedOn('head')).toContain('sign-off-asked');
  expect(passedOn('duty')).toEqual(
    expect.arrayContaining(['triage', 'submitted', 'sealed', 'survey-alarm', 'tell-by-phone']),
  );
  for (const event of passedOn('duty')) expect(event).not.toMatch(/^progress-|^struck-off|^refresh/);
});
