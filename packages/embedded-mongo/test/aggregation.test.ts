// Aggregation: what statistics are made of, and every named correction of mingo.
import { Decimal128, Long, ObjectId, type Collection, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startStore, type Loose, type TestStore } from './support/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

async function filled(documents: readonly Document[]): Promise<Collection<Loose>> {
  const collection = store.fresh();
  if (documents.length > 0) await collection.insertMany(documents.map((document) => ({ ...document })));
  return collection;
}
/** One expression over one document. */
async function computed(document: Document, expression: unknown): Promise<unknown> {
  const collection = await filled([document]);
  const [result] = await collection.aggregate([{ $project: { _id: 0, value: expression } }]).toArray();
  return result?.value;
}

describe('expressions', () => {
  const summer = new Date('2026-03-28T12:00:00Z');
  test.each<readonly [string, Document, unknown, unknown]>([
    ['$eq compares documents by value', { a: { x: 1 }, b: { x: 1 } }, { $eq: ['$a', '$b'] }, true],
    ['$gt follows the order of types', { a: 'text', b: 5 }, { $gt: ['$a', '$b'] }, true],
    ['missing is below null', { b: null }, { $lt: ['$a', '$b'] }, true],
    ['$cmp', { a: 1, b: 2 }, { $cmp: ['$a', '$b'] }, -1],
    ['$type of what is missing', {}, { $type: '$a' }, 'missing'],
    ['$type of an id', { a: new ObjectId() }, { $type: '$a' }, 'objectId'],
    [
      '$toString of an id',
      { a: new ObjectId('64b000000000000000000001') },
      { $toString: '$a' },
      '64b000000000000000000001',
    ],
    [
      '$toObjectId',
      { a: '64b000000000000000000001' },
      { $toObjectId: '$a' },
      new ObjectId('64b000000000000000000001'),
    ],
    ['$toUpper changes ASCII letters', { a: 'aé' }, { $toUpper: '$a' }, 'Aé'],
    [
      '$dateAdd of a day keeps the hour of the zone',
      { a: summer },
      { $dateAdd: { startDate: '$a', unit: 'day', amount: 1, timezone: 'Europe/Berlin' } },
      new Date('2026-03-29T11:00:00Z'),
    ],
    [
      '$dateSubtract of hours does not',
      { a: summer },
      { $dateSubtract: { startDate: '$a', unit: 'hour', amount: 24, timezone: 'Europe/Berlin' } },
      new Date('2026-03-27T12:00:00Z'),
    ],
    [
      '$dateFromParts in a zone',
      {},
      { $dateFromParts: { year: 2026, month: 1, day: 1, timezone: 'Asia/Shanghai' } },
      new Date('2025-12-31T16:00:00Z'),
    ],
    [
      '$dateFromString in a zone',
      {},
      { $dateFromString: { dateString: '2026-01-01T00:00:00', timezone: 'Asia/Shanghai' } },
      new Date('2025-12-31T16:00:00Z'),
    ],
    [
      '$dateToString in a zone',
      { a: new Date('2025-12-31T16:30:00Z') },
      { $dateToString: { date: '$a', format: '%Y-%m-%d %H:%M', timezone: 'Asia/Shanghai' } },
      '2026-01-01 00:30',
    ],
    [
      '$dateTrunc to a month in a zone',
      { a: new Date('2025-12-31T16:30:00Z') },
      { $dateTrunc: { date: '$a', unit: 'month', timezone: 'Asia/Shanghai' } },
      new Date('2025-12-31T16:00:00Z'),
    ],
    [
      '$dateDiff',
      { a: new Date(0), b: new Date(90_000) },
      { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'minute' } },
      1,
    ],
    ['$cond and $ifNull', { a: 5 }, { $cond: [{ $gte: ['$a', 5] }, { $ifNull: ['$b', 'none'] }, 0] }, 'none'],
    [
      '$switch',
      { a: 5 },
      // oxlint-disable-next-line no-thenable -- the field is called so in MongoDB's $switch
      { $switch: { branches: [{ case: { $gt: ['$a', 9] }, then: 'big' }], default: 'small' } },
      'small',
    ],
    [
      '$map, $filter and $reduce',
      { a: [1, 2, 3, 4] },
      {
        $reduce: {
          input: {
            $map: {
              input: { $filter: { input: '$a', cond: { $gt: ['$$this', 1] } } },
              in: { $multiply: ['$$this', 10] },
            },
          },
          initialValue: 0,
          in: { $add: ['$$value', '$$this'] },
        },
      },
      90,
    ],
    [
      '$size, $in, $arrayElemAt, $slice',
      { a: [1, 2, 3] },
      [{ $size: '$a' }, { $in: [2, '$a'] }, { $arrayElemAt: ['$a', -1] }, { $slice: ['$a', 2] }],
      [3, true, 3, [1, 2]],
    ],
    [
      '$divide, $round, $mod',
      { a: 10, b: 4 },
      [{ $divide: ['$a', '$b'] }, { $round: [{ $divide: ['$a', 3] }, 2] }, { $mod: ['$a', '$b'] }],
      [2.5, 3.33, 2],
    ],
    [
      '$setDifference and $concatArrays',
      { a: [1, 2], b: [2] },
      { $concatArrays: [{ $setDifference: ['$a', '$b'] }, '$b'] },
      [1, 2],
    ],
    [
      '$mergeObjects and $objectToArray',
      { a: { x: 1 } },
      { $objectToArray: { $mergeObjects: ['$a', { y: 2 }] } },
      [
        { k: 'x', v: 1 },
        { k: 'y', v: 2 },
      ],
    ],
  ])('%s', async (_name, document, expression, expected) => {
    expect(await computed(document, expression)).toEqual(expected);
  });
});

