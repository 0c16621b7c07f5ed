// Every query operator against what MongoDB's manual documents for it.
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Document,
} from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startStore, type TestStore } from './support/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

async function idsOf(documents: readonly Document[], query: Document): Promise<unknown[]> {
  const collection = store.fresh();
  await collection.insertMany(documents.map((document, i) => ({ _id: i, ...document })));
  return (await collection.find(query).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
}

const inventory = [
  { item: 'journal', qty: 25, tags: ['blank', 'red'], size: { h: 14, w: 21, uom: 'cm' }, dim: [14, 21] },
  { item: 'notebook', qty: 50, tags: ['red', 'blank'], size: { h: 8.5, w: 11, uom: 'in' }, dim: [14, 21] },
  {
    item: 'paper',
    qty: 100,
    tags: ['red', 'blank', 'plain'],
    size: { h: 8.5, w: 11, uom: 'in' },
    dim: [14, 21],
  },
  {
    item: 'planner',
    qty: 75,
    tags: ['blank', 'red'],
    size: { h: 22.85, w: 30, uom: 'cm' },
    dim: [22.85, 30],
  },
  { item: 'postcard', qty: 45, tags: ['blue'], size: { h: 10, w: 15.25, uom: 'cm' }, dim: [10, 15.25] },
];
const stock = [
  {
    item: 'journal',
    instock: [
      { w: 'A', qty: 5 },
      { w: 'C', qty: 15 },
    ],
  },
  { item: 'notebook', instock: [{ w: 'C', qty: 5 }] },
  {
    item: 'paper',
    instock: [
      { w: 'A', qty: 60 },
      { w: 'B', qty: 15 },
    ],
  },
  {
    item: 'planner',
    instock: [
      { w: 'A', qty: 40 },
      { w: 'B', qty: 5 },
    ],
  },
  {
    item: 'postcard',
    instock: [
      { w: 'B', qty: 15 },
      { w: 'C', qty: 35 },
    ],
  },
];
const nulls = [{ item: null }, {}, { item: 'x' }, { item: [null, 1] }, { item: [] }];
const typed = [
  { v: new Int32(1) },
  { v: new Double(1.5) },
  { v: Long.fromNumber(2) },
  { v: Decimal128.fromString('3') },
  { v: 'four' },
  { v: true },
  { v: null },
  { v: new Date(0) },
  { v: new ObjectId() },
  { v: { a: 1 } },
  { v: [1, 'x'] },
  {},
  { v: new Binary(Buffer.from('b')) },
  { v: new Timestamp({ t: 1, i: 1 }) },
  { v: new BSONRegExp('a') },
  { v: new MinKey() },
  { v: new MaxKey() },
];
const words = [{ s: 'abc123' }, { s: 'ABC789' }, { s: 'xyz\nabc' }, { s: ['no', 'abc'] }, { s: 5 }];
const bits = [{ a: 54 }, { a: 20 }, { a: 20.5 }, { a: new Binary(Buffer.from([0b1100110])) }, { a: 'x' }];

const CASES: readonly (readonly [string, readonly Document[], Document, readonly number[]])[] = [
  ['equality', inventory, { item: 'paper' }, [2]],
  ['$eq on an array matches the whole array in order', inventory, { tags: { $eq: ['red', 'blank'] } }, [1]],
  ['a value matches an element of an array', inventory, { tags: 'blue' }, [4]],
  [
    'an embedded document has to be equal field by field in order',
    inventory,
    { size: { h: 14, w: 21, uom: 'cm' } },
    [0],
  ],
  ['another order of fields is another document', inventory, { size: { w: 21, h: 14, uom: 'cm' } }, []],
  ['a dotted path', inventory, { 'size.uom': 'in' }, [1, 2]],
  ['a position in an array', inventory, { 'dim.1': { $gt: 25 } }, [3]],
  ['$ne', inventory, { qty: { $ne: 25 } }, [1, 2, 3, 4]],
  ['$gt and $lte', inventory, { qty: { $gt: 25, $lte: 75 } }, [1, 3, 4]],
  ['$gte and $lt', inventory, { qty: { $gte: 25, $lt: 50 } }, [0, 4]],
  ['different elements may meet two conditions', inventory, { dim: { $gt: 15, $lt: 20 } }, [0, 1, 2, 4]],
  ['$in', inventory, { item: { $in: ['paper', 'planner', 'none'] } }, [2, 3]],
  ['$in with a pattern', inventory, { item: { $in: [/^p[al]/] } }, [2, 3]],
  ['$nin', inventory, { tags: { $nin: ['blank'] } }, [4]],
  ['$all', inventory, { tags: { $all: ['red', 'blank'] } }, [0, 1, 2, 3]],
  [
    '$all with $elemMatch',
    stock,
    { instock: { $all: [{ $elemMatch: { w: 'A' } }, { $elemMatch: { qty: { $lt: 10 } } }] } },
    [0, 3],
  ],
  ['$elemMatch on values', inventory, { dim: { $elemMatch: { $gt: 22, $lt: 30 } } }, [3]],
  [
    '$elemMatch on documents',
    stock,
    { instock: { $elemMatch: { qty: { $gt: 10, $lte: 20 }, w: 'B' } } },
    [2, 4],
  ],
  ['without $elemMatch several elements may serve', stock, { 'instock.qty': 5, 'instock.w': 'A' }, [0, 3]],
  ['$size', inventory, { tags: { $size: 3 } }, [2]],
  ['$and', inventory, { $and: [{ qty: { $lt: 80 } }, { 'size.uom': 'in' }] }, [1]],
  ['$or', inventory, { $or: [{ qty: 25 }, { item: /^po/ }] }, [0, 4]],
  ['$nor', inventory, { $nor: [{ qty: { $gte: 50 } }, { tags: 'blue' }] }, [0]],
  ['$not', inventory, { qty: { $not: { $gt: 50 } } }, [0, 1, 4]],
  ['$not with a pattern', inventory, { item: { $not: /^p/ } }, [0, 1]],
  ['null matches null and missing', nulls, { item: null }, [0, 1, 3]],
  ['$exists true', nulls, { item: { $exists: true } }, [0, 2, 3, 4]],
  ['$exists false', nulls, { item: { $exists: false } }, [1]],
  ['$type null matches only null', nulls, { item: { $type: 10 } }, [0, 3]],
  ['$type number', typed, { v: { $type: 'number' } }, [0, 1, 2, 3, 10]],
  ['$type by several names', typed, { v: { $type: ['string', 'bool'] } }, [4, 5, 10]],
  ['$type array means the field itself', typed, { v: { $type: 'array' } }, [10]],
  [
    '$type objectId, date, object, binData',
    typed,
    { v: { $type: ['objectId', 'date', 'object', 'binData'] } },
    [7, 8, 9, 12],
  ],
  [
    '$type timestamp, regex, minKey, maxKey',
    typed,
    { v: { $type: ['timestamp', 'regex', 'minKey', 'maxKey'] } },
    [13, 14, 15, 16],
  ],
  ['a comparison stays within one type', typed, { v: { $gt: 1 } }, [1, 2, 3]],
  ['numbers compare across their types', typed, { v: Long.fromNumber(3) }, [3]],
  ['$regex with options', words, { s: { $regex: '^abc', $options: 'i' } }, [0, 1, 3]],
  ['$regex m', words, { s: { $regex: '^abc', $options: 'm' } }, [0, 2, 3]],
  [
    '$regex x ignores white space and comments',
    words,
    { s: { $regex: 'abc \\d+ # digits', $options: 'x' } },
    [0],
  ],
  ['$mod', [{ n: 0 }, { n: 5 }, { n: 12 }, { n: 4.9 }], { n: { $mod: [4, 0] } }, [0, 2, 3]],
  [
    '$expr compares two fields',
    [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    { $expr: { $gt: ['$a', '$b'] } },
    [1],
  ],
  ['$bitsAllSet', bits, { a: { $bitsAllSet: [1, 5] } }, [0, 3]],
  ['$bitsAnySet', bits, { a: { $bitsAnySet: 35 } }, [0, 3]],
  ['$bitsAllClear', bits, { a: { $bitsAllClear: [0, 3] } }, [0, 1, 3]],
  ['$bitsAnyClear', bits, { a: { $bitsAnyClear: 35 } }, [0, 1, 3]],
  ['$comment changes nothing', inventory, { qty: 25, $comment: 'why' }, [0]],
  ['NaN equals itself and nothing else', [{ v: Number.NaN }, { v: 1 }], { v: Number.NaN }, [0]],
  ['NaN is not below a number', [{ v: Number.NaN }, { v: 1 }], { v: { $lt: 5 } }, [1]],
  [
    'large integers keep their last digit',
    [{ v: Long.fromString('9007199254740993') }, { v: Long.fromString('9007199254740992') }],
    { v: Long.fromString('9007199254740993') },
    [0],
  ],
];

describe('finds', () => {
  test.each(CASES)('%s', async (_name, documents, query, expected) => {
    expect(await idsOf(documents, query)).toEqual(expected);
  });
});

describe("refuses with MongoDB's code", () => {
  test.each<readonly [string, Document, number, RegExp]>([
    ['an unknown operator', { a: { $near: 1 } }, 2, /unknown operator: \$near/],
    ['an unknown top-level operator', { $foo: 1 }, 2, /unknown top level operator: \$foo/],
    ['$in without an array', { a: { $in: 1 } }, 2, /needs an array/],
    ['$or that is empty', { $or: [] }, 2, /non-empty array/],
    ['$mod by zero', { a: { $mod: [0, 1] } }, 2, /divisor cannot be 0/],
    ['$size that is negative', { a: { $size: -1 } }, 9, /non-negative/],
    ['$type that does not exist', { a: { $type: 'strnig' } }, 2, /Unknown type name alias/],
    ['a pattern that does not compile', { a: { $regex: '(' } }, 51091, /Regular expression is invalid/],
    ['$not without a document', { a: { $not: 5 } }, 2, /\$not needs/],
    ['$where', { $where: 'true' }, 115, /\$where is not supported/],
    ['$text', { $text: { $search: 'x' } }, 115, /\$text is not supported/],
    ['an unknown expression', { $expr: { $frobnicate: 1 } }, 168, /frobnicate/],
  ])('%s', async (_name, query, code, message) => {
    const collection = store.fresh();
    await collection.insertOne({ a: 1 });
    const refused = await refusal(collection.find(query).toArray());
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });

  test('a collation, a tailable cursor and an unknown option', async () => {
    const collection = store.fresh();
    expect((await refusal(collection.find({}, { collation: { locale: 'de' } }).toArray())).code).toBe(115);
    expect((await refusal(collection.find({}, { tailable: true }).toArray())).code).toBe(115);
    const { dbName, collectionName } = collection;
    expect((await refusal(store.client.db(dbName).command({ find: collectionName, fitler: {} }))).code).toBe(
      40415,
    );
    expect((await refusal(store.client.db(dbName).command({ frobnicate: 1 }))).code).toBe(59);
  });

  test('transactions and change streams', async () => {
    const collection = store.fresh();
    const transaction = { txnNumber: Long.ONE, startTransaction: true, autocommit: false };
    const insert = { insert: collection.collectionName, documents: [{ a: 1 }], ...transaction };
    expect((await refusal(store.client.db(collection.dbName).command(insert))).code).toBe(20);
    expect(await collection.countDocuments()).toBe(0);
    expect((await refusal(collection.watch().next())).code).toBe(115);
  });
});

describe('projection', () => {
  const documents = [
    {
      _id: 1,
      a: 1,
      b: { c: 2, d: 3 },
      list: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
        { x: 3, y: 3 },
      ],
      n: [1, 2, 3, 4, 5],
    },
  ];
  test.each<readonly [string, Document, Document, Document]>([
    ['lists fields', {}, { a: 1 }, { _id: 1, a: 1 }],
    ['leaves _id out', {}, { a: 1, _id: 0 }, { a: 1 }],
    ['lists embedded fields by path', {}, { 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
    ['lists embedded fields by document', {}, { b: { d: true }, _id: 0 }, { b: { d: 3 } }],
    ['reaches into arrays', {}, { 'list.x': 1, _id: 0 }, { list: [{ x: 1 }, { x: 2 }, { x: 3 }] }],
    ['leaves fields out', {}, { list: 0, n: 0, 'b.c': 0 }, { _id: 1, a: 1, b: { d: 3 } }],
    ['$slice from the front', {}, { n: { $slice: 2 }, list: 0, b: 0 }, { _id: 1, a: 1, n: [1, 2] }],
    ['$slice from the end', {}, { _id: 0, n: { $slice: -2 }, a: 1 }, { a: 1, n: [4, 5] }],
    ['$slice with skip and count', {}, { _id: 0, n: { $slice: [1, 2] }, a: 1 }, { a: 1, n: [2, 3] }],
    ['$elemMatch', {}, { _id: 0, list: { $elemMatch: { x: { $gt: 1 } } } }, { list: [{ x: 2, y: 2 }] }],
    ['the positional operator', { 'list.x': 2 }, { _id: 0, 'list.$': 1 }, { list: [{ x: 2, y: 2 }] }],
    ['an expression', {}, { _id: 0, sum: { $add: ['$a', '$b.c'] } }, { sum: 3 }],
  ])('%s', async (_name, query, projection, expected) => {
    const collection = store.fresh();
    await collection.insertMany(documents);
    expect(await collection.find(query, { projection }).toArray()).toEqual([expected]);
  });

  test('refuses a mixture of listing and leaving out, and colliding paths', async () => {
    const collection = store.fresh();
    expect((await refusal(collection.find({}, { projection: { a: 1, b: 0 } }).toArray())).code).toBe(31254);
    expect((await refusal(collection.find({}, { projection: { a: 0, b: 1 } }).toArray())).code).toBe(31253);
    expect((await refusal(collection.find({}, { projection: { 'b.c': 1, b: 1 } }).toArray())).code).toBe(
      31250,
    );
  });
});

test("values of all types sort in MongoDB's order", async () => {
  const collection = store.fresh();
  const ordered = [
    new MinKey(),
    null,
    Number.NaN,
    -5,
    new Double(1.5),
    Long.fromNumber(2),
    Decimal128.fromString('2.5'),
    '',
    'a',
    { a: 1 },
    { b: 1 },
    [],
    new Binary(Buffer.from('x')),
    new ObjectId('000000000000000000000001'),
    false,
    true,
    new Date(1),
    new Timestamp({ t: 1, i: 1 }),
    /a/,
    new MaxKey(),
  ].filter((value) => !Array.isArray(value));
  await collection.insertMany(ordered.map((v, at) => ({ v, at })).reverse());
  const expected = ordered.map((_, i) => i);
  const sorted = async (): Promise<unknown[]> =>
    (await collection.find().sort({ v: 1 }).toArray()).map(({ at }) => at);
  expect(await sorted()).toEqual(expected);
  await collection.createIndex({ v: 1 });
  expect(await sorted()).toEqual(expected);
});
