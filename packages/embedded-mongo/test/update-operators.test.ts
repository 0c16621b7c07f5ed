// Every update operator against what MongoDB's manual documents for it.
import { Decimal128, Double, Int32, Long, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startStore, type TestStore } from './support/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

type Update = Document | Document[];

async function updated(
  before: Document,
  update: Update,
  query: Document = {},
  options: Document = {},
): Promise<Document> {
  const collection = store.fresh();
  await collection.insertOne({ _id: 1, ...before });
  await collection.updateOne(query, update, options);
  const { _id, ...after } = (await collection.findOne({ _id: 1 })) ?? {};
  expect(_id).toBe(1);
  return after;
}

const grades = {
  grades: [
    { grade: 80, mean: 75 },
    { grade: 85, mean: 90 },
    { grade: 90, mean: 85 },
  ],
};
const quizzes = {
  quizzes: [
    { wk: 1, score: 10 },
    { wk: 2, score: 8 },
    { wk: 3, score: 5 },
    { wk: 4, score: 6 },
  ],
};
const day = new Date('2026-01-02T03:04:05Z');

const CASES: readonly (readonly [
  name: string,
  before: Document,
  update: Update,
  expected: Document,
  query?: Document,
  options?: Document,
])[] = [
  ['$set makes what is missing', { a: 1 }, { $set: { 'b.c': 2, a: 3 } }, { a: 3, b: { c: 2 } }],
  ['$set pads an array', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  ['new fields come in order of name', { z: 0 }, { $set: { c: 1, a: 1, b: 1 } }, { z: 0, a: 1, b: 1, c: 1 }],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 2 } }],
  [
    '$unset of an array element leaves null',
    { a: [1, 2, 3] },
    { $unset: { 'a.1': '' } },
    { a: [1, null, 3] },
  ],
  [
    '$inc',
    { quantity: 10, metrics: { orders: 2 } },
    { $inc: { quantity: -2, 'metrics.orders': 1, fresh: 5 } },
    { quantity: 8, metrics: { orders: 3 }, fresh: 5 },
  ],
  [
    '$mul',
    { price: 10.5, qty: 25 },
    { $mul: { price: 2, qty: 2, fresh: 7 } },
    { price: 21, qty: 50, fresh: 0 },
  ],
  [
    '$min',
    { high: 800, low: 200, since: day },
    { $min: { low: 150, high: 900, since: new Date(0), fresh: 1 } },
    { high: 800, low: 150, since: new Date(0), fresh: 1 },
  ],
  ['$max', { high: 800, low: 200 }, { $max: { high: 950, low: 100 } }, { high: 950, low: 200 }],
  ['$min compares across types by their order', { v: 5 }, { $min: { v: 'text' } }, { v: 5 }],
  [
    '$rename',
    { nmae: { f: 'a' }, x: 1 },
    { $rename: { nmae: 'name', x: 'y.z', missing: 'm' } },
    { name: { f: 'a' }, y: { z: 1 } },
  ],
  ['$push', { scores: [1] }, { $push: { scores: 89, fresh: 1 } }, { scores: [1, 89], fresh: [1] }],
  [
    '$push of an array adds one element',
    { scores: [1] },
    { $push: { scores: [2, 3] } },
    { scores: [1, [2, 3]] },
  ],
  ['$push $each', { scores: [89] }, { $push: { scores: { $each: [90, 92] } } }, { scores: [89, 90, 92] }],
  [
    '$push $position',
    { scores: [100] },
    { $push: { scores: { $each: [50, 60], $position: 0 } } },
    { scores: [50, 60, 100] },
  ],
  [
    '$push $position from the end',
    { scores: [1, 2, 3] },
    { $push: { scores: { $each: [9], $position: -1 } } },
    { scores: [1, 2, 9, 3] },
  ],
  [
    '$push $slice',
    { scores: [40, 50, 60] },
    { $push: { scores: { $each: [80, 78, 86], $slice: -5 } } },
    { scores: [50, 60, 80, 78, 86] },
  ],
  [
    '$push $slice 0 empties',
    { scores: [1] },
    { $push: { scores: { $each: [2], $slice: 0 } } },
    { scores: [] },
  ],
  [
    '$push $sort of values',
    { tests: [89, 70] },
    { $push: { tests: { $each: [40, 60], $sort: 1 } } },
    { tests: [40, 60, 70, 89] },
  ],
  [
    '$push $sort by a field, $slice after it',
    quizzes,
    { $push: { quizzes: { $each: [{ wk: 5, score: 8 }], $sort: { score: -1 }, $slice: 3 } } },
    {
      quizzes: [
        { wk: 1, score: 10 },
        { wk: 2, score: 8 },
        { wk: 5, score: 8 },
      ],
    },
  ],
  ['$addToSet', { tags: ['a'] }, { $addToSet: { tags: 'b' } }, { tags: ['a', 'b'] }],
  [
    '$addToSet of a present value',
    { tags: ['a', { k: 1 }] },
    { $addToSet: { tags: { k: 1 } } },
    { tags: ['a', { k: 1 }] },
  ],
  [
    '$addToSet $each',
    { tags: ['a'] },
    { $addToSet: { tags: { $each: ['b', 'a', 'b'] } } },
    { tags: ['a', 'b'] },
  ],
  ['$pop', { a: [1, 2, 3], b: [1, 2, 3] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2, 3] }],
  ['$pull of a value', { a: [1, 2, 1, 3] }, { $pull: { a: 1 } }, { a: [2, 3] }],
  ['$pull by operators', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [
    '$pull by a query on documents',
    quizzes,
    { $pull: { quizzes: { score: { $gte: 6 }, wk: { $ne: 4 } } } },
    {
      quizzes: [
        { wk: 3, score: 5 },
        { wk: 4, score: 6 },
      ],
    },
  ],
  [
    '$pull $elemMatch',
    { r: [{ a: [{ q: 1 }] }, { a: [{ q: 2 }] }] },
    { $pull: { r: { a: { $elemMatch: { q: 2 } } } } },
    { r: [{ a: [{ q: 1 }] }] },
  ],
  ['$pull by a pattern', { a: ['ab', 'cd'] }, { $pull: { a: /^a/ } }, { a: ['cd'] }],
  ['$pullAll', { scores: [0, 2, 5, 5, 1, 0] }, { $pullAll: { scores: [0, 5] } }, { scores: [2, 1] }],
  ['$pull from what is missing makes nothing', { a: 1 }, { $pull: { b: 1 }, $pop: { c: 1 } }, { a: 1 }],
  [
    '$bit',
    { a: 13, b: 3, c: 1 },
    { $bit: { a: { and: new Int32(10) }, b: { or: new Int32(5) }, c: { xor: new Int32(5) } } },
    { a: 8, b: 7, c: 4 },
  ],
  [
    'the positional operator',
    grades,
    { $set: { 'grades.$.mean': 1 } },
    {
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 1 },
        { grade: 90, mean: 85 },
      ],
    },
    { 'grades.grade': 85 },
  ],
  [
    'the positional operator after $elemMatch',
    grades,
    { $inc: { 'grades.$.mean': 1 } },
    {
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 90 },
        { grade: 90, mean: 86 },
      ],
    },
    { grades: { $elemMatch: { grade: { $gt: 80 }, mean: { $lt: 90 } } } },
  ],
  [
    '$[]',
    grades,
    { $inc: { 'grades.$[].mean': 10 } },
    {
      grades: [
        { grade: 80, mean: 85 },
        { grade: 85, mean: 100 },
        { grade: 90, mean: 95 },
      ],
    },
  ],
  [
    '$[id]',
    grades,
    { $set: { 'grades.$[e].mean': 100 } },
    {
      grades: [
        { grade: 80, mean: 75 },
        { grade: 85, mean: 100 },
        { grade: 90, mean: 100 },
      ],
    },
    {},
    { arrayFilters: [{ 'e.grade': { $gte: 85 } }] },
  ],
  [
    'nested $[] and $[id]',
    { g: [{ t: [1, 9] }, { t: [9, 2] }] },
    { $inc: { 'g.$[].t.$[x]': 1 } },
    { g: [{ t: [1, 10] }, { t: [10, 2] }] },
    {},
    { arrayFilters: [{ x: { $gt: 5 } }] },
  ],
  [
    'a pipeline',
    { a: 2, b: 3, c: 1 },
    [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'c' }],
    { a: 2, b: 3, sum: 5 },
  ],
  ['a pipeline with $replaceWith keeps _id', { a: { x: 1 }, b: 2 }, [{ $replaceWith: '$a' }], { x: 1 }],
];

