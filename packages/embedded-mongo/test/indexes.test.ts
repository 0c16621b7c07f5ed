import { Long, type Collection, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startStore, type Loose, type TestStore } from './support/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ expiryMs: 20 });
});
afterAll(() => store.stop());

type Explained = {
  readonly index: string;
  readonly keys: number;
  readonly documents: number;
  readonly returned: number;
  readonly sorted: boolean;
};

async function explained(
  collection: Collection<Loose>,
  query: Document,
  sort: Document = {},
  limit = 0,
): Promise<Explained> {
  const { queryPlanner, executionStats } = await collection
    .find(query)
    .sort(sort)
    .limit(limit)
    .explain('executionStats');
  const sorted = queryPlanner.winningPlan.stage === 'SORT';
  const access = sorted ? queryPlanner.winningPlan.inputStage : queryPlanner.winningPlan;
  return {
    index: access.inputStage?.indexName ?? access.stage,
    keys: executionStats.totalKeysExamined,
    documents: executionStats.totalDocsExamined,
    returned: executionStats.nReturned,
    sorted,
  };
}

describe('the planner', () => {
  let collection: Collection<Loose>;
  beforeAll(async () => {
    collection = store.fresh();
    await collection.insertMany(
      Array.from({ length: 2000 }, (_, i) => ({
        n: i,
        owner: `o${i % 20}`,
        state: i % 2 === 0 ? 'open' : 'done',
        due: i % 100,
        tags: [`t${i % 5}`, `u${i % 7}`],
        name: `name ${i}`,
      })),
    );
    await collection.createIndexes([
      { key: { n: 1 }, name: 'n', unique: true },
      { key: { owner: 1, due: -1 }, name: 'owner' },
      { key: { due: 1 }, name: 'open', partialFilterExpression: { state: 'open' } },
      { key: { tags: 1, n: 1 }, name: 'tags' },
      { key: { name: 1 }, name: 'name' },
    ]);
  });

  test.each<readonly [string, Document, Document, number, Partial<Explained>]>([
    ['one document by a unique key', { n: 77 }, {}, 0, { index: 'n', documents: 1, returned: 1 }],
    ['_id before everything else', { _id: 0, n: 77 }, {}, 0, { index: '_id_' }],
    [
      'a range looks at the result only',
      { n: { $gte: 100, $lt: 110 } },
      {},
      0,
      { index: 'n', documents: 10, returned: 10 },
    ],
    ['a list of values', { n: { $in: [1, 5, 5000] } }, {}, 0, { index: 'n', documents: 2, returned: 2 }],
    [
      'equality, then the order of the index, ends with the limit',
      { owner: 'o3' },
      { due: -1 },
      5,
      { index: 'owner', documents: 5, sorted: false },
    ],
    ['the same backwards', { owner: 'o3' }, { due: 1 }, 5, { index: 'owner', documents: 5, sorted: false }],
    [
      'equality and a range',
      { owner: 'o3', due: { $gt: 60 } },
      {},
      0,
      { index: 'owner', documents: 40, returned: 40 },
    ],
    ['an order alone', {}, { n: -1 }, 3, { index: 'n', documents: 3, sorted: false }],
    ['an order no index has', {}, { state: 1 }, 3, { index: 'COLLSCAN', sorted: true }],
    [
      'a partial index where the query implies its filter',
      { state: 'open', due: { $lte: 1 } },
      { due: 1 },
      0,
      { index: 'open', documents: 20, returned: 20 },
    ],
    ['no partial index where it does not', { due: { $lte: 1 } }, {}, 0, { index: 'COLLSCAN' }],
    ['an element of an array', { tags: 't1', n: { $lt: 100 } }, {}, 0, { index: 'tags', returned: 20 }],
    [
      'the order behind one element of an array, ends with the limit',
      { tags: 't1' },
      { n: -1 },
      5,
      { index: 'tags', documents: 5, sorted: false },
    ],
    [
      'all of several elements, by way of the first one',
      { tags: { $all: ['t1', 'u3'] } },
      { n: 1 },
      2,
      { index: 'tags', returned: 2, sorted: false },
    ],
    [
      'the beginning of a text',
      { name: { $regex: '^name 199' } },
      {},
      0,
      { index: 'name', documents: 11, returned: 11 },
    ],
    [
      'every branch of $or',
      { $or: [{ n: 5 }, { owner: 'o1', due: 1 }] },
      {},
      0,
      { documents: 21, returned: 21 },
    ],
    [
      'no index for what may be anywhere',
      { $or: [{ n: 5 }, { state: 'x' }] },
      {},
      0,
      { index: 'COLLSCAN', documents: 2000 },
    ],
  ])('%s', async (_name, query, sort, limit, expected) => {
    expect(await explained(collection, query, sort, limit)).toMatchObject(expected);
  });

  test('an array in the field that is sorted by: its order is no longer that of the index', async () => {
    const mixed = store.fresh();
    await mixed.createIndex({ tags: 1, n: 1 });
    await mixed.insertMany([5, 1, 3].map((n) => ({ tags: ['a', 'b'], n })));
    expect(await explained(mixed, { tags: 'a' }, { n: 1 })).toMatchObject({ sorted: false });
    await mixed.insertOne({ tags: 'a', n: [0, 9] });
    expect(await explained(mixed, { tags: 'a' }, { n: 1 })).toMatchObject({ sorted: true });
    const descending = await mixed.find({ tags: 'a' }).sort({ n: -1 }).toArray();
    expect(descending.map(({ n }) => n as unknown)).toEqual([[0, 9], 5, 3, 1]);
  });

  test('a hint is obeyed, one that fits no index is refused', async () => {
    const plan = await collection.find({ n: 1 }).hint('owner').explain('queryPlanner');
    expect(plan.queryPlanner.winningPlan.inputStage.indexName).toBe('owner');
    expect((await refusal(collection.find({}).hint('none').toArray())).code).toBe(2);
  });
});

