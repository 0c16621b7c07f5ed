// UNIFIED_TESTS=<folder> runs the unified CRUD tests found there (for example source/crud/tests/unified of MongoDB's
// specifications) and prints what passed, failed and was refused.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStore, type TestStore } from './support/store.js';
import { runFile, type Outcome } from './support/unified.js';

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

async function runFolder(folder: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    outcomes.push(...(await runFile(store.client, readFileSync(join(folder, name), 'utf8'))));
  }
  return outcomes;
}

test('the runner tells passed, failed, refused and skipped apart', async () => {
  const outcomes = await runFolder(fileURLToPath(new URL('unified', import.meta.url)));
  expect(outcomes.map(({ result }) => result)).toEqual(['passed', 'failed', 'refused', 'skipped']);
});

const folder = process.env.UNIFIED_TESTS;
test.runIf(folder)(
  'the unified tests of a folder',
  async () => {
    const outcomes = await runFolder(folder ?? '');
    const count = (result: Outcome['result']): number =>
      outcomes.filter((outcome) => outcome.result === result).length;
    for (const { name, result, why } of outcomes)
      if (result === 'failed' || result === 'refused') process.stdout.write(`${result}: ${name}: ${why}\n`);
    process.stdout.write(
      `passed ${count('passed')}, failed ${count('failed')}, refused ${count('refused')}, skipped ${count('skipped')}\n`,
    );
    expect(outcomes.length).toBeGreaterThan(0);
  },
  600_000,
);