describe('changes', () => {
  test.each(CASES.map((one) => ({ name: one[0], one })))(
    '$name',
    async ({ one: [, before, update, expected, query, options] }) => {
      const after = await updated(before, update, query, options);
      expect(after).toEqual(expected);
      expect(Object.keys(after)).toEqual(Object.keys(expected));
    },
  );

  test('$currentDate sets a date or a timestamp', async () => {
    const started = Date.now();
    const after = await updated({}, { $currentDate: { at: true, stamp: { $type: 'timestamp' } } });
    expect(Number(after.at)).toBeGreaterThanOrEqual(started);
    expect((after.stamp as { _bsontype: string })._bsontype).toBe('Timestamp');
  });

  test("numbers keep MongoDB's types", async () => {
    const collection = store.fresh();
    await collection.insertOne({
      int: new Int32(2147483647),
      long: Long.fromString('9007199254740993'),
      double: new Double(2),
      decimal: Decimal128.fromString('0.1'),
      kept: new Double(1),
    });
    await collection.updateOne(
      {},
      { $inc: { int: 1, long: 1, double: 1, decimal: Decimal128.fromString('0.2') } },
    );
    await collection.updateOne({}, [{ $set: { other: 1 } }]);
    const found = (await collection.findOne({}, { promoteValues: false })) as unknown as Record<
      string,
      { readonly _bsontype: string }
    >;
    expect(found.int?._bsontype).toBe('Long');
    expect((found.long as unknown as Long).toString()).toBe('9007199254740994');
    expect(found.double?._bsontype).toBe('Double');
    expect((found.decimal as unknown as Decimal128).toString()).toBe('0.3');
    expect(found.kept?._bsontype).toBe('Double');
  });

  test('a change that changes nothing is matched and not modified', async () => {
    const collection = store.fresh();
    await collection.insertOne({ a: 1 });
    expect(await collection.updateOne({}, { $set: { a: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });

  test('updateMany changes all matches, replaceOne all but _id', async () => {
    const collection = store.fresh();
    await collection.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ]);
    expect(await collection.updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    await collection.replaceOne({ _id: 1 }, { c: 1 });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, c: 1 },
      { _id: 2, a: 1, b: 1 },
      { _id: 3, a: 2 },
    ]);
  });
});

