import { expect, test } from 'vitest';
import {
  excludedPeople,
  keepOutWords,
  laterExcluded,
  leavesReader,
  namedIn,
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

test.each([
  ['材料交了五个月，来的人是承办人王五。', ['wang']],
  ['王 某和小李都说没办法', []],
  ['承办人Li Na说再等等', ['li']],
  // A single word of another script may be a word of any sentence: where it is asked for, it is a name.
  ['In May ann will come', []],
  ['Annabel and Lina were kind', []],
  ['我们 2023 年就交了，窗口电话 2023', []],
  ['阿依古丽·买买提处长签的字', ['ayi']],
  ['找欧阳建国签字', ['space']],
  ['我是老板周老板', []],
  ['', []],
])('the report “%s” names %j', (text, ids) => {
  const all = [
    ...staff,
    person('number', '2023', [officer('SPJ')]),
    person('ayi', '阿依古丽·买买提', [officer('SPJ')]),
    person('space', '欧阳 建国', [officer('SPJ')]),
    // A contact of an enterprise is nobody's staff, and nobody means himself.
    person('contact', '周老板', [{ role: 'enterprise' }]),
    person('writer', '老板', [officer('SPJ')]),
  ];
  expect(namedIn(text, all, ['writer'])).toEqual(ids);
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
  expect(laterExcluded(c, { names: '', said: '', speaking: [] }, joined)).toEqual(['late']);
  expect(laterExcluded(c, { names: '周敏', said: '', speaking: ['one'] }, staff)).toEqual(['zhou', 'one']);
  const [first] = c.history;
  if (!first) throw new Error('a filed case has a history');
  const lifted = { ...c, history: [first, { ...first, transition: 'lift-exclusion', detail: 'zhou late' }] };
  expect(laterExcluded(lifted, { names: '周敏', said: '', speaking: ['one'] }, joined)).toEqual(['one']);
});

test('of a case in which he stands somebody is kept out when he comes; whom the supervisor let in again, and who wrote it down, are not', () => {
  const c = { ...filed(), filedById: 'zhou' };
  const of = { names: '', said: '承办人王五，赵一山在场，周敏记录。', speaking: [] };
  expect(laterExcluded(c, of, staff)).toEqual(['wang', 'two']);
  const [first] = c.history;
  if (!first) throw new Error('a filed case has a history');
  const lifted = { ...c, history: [first, { ...first, transition: 'lift-exclusion', detail: 'two' }] };
  expect(laterExcluded(lifted, of, staff)).toEqual(['wang']);
});

test.each([
  ['王五，审批局', 0],
  ['周建平，审批局', 1],
  ['周建平 王五；李四、周敏主任', 2],
  ['Li Na and Bob Stone, Approvals Bureau', 1],
  ['王五和周建平、李四与钱二一', 3],
  ['王五及周敏，住房和城乡建设局和周建平', 1],
  ['李和平', 1],
  ['Wang Qiang 和 周建平与Ann', 2],
  ['Housing and Construction Bureau and Ann', 0],
])('of “%s” %i are nobody we know', (names, count) => {
  const departments = ['审批局', 'Approvals Bureau', '住房和城乡建设局', 'Housing and Construction Bureau'];
  expect(unmatchedNames(names, { staff, departments })).toHaveLength(count);
});
