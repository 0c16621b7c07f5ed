import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar/calendar.js';
import { shippedYears } from '../../../src/domain/calendar/shipped-years.js';
import { createWorkingTime } from '../../../src/domain/working-time/index.js';

const time = createWorkingTime({ calendar: createCalendar(shippedYears) });
const instants = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2027-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const lengths = fc.nat({ max: 15 * 420 });

describe('the laws of working time, to the millisecond', () => {
  it('what was added lies between', () => {
    fc.assert(
      fc.property(instants, lengths, (from, minutes) => {
        expect(time.between(from, time.add(from, minutes))).toBe(minutes);
        expect(time.between(time.subtract(from, minutes), from)).toBe(minutes);
      }),
    );
  });

  it('adding and then subtracting leads back to a working instant', () => {
    fc.assert(
      fc.property(instants, lengths, (anywhere, minutes) => {
        const from = time.nextOpening(anywhere);
        expect(time.subtract(time.add(from, minutes), minutes)).toEqual(from);
      }),
    );
  });

  it('adding twice is adding the sum', () => {
    fc.assert(
      fc.property(instants, lengths, lengths, (from, first, second) => {
        expect(time.add(time.add(from, first), second)).toEqual(time.add(from, first + second));
      }),
    );
  });

  it('a later start never ends earlier, a longer span never ends earlier', () => {
    fc.assert(
      fc.property(instants, instants, lengths, lengths, (one, other, few, extra) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        expect(time.add(early, few).getTime()).toBeLessThanOrEqual(time.add(late, few).getTime());
        expect(time.add(one, few).getTime()).toBeLessThanOrEqual(time.add(one, few + extra).getTime());
      }),
    );
  });

  it('a deadline never lies outside opening hours: it is open time or the closing itself', () => {
    fc.assert(
      fc.property(instants, lengths, (from, minutes) => {
        const due = time.add(from, minutes);
        expect(time.isWorking(due) || time.isWorking(new Date(due.getTime() - 1))).toBe(true);
      }),
    );
  });

  it('between is additive, and negative backwards', () => {
    fc.assert(
      fc.property(instants, instants, instants, (a, b, c) => {
        expect(time.between(a, b) + time.between(b, c)).toBeCloseTo(time.between(a, c), 6);
        expect(time.between(a, b)).toBe(0 - time.between(b, a));
      }),
    );
  });
});
