/** Every question the program asks its store is answered from an index, so that a hundred thousand cases cost what a thousand do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { connectStore, ensureIndexes, type Connection } from '../../src/store/connect.js';
import { createStore } from '../../src/store/index.js';
import { openKeys } from '../../src/store/keys.js';
import { startChannel, usualMasterKeys } from '../support/channel.js';
import { planOf, recordQueries, watched, type Asked, type Recorder } from '../support/recorded-queries.js';
import { freshServices } from '../support/services.js';
import { walk } from '../support/store-walk.js';
import { liveWholeLife } from '../support/whole-life.js';

/** Read as a whole on purpose; each with the reason why that cannot grow, or is asked for by hand. */
const wholeOnPurpose: Readonly<Record<string, string>> = {
  'update departments': 'a few dozen, compared with the file at an import',
  'update enterprises {"filter":{"usccKey":{"$nin"':
    'an import compares every enterprise with its file, by hand',
  'count deliveries {"filter":"?"': 'an estimate that the store keeps by itself',
  'find audit_waiting {"filter":{}': 'whether there is anything: reads one',
  'find departments {"filter":{}': 'a few dozen, all of them shown or matched with a report',
  'find enterprises {"filter":{}':
    'known to be too much: a report asks for all of them, because a typed name is compared with sealed ones',
  'find cases {"filter":{},"sort":{"_id"': 'the audit command compares every history with the chain, by hand',
};

const mongoUri = watched(freshServices().mongoUri);
let connection: Connection;
beforeAll(async () => {
  connection = await connectStore(mongoUri, { log: createLog('error') });
});
afterAll(async () => await connection.close());

/** Shapes of questions that are answered by reading a whole collection, whether or not in the order of an index. */
async function scans(recorder: Recorder): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [shape, asked] of recorder.shapes()) {
    const stages = await planOf(connection, asked);
    const isWhole = stages.length === 0 || stages.includes('COLLSCAN') || asksForAll(asked);
    if (isWhole && !Object.keys(wholeOnPurpose).some((start) => shape.startsWith(start))) found.push(shape);
  }
  return found;
}

/** Nothing narrows it and nothing ends it. */
const asksForAll = ({ command }: Asked): boolean =>
  'find' in command &&
  command['limit'] === undefined &&
  Object.keys((command['filter'] as object | undefined) ?? {}).length === 0;

test('whatever a repository can ask is an index scan', async () => {
  const store = createStore(connection, await openKeys(connection, usualMasterKeys));
  await ensureIndexes(connection);
  const recorder = recordQueries();
  recorder.listen(connection);
  for (const [repository, methods] of Object.entries(walk))
    for (const [method, calls] of Object.entries(methods))
      for (const parameters of calls) await ask(store, { repository, method, parameters });
  expect(recorder.shapes().length).toBeGreaterThan(150);
  expect(await scans(recorder)).toEqual([]);
});

test('a search for a common and a rare word looks at the cases of the rare one alone', async () => {
  const own = await connectStore(watched(freshServices().mongoUri), { log: createLog('error') });
  try {
    const { searchTokens } = createStore(own, await openKeys(own, usualMasterKeys));
    await ensureIndexes(own);
    const put = async (caseId: string, words: readonly string[]): Promise<void> =>
      await searchTokens.put({
        caseId,
        scope: 'commission',
        reporterId: 'p',
        departments: [],
        filedAt: new Date('2026-03-02T01:00:00Z'),
        words,
        moreWords: [],
        takenFrom: '',
      });
    await Promise.all(Array.from({ length: 150 }, async (_, i) => await put(`case ${i}`, ['材料'])));
    await put('the one', ['材料', '起重机']);
    const recorder = recordQueries();
    recorder.listen(own);
    const found = await searchTokens.matching({
      scope: 'commission',
      words: ['材料', '起重机'],
      from: null,
      limit: 10,
    });
    expect(found.map(({ id }) => id)).toEqual(['the one']);
    const [, asked] = recorder.shapes().find(([shape]) => shape.startsWith('find search_tokens')) ?? [];
    const explained = await own.db?.command({ explain: asked?.command, verbosity: 'executionStats' });
    expect(explained).toMatchObject({ executionStats: { totalDocsExamined: 1 } });
  } finally {
    await own.close();
  }
});

test('whatever is asked in the life of a case, sweeps and schedules included, is an index scan', async () => {
  const channel = await startChannel({ mongoUri: watched(freshServices().mongoUri) });
  try {
    const recorder = recordQueries();
    recorder.listen(channel.connection());
    await liveWholeLife(channel);
    expect(recorder.shapes().length).toBeGreaterThan(60);
    expect(await scans(recorder)).toEqual([]);
  } finally {
    await channel.stop();
  }
});

interface Call {
  readonly repository: string;
  readonly method: string;
  readonly parameters: readonly unknown[];
}

/** The walk's type has checked the parameters. */
async function ask(store: object, { repository, method, parameters }: Call): Promise<void> {
  const methods = (store as Record<string, Record<string, (...given: unknown[]) => unknown>>)[repository];
  const answer = methods?.[method]?.(...parameters);
  // A generator asks only when it is read.
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer)
    for await (const _one of answer as AsyncIterable<unknown>) break;
  else await answer;
}
