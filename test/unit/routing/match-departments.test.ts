import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/domain/routing/classify.js';
import {
  isCertain,
  matchDepartments,
  type CertaintyInput,
  type RoutableDepartment,
} from '../../../src/domain/routing/match-departments.js';

const department = (
  code: string,
  zh: string,
  facts: Pick<RoutableDepartment, 'domains' | 'words'>,
): RoutableDepartment => ({ code, name: { zh, en: `${code} Bureau` }, ...facts });

const approvals = department('SPJ', '审批局', { domains: ['approval'], words: ['执照', '许可', 'permit'] });
const food = department('SYJ', '食药局', {
  domains: ['approval', 'enforcement'],
  words: ['食品', '药品', '许可'],
});
const enforcement = department('ZFJ', '执法局', {
  domains: ['enforcement'],
  words: ['罚款', '检查', 'fine'],
});
const all = [approvals, food, enforcement];

describe('matching departments', () => {
  it('wants both the domain and a word', () => {
    expect(matchDepartments('罚款太重', 'enforcement', all)).toEqual(['ZFJ']);
    expect(matchDepartments('罚款太重', 'approval', all)).toEqual([]);
    expect(matchDepartments('办事太慢', 'approval', all)).toEqual([]);
  });

  it('puts the department with more words first and a named one before all', () => {
    expect(matchDepartments('食品经营许可一直不下来', 'approval', all)).toEqual(['SYJ', 'SPJ']);
    expect(matchDepartments('审批局的食品经营许可一直不下来', 'approval', all)).toEqual(['SPJ', 'SYJ']);
  });

  it('finds English words whole, inflected and whatever their case, but not inside others', () => {
    expect(matchDepartments('They FINED us twice', 'enforcement', all)).toEqual(['ZFJ']);
    expect(matchDepartments('Our permits are late', 'approval', all)).toEqual(['SPJ']);
    expect(matchDepartments('We were confined to the hall', 'enforcement', all)).toEqual([]);
  });

  it('reads traditional characters and full-width letters as their plain forms', () => {
    expect(matchDepartments('罰款太重', 'enforcement', all)).toEqual(['ZFJ']);
    expect(matchDepartments('ＰＥＲＭＩＴ', 'approval', all)).toEqual(['SPJ']);
  });

  it('takes words with signs of regular expressions literally', () => {
    const odd = department('X', '某局', { domains: ['approval'], words: ['c++ (beta)', ''] });
    expect(matchDepartments('the c++ (beta) form', 'approval', [odd])).toEqual(['X']);
    expect(matchDepartments('the form', 'approval', [odd])).toEqual([]);
  });
});

describe('certain routing (rules §1)', () => {
  const report = '营业执照变更交了三个月，一直没批下来。';
  const certain: CertaintyInput = {
    proposal: classify(report),
    kind: 'complaint',
    track: 'service',
    confirmed: true,
    departments: ['SPJ'],
    excluded: false,
    confidentiality: 'open',
  };

  it('is certain when every condition holds', () => {
    expect(isCertain(certain)).toBe(true);
  });

  it.each<[string, Partial<CertaintyInput>]>([
    ['no department matches', { departments: [] }],
    ['two departments match', { departments: ['SPJ', 'SYJ'] }],
    ['the reporter confirmed nothing', { confirmed: false }],
    ['somebody is excluded', { excluded: true }],
    ['the name is kept by the commission', { confidentiality: 'commission' }],
    ['the name is locked', { confidentiality: 'locked' }],
    ['a person sealed it', { track: 'integrity' }],
    ['it became a consultation', { kind: 'consultation' }],
    ['its words speak of a bribe', { proposal: classify('科长索要好处费，不给就不批。') }],
    [
      'its words only hint at a bribe',
      { proposal: classify('执照三个月没批，窗口的人暗示了什么我没听懂。') },
    ],
    ['its words are praise', { proposal: classify('感谢窗口小陈上门帮忙，点赞！') }],
  ])('is not certain when %s', (_why, change) => {
    expect(isCertain({ ...certain, ...change })).toBe(false);
  });
});
