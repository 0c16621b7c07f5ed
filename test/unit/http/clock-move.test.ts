import { expect, test } from 'vitest';
import { parseClockMove } from '../../../src/http/clock-move.js';

const hourMs = 3_600_000;

test.each([
  [{ advance: 'PT24H' }, { kind: 'advance', ms: 24 * hourMs }],
  [{ advance: 'P1DT30M' }, { kind: 'advance', ms: 24.5 * hourMs }],
  [{ jump: 'P5D' }, { kind: 'jump', ms: 120 * hourMs }],
  [{ jump: 'P1W' }, { kind: 'jump', ms: 168 * hourMs }],
  [{ advanceWorking: 'P1D' }, { kind: 'advanceWorking', days: 1, minutes: 0 }],
  [{ advanceWorking: 'P2DT1H30M' }, { kind: 'advanceWorking', days: 2, minutes: 90 }],
])('%j is understood', (body, expected) => {
  expect(parseClockMove(body)).toEqual(expected);
});

test.each([
  [undefined, /exactly one/],
  [[], /exactly one/],
  [{}, /exactly one/],
  [{ advance: 'PT1H', jump: 'PT1H' }, /exactly one/],
  [{ advance: 'PT1H', extra: 1 }, /exactly one/],
  [{ advance: 60 }, /exactly one/],
  [{ advance: 'tomorrow' }, /"advance" must be an ISO duration/],
  [{ jump: '' }, /"jump" must be an ISO duration/],
  [{ jump: 'P1M' }, /Months and years/],
  [{ advance: 'PT0S' }, /forward only/],
  [{ advance: 'PT-5M' }, /forward only/],
  [{ advance: 'P2DT-1H' }, /forward only/],
  [{ jump: 'P1001D' }, /forward only/],
  [{ advanceWorking: 'P1W' }, /Working time/],
  [{ advanceWorking: 'P0.5D' }, /Working time/],
  [{ advanceWorking: 'PT20S' }, /Working time/],
])('%j is refused with a sentence', (body, sentence) => {
  expect(parseClockMove(body)).toEqual({ mistake: expect.stringMatching(sentence) as string });
});
