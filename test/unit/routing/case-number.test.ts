import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNumberPattern, makeCaseNumber, parseCaseNumber } from '../../../src/domain/case-number.js';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });
const runs = { numRuns: 100 };

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

function replaceAt(text: string, place: number, sign: string): string {
  return text.slice(0, place) + sign + text.slice(place + 1);
}

describe('case number', () => {
  it('is written in one form and read back as itself', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const number = makeCaseNumber(random);
        expect(number).toMatch(caseNumberPattern);
        expect(parseCaseNumber(number)).toBe(number);
      }),
      runs,
    );
  });

  it('refuses every single wrong digit', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const digits = digitsOf(makeCaseNumber(random));
        for (let place = 0; place < digits.length; place += 1) {
          for (let digit = 0; digit <= 9; digit += 1) {
            const wrong = replaceAt(digits, place, String(digit));
            if (wrong !== digits) expect(parseCaseNumber(wrong)).toBeUndefined();
          }
        }
      }),
      runs,
    );
  });

  it('refuses every swap of two different digits, neighbours or not', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const digits = digitsOf(makeCaseNumber(random));
        for (let first = 0; first < digits.length; first += 1) {
          for (let second = first + 1; second < digits.length; second += 1) {
            const one = digits[first] ?? '';
            const other = digits[second] ?? '';
            if (one === other) continue;
            const swapped = replaceAt(replaceAt(digits, first, other), second, one);
            expect(parseCaseNumber(swapped)).toBeUndefined();
          }
        }
      }),
      runs,
    );
  });

  it('refuses a missing and an additional digit', () => {
    fc.assert(
      fc.property(bytes, fc.nat(9), fc.nat(9), (random, place, digit) => {
        const digits = digitsOf(makeCaseNumber(random));
        expect(parseCaseNumber(digits.slice(0, place) + digits.slice(place + 1))).toBeUndefined();
        expect(parseCaseNumber(digits.slice(0, place) + digit + digits.slice(place))).toBeUndefined();
      }),
      runs,
    );
  });

  it('is read in whatever way a phone or a copy writes it', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const number = makeCaseNumber(random);
        const digits = digitsOf(number);
        const wide = [...number]
          .map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))
          .join('');
        const chinese = [...digits].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('');
        for (const form of [
          digits,
          wide,
          chinese,
          number.toLowerCase(),
          `  ${number}\n`,
          `zt ${digits.slice(0, 5)} ${digits.slice(5)}`,
          number.replaceAll('-', '—'),
          number.replaceAll('-', '–'),
          `#${number}`,
          `\u200b${number}\u200e`,
          number.replaceAll('0', 'O').replaceAll('1', 'l'),
        ]) {
          expect(parseCaseNumber(form)).toBe(number);
        }
      }),
      runs,
    );
  });

  it('never throws on foreign text and takes only its own form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parsed = parseCaseNumber(text);
        if (parsed !== undefined) expect(parsed).toMatch(caseNumberPattern);
      }),
      runs,
    );
    expect(parseCaseNumber('')).toBeUndefined();
    expect(parseCaseNumber('13800138000')).toBeUndefined();
  });

  it('keeps neighbouring random values apart and rarely repeats', () => {
    const seen = new Set<string>();
    let state = 88172645463325252n;
    for (let count = 0; count < 20_000; count += 1) {
      state = BigInt.asUintN(64, state ^ (state << 13n));
      state ^= state >> 7n;
      state = BigInt.asUintN(64, state ^ (state << 17n));
      const random = Uint8Array.from({ length: 8 }, (_, place) =>
        Number((state >> BigInt(8 * place)) & 255n),
      );
      seen.add(makeCaseNumber(random));
    }
    expect(seen.size).toBeGreaterThan(19_990);
  });

  it('refuses to be made from too few bytes', () => {
    expect(() => makeCaseNumber(new Uint8Array(7))).toThrow(RangeError);
  });
});
