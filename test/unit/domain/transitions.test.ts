import { expect, test } from 'vitest';
import { caseStates } from '../../../src/domain/case.js';
import { relations } from '../../../src/domain/people.js';
import { transitionNames } from '../../../src/domain/transitions/row.js';
import { transitions } from '../../../src/domain/transitions/table.js';

test('every transition is one row, in one table', () => {
  expect(transitions.map((row) => row.name).toSorted()).toEqual([...transitionNames].toSorted());
});

test('who may do what in which state, as a lawyer could read it', async () => {
  const may = (relation: string, state: string): string =>
    transitions
      .filter((row) => row.by.some((by) => by === relation) && row.from.some((from) => from === state))
      .map((row) => row.name)
      .join(', ');
  const sheet = [...relations, 'system'].flatMap((relation) => {
    const lines = caseStates
      .map((state) => [state, may(relation, state)] as const)
      .filter(([, names]) => names !== '');
    return [
      relation,
      ...(lines.length > 0 ? lines.map(([state, names]) => `  ${state}: ${names}`) : ['  nothing']),
      '',
    ];
  });
  await expect(sheet.join('\n')).toMatchFileSnapshot('who-may-what.snapshot.txt');
});

test('every state but the last can be left, and every state can be reached', () => {
  const reached = new Set<string>(['filed', 'sealed']);
  for (const row of transitions) if (typeof row.to === 'string' && row.to !== 'same') reached.add(row.to);
  reached.add('withdrawn');
  expect(caseStates.filter((state) => !reached.has(state))).toEqual([]);
  const left = new Set(transitions.filter((row) => row.to !== 'same').flatMap((row) => row.from));
  expect(caseStates.filter((state) => !left.has(state))).toEqual(['archived']);
});
