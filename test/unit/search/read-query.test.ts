import { describe, expect, test } from 'vitest';
import { isEmptyQuery, readQuery } from '../../../src/domain/search/read-query.js';

const vocabulary = {
  states: [
    { state: 'handling' as const, names: ['办理中', 'Being handled'] },
    { state: 'filed' as const, names: ['待受理', 'Waiting to be accepted'] },
  ],
  departments: [
    { code: 'SPJ', names: ['审批局', 'Approvals Bureau'] },
    { code: 'FGJ', names: ['发展改革和经信局', 'Development Bureau'] },
  ],
};

describe('what somebody looks for', () => {
  test.each([
    ['办理中 审批局 环评 批复', ['handling'], ['SPJ'], '环评 批复'],
    ['环评，审批局；待受理 办理中', ['filed', 'handling'], ['SPJ'], '环评'],
    ['being handled approvals bureau permit', ['handling'], ['SPJ'], 'permit'],
    ['spj　批复', [], ['SPJ'], '批复'],
    ['审批局窗口', [], [], '审批局窗口'],
  ])('%s', (typed, states, departments, rest) => {
    expect(readQuery(typed, vocabulary)).toEqual({ number: null, states, departments, rest });
  });

  test('a number is looked up, whatever stands around its digits', () => {
    expect(readQuery('zt 590 382 8566', vocabulary).number).toBe('ZT-590-382-8566');
  });

  test.each(['', '   ', '，。'])('%j asks for nothing', (typed) => {
    expect(isEmptyQuery(readQuery(typed, vocabulary))).toBe(true);
  });
});
