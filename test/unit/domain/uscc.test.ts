import { describe, expect, test } from 'vitest';
import { isUscc, splitUscc } from '../../../src/domain/uscc.js';

/** Codes that companies print on their own pages. */
const real = ['91350100M000100Y43', '91440300708461136T', '91110000802100433B'];

describe('a credit code', () => {
  test.each(real)('%s holds', (code) => {
    expect(isUscc(code)).toBe(true);
  });

  test('with any one character changed does not hold', () => {
    const wrong = [...'91350100M000100Y43'].flatMap((character, place) =>
      [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
        .filter((other) => other !== character)
        .map((other) => `91350100M000100Y43`.slice(0, place) + other + '91350100M000100Y43'.slice(place + 1)),
    );
    expect(wrong.filter(isUscc)).toEqual([]);
  });

  test.each(['', '9135', '91350100M000100Y4I', '91350100m000100y43', `${real[0]}1`])('%j is none', (text) => {
    expect(isUscc(text)).toBe(false);
  });
});

describe('a typed name', () => {
  test.each([
    ['江城石材有限公司', '江城石材有限公司', null],
    ['江城石材有限公司 91350100M000100Y43', '江城石材有限公司', '91350100M000100Y43'],
    ['江城石材有限公司（统一社会信用代码：91350100m000100y43）', '江城石材有限公司', '91350100M000100Y43'],
    ['91350100M000100Y43', '', '91350100M000100Y43'],
    ['江城石材 91350100M000100Y44', '江城石材 91350100M000100Y44', null],
    ['Harbour Ltd, credit code 91350100M000100Y43', 'Harbour Ltd', '91350100M000100Y43'],
  ])('%s', (typed, name, uscc) => {
    expect(splitUscc(typed)).toEqual({ name, uscc });
  });
});