describe('upsert', () => {
  test('takes the equalities of the query, then the update, then $setOnInsert', async () => {
    const collection = store.fresh();
    const query = { _id: 7, a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: 3 }], f: { $in: [4] } };
    const result = await collection.updateOne(
      query,
      { $set: { g: 5 }, $setOnInsert: { h: 6 } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 7 });
    expect(await collection.findOne()).toEqual({ _id: 7, a: 1, b: { c: 2 }, e: 3, f: 4, g: 5, h: 6 });
    await collection.updateOne({ _id: 7 }, { $set: { g: 8 }, $setOnInsert: { h: 9 } }, { upsert: true });
    expect(await collection.findOne()).toMatchObject({ g: 8, h: 6 });
  });

  test('by replacement keeps only _id of the query', async () => {
    const collection = store.fresh();
    await collection.replaceOne({ _id: 1, a: 1 }, { b: 2 }, { upsert: true });
    expect(await collection.findOne()).toEqual({ _id: 1, b: 2 });
  });

  test('fifty at once make one document', async () => {
    const collection = store.fresh();
    await collection.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        collection.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true }),
      ),
    );
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
    expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({ key: 'k', n: 50 });
  });
});

type Refusal = readonly [name: string, before: Document, update: Update, code: number, options?: Document];
const REFUSALS: readonly Refusal[] = [
  ['an unknown operator', { a: 1 }, { $frob: { a: 1 } }, 9],
  ['conflicting paths', { a: 1 }, { $set: { a: 2 }, $inc: { a: 1 } }, 40],
  ['conflicting nested paths', { a: {} }, { $set: { a: { b: 1 }, 'a.b': 2 } }, 40],
  ['a changed _id', { a: 1 }, { $set: { _id: 2 } }, 66],
  ['$inc of a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a text', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$push onto a number', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$push with an unknown clause', { a: [] }, { $push: { a: { $each: [], $foo: 1 } } }, 2],
  ['$pop by something else', { a: [1] }, { $pop: { a: 2 } }, 9],
  ['a field inside a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['an empty path', { a: 1 }, { $set: { '': 1 } }, 56],
  ['an empty part of a path', { a: 1 }, { $set: { 'a..b': 1 } }, 56],
  ['$[] on what is no array', { a: 1 }, { $set: { 'a.$[]': 1 } }, 2],
  ['the positional operator without an array in the query', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
  ['an identifier without a filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  ['a filter without its identifier', { a: [1] }, { $set: { b: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
  ['$rename into itself', { a: 1 }, { $rename: { a: 'a' } }, 2],
  ['a stage an update cannot have', { a: 1 }, [{ $match: { a: 1 } }], 40324],
  ['a 64-bit overflow', { a: Long.MAX_VALUE }, { $inc: { a: Long.ONE } }, 2],
];

describe("refuses with MongoDB's code and changes nothing", () => {
  test.each(REFUSALS.map((one) => ({ name: one[0], one })))(
    '$name',
    async ({ one: [, before, update, code, options] }) => {
      const collection = store.fresh();
      await collection.insertOne({ _id: 1, ...before });
      const refused = await refusal(collection.updateOne({}, update, options));
      expect(refused.code).toBe(code);
      expect(await collection.findOne({}, { promoteLongs: false })).toEqual({ _id: 1, ...before });
    },
  );

  test('an _id that cannot be one, a document over 16 MB, a batch over its limit', async () => {
    const collection = store.fresh();
    expect((await refusal(collection.insertOne({ _id: [1] as never }))).code).toBe(53);
    expect((await refusal(collection.insertOne({ _id: { $a: 1 } as never }))).code).toBe(52);
    await collection.insertOne({ _id: 1, big: 'x'.repeat(15 * 1024 * 1024) });
    expect(
      (await refusal(collection.updateOne({}, { $set: { more: 'x'.repeat(2 * 1024 * 1024) } }))).code,
    ).toBe(10334);
    expect(await collection.countDocuments({ more: { $exists: true } })).toBe(0);
  });
});
