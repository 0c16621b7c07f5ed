/** Who sees what, printed. After a change of a rule of sight: npm run build && node scripts/print-sights.mjs, and this test with -u. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printSights, sightLines } from '../../../src/domain/print-sights.js';

test('who sees what of a case, as a lawyer could read it', async () => {
  await expect(`${sightLines().join('\n')}\n`).toMatchFileSnapshot('who-sees-what.snapshot.txt');
});

test('docs/who-sees-what.md is what `node scripts/print-sights.mjs` prints from the rules', () => {
  const page = readFileSync(new URL('../../../docs/who-sees-what.md', import.meta.url), 'utf8');
  expect(page).toBe(printSights());
});

// The columns of rules §6 that nothing may ever soften.
test.each([
  ['officer', /^officer/, 'integrity'],
  ['head', /^head/, 'integrity'],
  ['administrator', /^administrator/, ''],
  ['duty officer named in it', /^duty officer: named/, ''],
])('%s: nothing of %s %s', (_who, who, track) => {
  const lines = sightLines();
  const found = lines.flatMap((line, i) => (who.test(line) ? lines.slice(i + 1, i + 7) : []));
  expect(found.length).toBeGreaterThan(0);
  for (const line of found.filter((one) => one.trim().startsWith(track))) expect(line).toMatch(/: —$/);
});

test('below open no name in a department, and a locked one for nobody but the two of an unmasking', () => {
  const lines = sightLines();
  let who = '';
  for (const line of lines) {
    if (!line.startsWith(' ')) who = line;
    else if (line.includes('**name**')) {
      const level = /, (\w+):/.exec(line)?.[1];
      if (/^(officer|head)/.test(who)) expect(level, who).toBe('open');
      if (level === 'locked') expect(who).toMatch(/its own report|approved/);
      expect(who).not.toMatch(/auditor|administrator/);
    }
  }
});
