/** The rows that the rates count: written again and again, late or twice, they say what the newest case says. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { createCases } from '../../src/store/cases.js';
import { createClosings, type Closings } from '../../src/store/closings.js';
import { connectStore, ensureIndexes, type Connection } from '../../src/store/connect.js';
import { createRankings } from '../../src/store/rankings.js';
import { defaultRules } from '../../src/domain/clock-limits.js';
import { rankMonth } from '../../src/domain/rates/ranking.js';
import { freshServices } from '../support/services.js';
import { row, said } from '../unit/rates/rows.js';

let connection: Connection;
let closings: Closings;

beforeEach(async () => {
  connection = await connectStore(freshServices().mongoUri, { log: createLog('silent') });
  createCases(connection);
  closings = createClosings(connection);
  await ensureIndexes(connection);
});
afterEach(async () => await connection.close());

const closing = row({ caseId: 'one' });
const answers = said('contacted', 'yes', 5);

test('a row that was put twice is there once', async () => {
  await closings.put([closing], 7);
  await closings.put([closing], 7);
  expect(await closings.ofMonth('2026-11')).toEqual([closing]);
});

test('a relay that comes late does not take back an answer', async () => {
  await closings.put([{ ...closing, answers }], 9);
  await closings.put([closing], 7);
  expect(await closings.ofMonth('2026-11')).toMatchObject([{ answers }]);
  await closings.put([{ ...closing, answers, excluded: 'withdrawn' }], 10);
  expect(await closings.ofMonth('2026-11')).toMatchObject([{ answers, excluded: 'withdrawn' }]);
});

test('twenty replicas at once leave the newest row, and none of them fails', async () => {
  const revisions = Array.from({ length: 20 }, (_, i) => i + 1);
  await Promise.all(
    revisions.map(async (rev) => await closings.put([{ ...closing, workingMinutes: rev }], rev)),
  );
  expect(await closings.ofMonth('2026-11')).toMatchObject([{ workingMinutes: 20 }]);
});

test('a month is read by itself, and the first one is known', async () => {
  expect(await closings.firstMonth()).toBeNull();
  await closings.put([closing, { ...closing, ordinal: 2, month: '2026-12' }], 1);
  await closings.put([row({ caseId: 'other', month: '2026-02' })], 1);
  expect((await closings.ofMonth('2026-12')).map(({ ordinal }) => ordinal)).toEqual([2]);
  expect(await closings.firstMonth()).toBe('2026-02');
});

test('of twenty who publish a month at once one does; what was stored is what he published', async () => {
  const rankings = createRankings(connection);
  const table = rankMonth(
    { month: '2026-11', departments: ['SPJ'], closings: [closing], closingsBefore: [] },
    defaultRules.ranking,
  );
  const names = { SPJ: { zh: '审批局', en: 'Approvals Bureau' } };
  const publish = async (publishedBy: string): Promise<boolean> =>
    await rankings.publish({
      month: '2026-11',
      table,
      names,
      publishedAt: new Date(0),
      publishedBy,
      causeId: publishedBy,
    });
  const people = Array.from({ length: 20 }, (_, i) => `person-${i}`);
  const done = await Promise.all(people.map(publish));
  expect(done.filter(Boolean)).toHaveLength(1);
  const stored = await rankings.ofMonth('2026-11');
  expect(stored).toEqual({
    month: '2026-11',
    table,
    names,
    publishedAt: new Date(0),
    publishedBy: people[done.indexOf(true)],
    causeId: people[done.indexOf(true)],
  });
});