describe('indexes', () => {
  test('unique over several fields, missing ones count as null', async () => {
    const collection = store.fresh();
    await collection.createIndex({ a: 1, b: 1 }, { unique: true });
    await collection.insertMany([{ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 1 }]);
    const refused = await refusal(collection.insertOne({ a: 1, b: null }));
    expect(refused.error).toMatchObject({
      code: 11000,
      keyPattern: { a: 1, b: 1 },
      keyValue: { a: 1, b: null },
    });
    expect((await refusal(collection.updateOne({ b: 2 }, { $set: { b: 1 } }))).code).toBe(11000);
    expect(await collection.countDocuments({ b: 2 })).toBe(1);
  });

  test('unique over arrays: values are unique between documents, not within one', async () => {
    const collection = store.fresh();
    await collection.createIndex({ 'items.k': 1, 'items.q': 1 }, { unique: true });
    await collection.insertOne({
      items: [
        { k: 1, q: 1 },
        { k: 2, q: 2 },
        { k: 1, q: 1 },
      ],
    });
    await collection.insertOne({ items: [{ k: 1, q: 2 }] });
    expect((await refusal(collection.insertOne({ items: [{ k: 2, q: 2 }] }))).code).toBe(11000);
  });

  test('two arrays side by side in one index are refused', async () => {
    const collection = store.fresh();
    await collection.createIndex({ a: 1, b: 1 });
    expect((await refusal(collection.insertOne({ a: [1], b: [2] }))).code).toBe(171);
  });

  test('two conditions below one array may be met by different elements', async () => {
    const collection = store.fresh();
    await collection.createIndex({ 'a.x': 1, 'a.y': 1 });
    const a = [
      { x: 1, y: 9 },
      { x: 5, y: 2 },
    ];
    await collection.insertOne({ a });
    expect(await collection.countDocuments({ 'a.x': 1, 'a.y': 2 })).toBe(1);
    expect(await collection.countDocuments({ a: { $elemMatch: { x: 1, y: 2 } } })).toBe(0);
  });

  test('unique, partial: only documents within the filter compete', async () => {
    const collection = store.fresh();
    await collection.createIndex(
      { key: 1 },
      { unique: true, partialFilterExpression: { key: { $type: 'string' } } },
    );
    await collection.insertMany([{ key: 'a' }, { key: null }, { key: null }, {}]);
    expect((await refusal(collection.insertOne({ key: 'a' }))).code).toBe(11000);
  });

  test('what is counted by keys is what would be found', async () => {
    const collection = store.fresh();
    await collection.createIndex({ s: 1, t: -1, n: 1 });
    await collection.createIndex({ p: 1 }, { partialFilterExpression: { p: { $exists: true } } });
    await collection.createIndex({ u: 1 }, { unique: true, sparse: true });
    const long = 'l'.repeat(2_000);
    const texts = ['a', 'ab', 'a\0', 'a\0b', '', long, `${long}1`, null, 5];
    for (const s of texts)
      for (const t of ['x', 'xy', long])
        await collection.insertOne({ s, t, n: 1, p: s, u: `${String(s)} ${t}` });
    await collection.insertOne({ t: 'x', n: 1 });
    const queries: readonly Document[] = [
      ...texts.map((s) => ({ s })),
      ...texts.map((p) => ({ p })),
      { t: 'x', s: 'a' },
      { s: 'a', n: 1 },
      { s: 'a', n: 'none' },
      { t: 'x' },
      { s: { $in: ['a', 'ab', 'a'] } },
      { s: { $in: [] } },
      { s: { $in: ['a', null] } },
      { s: { $in: ['a', long], $ne: 'a' } },
      { s: 'a', $or: [{ t: 'x' }, { t: long }] },
      { s: { $in: ['a', 'ab'] }, t: { $in: ['x', long] } },
      { u: 'a x' },
      { u: { $in: ['a x', 'a xy', 'none'] } },
    ];
    const differing = async (): Promise<readonly Document[]> => {
      const differ: Document[] = [];
      for (const query of queries) {
        const found = await collection.find(query).toArray();
        if ((await collection.countDocuments(query)) !== found.length) differ.push(query);
      }
      return differ;
    };
    expect(await differing()).toEqual([]);
    expect(await collection.countDocuments({ s: { $in: ['a', 'ab', 'a'] } })).toBe(6);
    await collection.updateMany({ s: 'ab' }, { $set: { s: 'a' } });
    await collection.deleteMany({ s: '' });
    await collection.insertOne({ s: ['a', 'ab', 'a'], t: 'x', p: ['a', 'a\0'] });
    expect(await differing()).toEqual([]);
    expect(await collection.countDocuments({ s: 'a' })).toBe(7);
  });

  test('texts longer than a key stay unique, found and in order', async () => {
    const collection = store.fresh();
    await collection.createIndex({ s: 1 }, { unique: true });
    const long = (end: string): string => 'y'.repeat(3000) + end;
    await collection.insertMany([{ s: long('c') }, { s: long('a') }, { s: long('b') }]);
    expect((await refusal(collection.insertOne({ s: long('a') }))).code).toBe(11000);
    expect(await collection.countDocuments({ s: long('b') })).toBe(1);
    expect(
      (
        await collection
          .find({ s: { $gt: long('a') } })
          .sort({ s: -1 })
          .toArray()
      ).map(({ s }) => s.at(-1)),
    ).toEqual(['c', 'b']);
  });

  test('are made once, listed, dropped, and refused when they contradict', async () => {
    const collection = store.fresh();
    await collection.createIndexes([
      { key: { a: 1 }, name: 'a' },
      { key: { b: -1 }, name: 'b', sparse: true },
    ]);
    await collection.createIndex({ a: 1 }, { name: 'a' });
    expect((await collection.indexes()).map(({ name, key, sparse }) => ({ name, key, sparse }))).toEqual([
      { name: '_id_', key: { _id: 1 }, sparse: undefined },
      { name: 'a', key: { a: 1 }, sparse: undefined },
      { name: 'b', key: { b: -1 }, sparse: true },
    ]);
    expect((await refusal(collection.createIndex({ c: 1 }, { name: 'a' }))).code).toBe(86);
    expect((await refusal(collection.createIndex({ a: 1 }, { name: 'other' }))).code).toBe(85);
    expect((await refusal(collection.createIndex({ a: 1 }, { name: 'a', unique: true }))).code).toBe(86);
    expect((await refusal(collection.createIndex({ a: '2dsphere' }))).code).toBe(115);
    expect((await refusal(collection.createIndex({ a: 'text' }))).code).toBe(115);
    expect((await refusal(collection.createIndex({ a: 0 as never }))).code).toBe(67);
    expect((await refusal(collection.dropIndex('none'))).code).toBe(27);
    expect((await refusal(collection.dropIndex('_id_'))).code).toBe(72);
    await collection.dropIndex('a');
    expect(await collection.indexes()).toHaveLength(2);
  });

  test('TTL removes what is over and nothing else', async () => {
    const collection = store.fresh();
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
    await collection.insertMany([
      { _id: 1, at: ago(3600) },
      { _id: 2, at: ago(1) },
      { _id: 3, at: 'text' },
      { _id: 4 },
      { _id: 5, at: [ago(3600), ago(1)] },
    ]);
    await expect.poll(async () => collection.distinct('_id'), { timeout: 10_000 }).toEqual([2, 3, 4]);
  });
});

