/** The printed diagram says what the program does. After a change of a row: npm run build && node scripts/print-transitions.mjs */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printTransitions } from '../../src/domain/transitions/print-table.js';
import { transitions } from '../../src/domain/transitions/table.js';

const page = readFileSync(new URL('../../docs/states.md', import.meta.url), 'utf8');

test('docs/states.md is what `node scripts/print-transitions.mjs` prints from the transition table', () => {
  expect(page).toBe(printTransitions(transitions));
});

test('the printed page names every transition and, drawn or in words, every change of state', () => {
  for (const row of transitions) {
    expect(page).toContain(`| \`${row.name}\` |`);
    if (typeof row.to !== 'string' || row.to === 'same') continue;
    for (const from of row.from.filter((state) => state !== row.to)) {
      const drawn = `^  ${from} --> ${row.to}: .*\\b${row.name}\\b`;
      const inWords = `^- from .*\\b${from}\\b.*: \`${row.name}\` leads to .*${row.to}`;
      expect(page).toMatch(new RegExp(`${drawn}|${inWords}`, 'm'));
    }
  }
});