describe('stages', () => {
  const sales = [
    { _id: 1, item: 'a', price: 10, n: 2, tags: ['x', 'y'] },
    { _id: 2, item: 'b', price: 20, n: 1, tags: [] },
    { _id: 3, item: 'a', price: 5, n: 10, tags: ['y'] },
    { _id: 4, price: 7, n: 1 },
  ];
  test.each<readonly [string, Document[], unknown[]]>([
    [
      '$group with a missing key makes null',
      [
        { $group: { _id: '$item', n: { $sum: '$n' }, max: { $max: '$price' }, all: { $push: '$_id' } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: null, n: 1, max: 7, all: [4] },
        { _id: 'a', n: 12, max: 10, all: [1, 3] },
        { _id: 'b', n: 1, max: 20, all: [2] },
      ],
    ],
    [
      '$group averages, first and last',
      [
        { $sort: { _id: 1 } },
        { $group: { _id: null, avg: { $avg: '$price' }, first: { $first: '$item' }, count: { $count: {} } } },
      ],
      [{ _id: null, avg: 10.5, first: 'a', count: 4 }],
    ],
    [
      '$unwind keeps what is empty when asked',
      [
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
        { $sort: { _id: 1, tags: 1 } },
        { $project: { tags: 1 } },
      ],
      [{ _id: 1, tags: 'x' }, { _id: 1, tags: 'y' }, { _id: 2 }, { _id: 3, tags: 'y' }, { _id: 4 }],
    ],
    [
      '$bucket leaves empty buckets out',
      [
        {
          $bucket: {
            groupBy: '$price',
            boundaries: [0, 6, 8, 9, 15],
            default: 'more',
            output: { ids: { $push: '$_id' } },
          },
        },
      ],
      [
        { _id: 0, ids: [3] },
        { _id: 6, ids: [4] },
        { _id: 9, ids: [1] },
        { _id: 'more', ids: [2] },
      ],
    ],
    ['$sortByCount, $limit and $skip', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 'a', count: 2 }]],
    [
      '$addFields, $unset and $replaceRoot',
      [
        { $match: { _id: 1 } },
        { $addFields: { 'more.total': { $multiply: ['$price', '$n'] } } },
        { $unset: 'tags' },
        { $replaceRoot: { newRoot: '$more' } },
      ],
      [{ total: 20 }],
    ],
    [
      '$project by inclusion keeps nested shape',
      [{ $match: { _id: 3 } }, { $project: { _id: 0, price: 1, list: ['$n', '$missing'] } }],
      [{ price: 5, list: [10, null] }],
    ],
    [
      '$match after $group sees computed fields',
      [{ $group: { _id: '$item', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }],
      [{ _id: 'a', n: 2 }],
    ],
    [
      '$facet',
      [
        {
          $facet: {
            cheap: [{ $match: { price: { $lt: 8 } } }, { $count: 'n' }],
            top: [{ $sort: { price: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          },
        },
      ],
      [{ cheap: [{ n: 2 }], top: [{ _id: 2 }] }],
    ],
    [
      '$setWindowFields numbers rows of a partition',
      [
        { $match: { item: 'a' } },
        {
          $setWindowFields: {
            partitionBy: '$item',
            sortBy: { price: 1 },
            output: { rank: { $documentNumber: {} } },
          },
        },
        { $project: { rank: 1 } },
      ],
      [
        { _id: 3, rank: 1 },
        { _id: 1, rank: 2 },
      ],
    ],
  ])('%s', async (_name, pipeline, expected) => {
    expect(await (await filled(sales)).aggregate(pipeline).toArray()).toEqual(expected);
  });

  test('sums of long and decimal values are exact', async () => {
    const collection = await filled([
      { l: Long.fromString('9007199254740993'), d: Decimal128.fromString('0.1') },
      { l: Long.fromNumber(2), d: Decimal128.fromString('0.2') },
    ]);
    const [sums] = await collection
      .aggregate([{ $group: { _id: null, l: { $sum: '$l' }, d: { $sum: '$d' } } }], { promoteLongs: false })
      .toArray();
    expect([String(sums?.l), String(sums?.d)]).toEqual(['9007199254740995', '0.3']);
  });

  test('$lookup and $unionWith read other collections, $out and $merge write them', async () => {
    const people = await filled([
      { _id: 1, name: 'A' },
      { _id: 2, name: 'B' },
    ]);
    const orders = await filled([
      { _id: 1, by: 1, n: 5 },
      { _id: 2, by: 1, n: 7 },
      { _id: 3, by: 9, n: 1 },
    ]);
    const lookup = { from: orders.collectionName, localField: '_id', foreignField: 'by', as: 'orders' };
    const total = { $project: { name: 1, total: { $sum: '$orders.n' } } };
    expect(await people.aggregate([{ $lookup: lookup }, total, { $sort: { _id: 1 } }]).toArray()).toEqual([
      { _id: 1, name: 'A', total: 12 },
      { _id: 2, name: 'B', total: 0 },
    ]);
    const byPipeline = {
      from: orders.collectionName,
      let: { id: '$_id' },
      pipeline: [{ $match: { $expr: { $eq: ['$by', '$$id'] } } }, { $count: 'n' }],
      as: 'orders',
    };
    expect(await people.aggregate([{ $match: { _id: 1 } }, { $lookup: byPipeline }]).toArray()).toEqual([
      { _id: 1, name: 'A', orders: [{ n: 2 }] },
    ]);
    expect(
      await people.aggregate([{ $unionWith: orders.collectionName }, { $count: 'n' }]).toArray(),
    ).toEqual([{ n: 5 }]);

    const target = store.fresh();
    await people.aggregate([{ $lookup: lookup }, total, { $out: target.collectionName }]).toArray();
    expect(await target.countDocuments()).toBe(2);
    await people
      .aggregate([
        { $project: { seen: { $literal: true } } },
        { $merge: { into: target.collectionName, whenMatched: 'merge', whenNotMatched: 'discard' } },
      ])
      .toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, name: 'A', total: 12, seen: true },
      { _id: 2, name: 'B', total: 0, seen: true },
    ]);
  });

  test('a large result comes in batches; countDocuments uses an index', async () => {
    const collection = await filled(
      Array.from({ length: 1000 }, (_, i) => ({ _id: i, n: i % 10, text: 'x'.repeat(50) })),
    );
    expect(await collection.aggregate([{ $addFields: { m: 1 } }], { batchSize: 30 }).toArray()).toHaveLength(
      1000,
    );
    await collection.createIndex({ n: 1 });
    expect(await collection.countDocuments({ n: 3 })).toBe(100);
    const plan = await collection.aggregate([{ $match: { n: 3 } }]).explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('"indexName":"n_1"');
  });

  test('refuses unknown stages, malformed ones and an output that is not last', async () => {
    const collection = await filled([{ a: 1 }]);
    const code = async (pipeline: Document[]): Promise<unknown> =>
      (await refusal(collection.aggregate(pipeline).toArray())).code;
    expect(await code([{ $frobnicate: {} }])).toBe(40324);
    expect(await code([{ $match: {}, $sort: { a: 1 } }])).toBe(40323);
    expect(await code([{ $out: 'x' }, { $match: {} }])).toBe(40601);
    expect(await code([{ $geoNear: {} }])).toBe(115);
    const body = 'function () { return 1 }';
    expect(await code([{ $project: { a: { $function: { body, args: [], lang: 'js' } } } }])).toBe(115);
    expect(await code([{ $project: { a: { $frobnicate: 1 } } }])).toBe(168);
    expect(await code([{ $sort: { a: 5 } }])).toBe(15975);
  });
});
