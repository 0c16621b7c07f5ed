import { expect, test } from 'vitest';
import {
  excludedPeople,
  keepOutWords,
  laterExcluded,
  leavesReader,
  unmatchedNames,
} from '../../../src/domain/exclusions.js';
import type { Grant } from '../../../src/domain/people.js';
import type { Person } from '../../../src/domain/person.js';
import { filed } from './case-of-test.js';

const person = (
  id: string,
  name: string,
  grants: readonly Grant[],
  { official, inviters = [] }: { readonly official?: string; readonly inviters?: readonly string[] } = {},
): Person => ({
  id,
  contact: { telegramId: 1, name, username: null, ...(official === undefined ? {} : { official }) },
  language: 'zh',
  grants,
  activeRole: null,
  honestySeenAt: null,
  draftId: null,
  reachable: true,
  unreachableSince: null,
  awayUntil: null,
  inviters,
});

const officer = (department: string): Grant => ({ role: 'officer', department });
const staff = [
  person('wang', '王五', [officer('SPJ')]),
  person('zhou', 'Minnie', [{ role: 'duty' }], { official: '周敏' }),
  person('li', 'Li Na', [officer('ZJJ')]),
  person('ann', 'Ann', [officer('ZJJ')]),
  person('two', '赵一山', [officer('SPJ'), officer('FGJ')]),
  person('one', 'X', [officer('FGJ')]),
];

const kept = (names: string, departments: readonly string[] = [], reporterId = 'owner') =>
  excludedPeople({ names, departments, reporterId }, staff);

test.each([
  ['审批局王五科长', ['wang']],
  ['周敏', ['zhou']],
  ['LI  na (window 3) and ann', ['li', 'ann']],
  ['Annabel, Lina', []],
  ['X', []],
  ['', []],
])('“%s” names %j', (names, ids) => {
  expect(kept(names)).toEqual(ids);
});

test('with a department go those of its people who could see the case elsewhere; the reporter is never kept out', () => {
  expect(kept('', ['SPJ'])).toEqual(['two']);
  expect(kept('赵一山', [], 'two')).toEqual([]);
});

test('with somebody of a department go those he has brought in, and those they have; with an administrator goes nobody', () => {
  const invited = (id: string, by: string, grant: Grant): Person =>
    person(id, `N${id}`, [{ ...grant, via: 'invite' }], { inviters: [by] });
  const all = [
    person('head', '钱负责', [{ role: 'head', department: 'SPJ' }]),
    person('admin', '石磊磊', [{ role: 'admin' }]),
    invited('first', 'head', officer('SPJ')),
    invited('second', 'first', officer('SPJ')),
    invited('other', 'nobody', officer('SPJ')),
    // Whoever lets him in a second time does not make him anybody else's.
    person(
      'twice',
      '吴两回',
      [
        { ...officer('SPJ'), via: 'invite' },
        { role: 'liaison', via: 'invite' },
      ],
      {
        inviters: ['head', 'admin'],
      },
    ),
    invited('duty', 'admin', { role: 'duty' }),
    // Brought in once, and here by the organisation file now.
    person('stays', '孙还在', [officer('SPJ')], { inviters: ['head'] }),
  ];
  const of = (names: string, reporterId = 'owner') =>
    excludedPeople({ names, departments: [], reporterId }, all);
  expect(of('钱负责')).toEqual(['head', 'first', 'twice', 'second']);
  expect(of('钱负责', 'first')).toEqual(['head', 'twice', 'second']);
  expect(of('石磊磊')).toEqual(['admin']);
});

test('a wish leaves a reader while somebody of the commission is not kept out; an auditor reads no case', () => {
  const all = [...staff, person('audit', '方平', [{ role: 'auditor' }])];
  expect(leavesReader([], all)).toBe(true);
  expect(leavesReader(['zhou'], all)).toBe(false);
  expect(leavesReader(['wang'], all)).toBe(true);
});

test.each([
  ['材料已补。\n回避：王五', '王五'],
  ['Keep out: Li Na\nkeep out:  Ann', 'Li Na\nAnn'],
  ['🚫 回避: 王五、审批局', '王五、审批局'],
  ['王五让我回避：他', null],
  ['每次都说领导没签字', null],
  ['回避：', null],
])('after filing a wish stands in a line of its own: %j', (text, wish) => {
  expect(keepOutWords(text)).toBe(wish);
});

test('an interest that arises after filing keeps somebody out; whom a supervisor let in again stays in', () => {
  const joined = [
    ...staff,
    person('late', '新来的', [{ ...officer('SPJ'), via: 'invite' }], { inviters: ['wang'] }),
  ];
  const c = { ...filed(), excludedPersonIds: ['wang'] };
  expect(laterExcluded(c, { names: '', speaking: [] }, joined)).toEqual(['late']);
  expect(laterExcluded(c, { names: '周敏', speaking: ['one'] }, staff)).toEqual(['zhou', 'one']);
  const [first] = c.history;
  if (!first) throw new Error('a filed case has a history');
  const lifted = { ...c, history: [first, { ...first, transition: 'lift-exclusion', detail: 'zhou late' }] };
  expect(laterExcluded(lifted, { names: '周敏', speaking: ['one'] }, joined)).toEqual(['one']);
});

test.each([
  ['王五，审批局', 0],
  ['周建平，审批局', 1],
  ['周建平 王五；李四、周敏主任', 2],
  ['Li Na and Bob Stone, Approvals Bureau', 1],
])('of “%s” %i are nobody we know', (names, count) => {
  expect(unmatchedNames(names, { staff, departments: ['审批局', 'Approvals Bureau'] })).toBe(count);
});