describe('cursors', () => {
  test('hand out everything once in batches, and a killed one is gone', async () => {
    const collection = store.fresh();
    await collection.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i, text: 'x'.repeat(100) })));
    const seen = await collection
      .find()
      .sort({ _id: 1 })
      .batchSize(7)
      .map(({ _id }) => _id)
      .toArray();
    expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => i));
    const db = store.client.db(collection.dbName);
    const { cursor } = await db.command({ find: collection.collectionName, batchSize: 2 });
    expect(cursor.firstBatch).toHaveLength(2);
    await db.command({ killCursors: collection.collectionName, cursors: [Long.fromNumber(cursor.id)] });
    expect(
      (
        await refusal(
          db.command({ getMore: Long.fromNumber(cursor.id), collection: collection.collectionName }),
        )
      ).code,
    ).toBe(43);
  });

  test('a batch stays within 16 MB', async () => {
    const collection = store.fresh();
    await collection.insertMany(
      Array.from({ length: 5 }, (_, i) => ({ _id: i, text: 'x'.repeat(5_000_000) })),
    );
    const { cursor } = await store.client.db(collection.dbName).command({ find: collection.collectionName });
    expect(cursor.firstBatch).toHaveLength(3);
    expect(await collection.find().toArray()).toHaveLength(5);
  });

  test('one that is not asked for is forgotten', async () => {
    const idle = await startStore({ cursorIdleMs: 30 });
    const collection = idle.fresh();
    await collection.insertMany([{}, {}, {}]);
    const db = idle.client.db(collection.dbName);
    const { cursor } = await db.command({ find: collection.collectionName, batchSize: 1 });
    const open = async (): Promise<number> =>
      (await db.command({ serverStatus: 1 })).metrics.cursor.open.total;
    await expect.poll(open, { timeout: 5000 }).toBe(0);
    expect(
      (
        await refusal(
          db.command({ getMore: Long.fromNumber(cursor.id), collection: collection.collectionName }),
        )
      ).code,
    ).toBe(43);
    await idle.stop();
  });

  test('a long search lets others go first, and ends when its time is over', async () => {
    const collection = store.fresh();
    for (let i = 0; i < 20; i += 1)
      await collection.insertMany(Array.from({ length: 2500 }, () => ({ a: 1, b: 'x'.repeat(50) })));
    let finished = false;
    const scan = collection.countDocuments({ b: 'y' }).then((n) => {
      finished = true;
      return n;
    });
    await store.client.db('admin').command({ ping: 1 });
    await store.client.db('admin').command({ ping: 1 });
    expect(finished).toBe(false);
    expect(await scan).toBe(0);
    expect((await refusal(collection.find({ b: 'y' }, { maxTimeMS: 1 }).toArray())).code).toBe(50);
  });
});
