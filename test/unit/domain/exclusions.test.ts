import { expect, test } from 'vitest';
import { excludedPeople } from '../../../src/domain/exclusions.js';
import type { Grant } from '../../../src/domain/people.js';
import type { Person } from '../../../src/domain/person.js';

const person = (id: string, name: string, grants: readonly Grant[], official?: string): Person => ({
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
  invitedBy: null,
});

const officer = (department: string): Grant => ({ role: 'officer', department });
const staff = [
  person('wang', '王五', [officer('SPJ')]),
  person('zhou', 'Minnie', [{ role: 'duty' }], '周敏'),
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
