// An ordinary mongoose program: what it takes for granted has to hold on the embedded store.
import mongoose, { Schema, Types } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startStore, type TestStore } from './support/store.js';

let store: TestStore;
let db: mongoose.Connection;

beforeAll(async () => {
  store = await startStore();
  db = await mongoose.createConnection(store.uri, { dbName: `user_${process.pid}` }).asPromise();
});
afterAll(async () => {
  await db.dropDatabase();
  await db.close();
  await store.stop();
});

const addressSchema = new Schema({ street: { type: String, required: true }, city: String }, { _id: false });
const personSchema = new Schema(
  {
    name: { type: String, required: true, trim: true },
    email: { type: String, lowercase: true, unique: true, sparse: true },
    age: { type: Number, min: 0, max: 150, index: true },
    born: Date,
    roles: { type: [String], enum: ['user', 'admin'], default: ['user'] },
    address: addressSchema,
    phones: [{ kind: String, number: String }],
    settings: { type: Map, of: String },
    balance: Schema.Types.Decimal128,
    visits: { type: BigInt, default: 0n },
    key: Buffer,
    extra: Schema.Types.Mixed,
    friends: [{ type: Schema.Types.ObjectId, ref: 'Person' }],
    saves: { type: Number, default: 0 },
  },
  { timestamps: true, optimisticConcurrency: true },
);
personSchema.pre('save', function () {
  this.saves += 1;
});
personSchema.virtual('greeting').get(function () {
  return `Hello ${this.name}`;
});
personSchema.index({ age: -1, name: 1 });

const orderSchema = new Schema({
  person: { type: Schema.Types.ObjectId, ref: 'Person', required: true },
  items: [{ sku: String, quantity: Number, price: Number }],
  status: { type: String, default: 'open' },
  at: Date,
});

// oxlint-disable-next-line typescript/explicit-function-return-type -- mongoose infers the models from their schemas
const modelsOn = (connection: mongoose.Connection) => ({
  Person: connection.model('Person', personSchema),
  Order: connection.model('Order', orderSchema),
});
let Person: ReturnType<typeof modelsOn>['Person'];
let Order: ReturnType<typeof modelsOn>['Order'];

beforeAll(async () => {
  ({ Person, Order } = modelsOn(db));
  await Promise.all([Person.init(), Order.init()]);
});
beforeEach(async () => {
  await Promise.all([Person.deleteMany({}), Order.deleteMany({})]);
});

describe('documents', () => {
  test('every schema type comes back as it went in', async () => {
    const key = Buffer.from([1, 2, 3]);
    const saved = await Person.create({
      name: '  Ada ',
      email: 'ADA@Example.org',
      age: '36',
      born: new Date('1815-12-10'),
      address: { street: 'St James', city: 'London' },
      phones: [{ kind: 'home', number: '1' }],
      settings: { theme: 'dark' },
      balance: '12.50',
      visits: 9007199254740993n,
      key,
      extra: { nested: [1, 'two', { three: 3 }] },
    } as never);
    const found = await Person.findById(saved._id).orFail();
    expect(found.name).toBe('Ada');
    expect(found.email).toBe('ada@example.org');
    expect(found.age).toBe(36);
    expect(found.address?.city).toBe('London');
    expect(found.phones[0]?._id).toBeInstanceOf(Types.ObjectId);
    expect(found.settings?.get('theme')).toBe('dark');
    expect(String(found.balance)).toBe('12.50');
    expect(found.visits).toBe(9007199254740993n);
    expect(Buffer.compare(found.key ?? Buffer.alloc(0), key)).toBe(0);
    expect(found.extra).toEqual({ nested: [1, 'two', { three: 3 }] });
    expect(found.saves).toBe(1);
    expect(found.get('createdAt')).toBeInstanceOf(Date);
    expect(found.get('greeting')).toBe('Hello Ada');
  });

  test('validation refuses before anything is stored', async () => {
    await expect(Person.create({ age: 200 } as never)).rejects.toThrow(/validation failed/);
    await expect(Person.create({ name: 'x', roles: ['king'] } as never)).rejects.toThrow(/enum/);
    expect(await Person.countDocuments()).toBe(0);
  });

  test('a duplicate in a unique index names the key and the value, and sparse lets missing ones pass', async () => {
    await Person.create([{ name: 'a', email: 'a@x' }, { name: 'b' }, { name: 'c' }]);
    const error = await Person.create({ name: 'd', email: 'a@x' }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: 'a@x' } });
    expect(String(error)).toContain('index: email_1 dup key: { email: "a@x" }');
  });

  test('arrays and subdocuments are changed in place', async () => {
    const person = await Person.create({ name: 'a', phones: [{ kind: 'home', number: '1' }] });
    person.phones.push({ kind: 'work', number: '2' });
    person.phones[0]?.set('number', '11');
    person.roles.push('admin');
    await person.save();
    person.phones.pull(person.phones[1]?._id);
    person.set('address.city', undefined);
    person.set('address', { street: 'New' });
    await person.save();
    const found = await Person.findById(person._id).lean().orFail();
    expect(found.phones.map((phone) => phone.number)).toEqual(['11']);
    expect(found.roles).toEqual(['user', 'admin']);
    expect(found.address).toEqual({ street: 'New' });
  });

  test('of two saves of the same version the later one is refused', async () => {
    const { _id } = await Person.create({ name: 'a' });
    const [first, second] = await Promise.all([Person.findById(_id).orFail(), Person.findById(_id).orFail()]);
    first.age = 1;
    second.age = 2;
    await first.save();
    await expect(second.save()).rejects.toBeInstanceOf(mongoose.Error.VersionError);
    expect((await Person.findById(_id).orFail()).age).toBe(1);
  });
});

describe('queries', () => {
  beforeEach(async () => {
    await Person.insertMany(
      Array.from({ length: 30 }, (_, i) => ({
        name: `p${String(i).padStart(2, '0')}`,
        age: i,
        roles: i % 10 === 0 ? ['user', 'admin'] : ['user'],
      })),
    );
  });

  test('conditions, sort, paging and selection', async () => {
    const page = await Person.find({ age: { $gte: 10, $lt: 20 }, roles: { $ne: 'admin' } })
      .sort('-age')
      .skip(2)
      .limit(3)
      .select('name -_id')
      .lean();
    expect(page).toEqual([{ name: 'p17' }, { name: 'p16' }, { name: 'p15' }]);
    expect(await Person.find().where('name').regex(/^p1/).countDocuments()).toBe(10);
    expect(await Person.find({ $or: [{ age: 1 }, { name: 'p02' }] }).distinct('name')).toEqual([
      'p01',
      'p02',
    ]);
    expect(await Person.exists({ age: 99 })).toBeNull();
    expect(await Person.estimatedDocumentCount()).toBe(30);
  });

  test('a cursor passes every document once', async () => {
    const seen: number[] = [];
    for await (const person of Person.find().sort({ age: 1 }).batchSize(7).cursor())
      seen.push(person.age ?? -1);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  test('populate follows references, nested and selected', async () => {
    const [a, b] = await Person.find().sort({ age: 1 }).limit(2);
    await Person.updateOne({ _id: a?._id ?? null }, { friends: b ? [b._id] : [] });
    if (!a || !b) throw new Error('the people are missing');
    const order = await Order.create({ person: a._id, items: [{ sku: 's', quantity: 2, price: 5 }] });
    const found = await Order.findById(order._id)
      .populate<{ person: { name: string; friends: { name: string }[] } }>({
        path: 'person',
        populate: { path: 'friends', select: 'name' },
      })
      .orFail();
    expect(found.person.name).toBe('p00');
    expect(found.person.friends[0]?.name).toBe('p01');
  });
});

describe('updates', () => {
  test('findOneAndUpdate with every option', async () => {
    const made = await Person.findOneAndUpdate(
      { name: 'n' },
      {
        $setOnInsert: { age: 1 },
        $push: { phones: { $each: [{ number: '1' }, { number: '2' }], $slice: -1 } },
      },
      { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
    );
    expect(made).toMatchObject({ name: 'n', age: 1, roles: ['user'] });
    expect(made?.phones.map((phone) => phone.number)).toEqual(['2']);
    const before = await Person.findOneAndUpdate(
      { name: 'n' },
      { $inc: { age: 5 } },
      { returnDocument: 'before' },
    );
    expect(before?.age).toBe(1);
    const raw = await Person.findOneAndUpdate(
      { name: 'n' },
      { age: 9 },
      { includeResultMetadata: true, returnDocument: 'after', projection: { age: 1 } },
    );
    expect(raw.lastErrorObject).toMatchObject({ n: 1, updatedExisting: true });
    expect(raw.value?.age).toBe(9);
    expect(raw.value?.get('name')).toBeUndefined();
    await Person.create({ name: 'o', age: 50 });
    const sorted = await Person.findOneAndUpdate(
      {},
      { $set: { email: 'oldest@x' } },
      { sort: { age: -1 }, returnDocument: 'after' },
    );
    expect(sorted?.name).toBe('o');
    expect(await Person.findOneAndUpdate({ name: 'nobody' }, { age: 1 })).toBeNull();
    expect((await Person.findOneAndDelete({ name: 'o' }))?.age).toBe(50);
    expect(
      (await Person.findOneAndReplace({ name: 'n' }, { name: 'r' }, { returnDocument: 'after' }))?.age,
    ).toBeUndefined();
  });

  /** mongoose's types know no positional paths, and in bulkWrite no operators. */
  const dynamic = (update: object): never => update as never;

  test('positional updates and array filters', async () => {
    const order = await Order.create({
      person: new Types.ObjectId(),
      items: [
        { sku: 'a', quantity: 1 },
        { sku: 'b', quantity: 2 },
        { sku: 'c', quantity: 3 },
      ],
    });
    await Order.updateOne(
      { _id: order._id, 'items.sku': 'b' },
      dynamic({ $set: { 'items.$.quantity': 20 } }),
    );
    await Order.updateOne({ _id: order._id }, dynamic({ $inc: { 'items.$[i].quantity': 100 } }), {
      arrayFilters: [{ 'i.quantity': { $gte: 3 } }],
    });
    await Order.updateOne({ _id: order._id }, dynamic({ $set: { 'items.$[].price': 7 } }));
    await Order.updateOne({ _id: order._id }, dynamic({ $pull: { items: { sku: 'a' } } }));
    const found = await Order.findById(order._id).lean().orFail();
    expect(found.items.map(({ sku, quantity, price }) => ({ sku, quantity, price }))).toEqual([
      { sku: 'b', quantity: 120, price: 7 },
      { sku: 'c', quantity: 103, price: 7 },
    ]);
  });

  test('an update pipeline computes with the stored values and the time of the command', async () => {
    const started = Date.now();
    await Person.create({ name: 'a', age: 4 });
    await Person.updateOne(
      { name: 'a' },
      [{ $set: { age: { $add: ['$age', 1] }, born: '$$NOW', copy: '$$NOW' } }],
      { updatePipeline: true },
    );
    const found = await Person.findOne({ name: 'a' }).lean().orFail();
    expect(found.age).toBe(5);
    expect(Number(found.born)).toBeGreaterThanOrEqual(started - 1);
  });

  test('bulkWrite mixes every kind of write and reports each', async () => {
    const result = await Person.bulkWrite([
      { insertOne: { document: { name: 'a', age: 1 } as never } },
      { insertOne: { document: { name: 'b', age: 2 } as never } },
      { updateOne: { filter: { name: 'a' }, update: dynamic({ $inc: { age: 10 } }) } },
      { updateMany: { filter: {}, update: dynamic({ $set: { saves: 7 } }) } },
      { updateOne: { filter: { name: 'u' }, update: dynamic({ $set: { age: 3 } }), upsert: true } },
      { replaceOne: { filter: { name: 'b' }, replacement: { name: 'bb' } as never } },
      { deleteOne: { filter: { name: 'a' } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 2,
      matchedCount: 4,
      modifiedCount: 4,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect((await Person.find().sort({ name: 1 })).map((person) => person.name)).toEqual(['bb', 'u']);
  });

  test('an unordered insertMany keeps what is valid', async () => {
    await Person.create({ name: 'x', email: 'x@x' });
    await expect(
      Person.insertMany(
        [
          { name: '1', email: 'x@x' },
          { name: '2', email: 'y@x' },
        ],
        { ordered: false },
      ),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await Person.countDocuments({ name: '2' })).toBe(1);
  });
});

test('aggregation makes statistics', async () => {
  const people = await Person.create([
    { name: 'a', age: 30 },
    { name: 'b', age: 40 },
  ]);
  const at = (day: string): Date => new Date(`2026-03-${day}T10:00:00Z`);
  await Order.insertMany([
    {
      person: people[0]?._id,
      status: 'open',
      at: at('01'),
      items: [
        { quantity: 2, price: 10 },
        { quantity: 1, price: 5 },
      ],
    },
    { person: people[0]?._id, status: 'done', at: at('02'), items: [{ quantity: 1, price: 8 }] },
    { person: people[1]?._id, status: 'done', at: at('02'), items: [{ quantity: 4, price: 1 }] },
  ]);
  const perPerson = await Order.aggregate<unknown>([
    { $unwind: '$items' },
    {
      $group: {
        _id: '$person',
        total: { $sum: { $multiply: ['$items.quantity', '$items.price'] } },
        orders: { $addToSet: '$_id' },
      },
    },
    { $lookup: { from: 'people', localField: '_id', foreignField: '_id', as: 'who' } },
    { $project: { _id: 0, name: { $first: '$who.name' }, total: 1, orders: { $size: '$orders' } } },
    { $sort: { total: -1 } },
  ]);
  expect(perPerson).toEqual([
    { name: 'a', total: 33, orders: 2 },
    { name: 'b', total: 4, orders: 1 },
  ]);
  const perDay = await Order.aggregate<unknown>([
    {
      $group: {
        _id: {
          day: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' } },
          status: '$status',
        },
        n: { $sum: 1 },
      },
    },
    { $sort: { '_id.day': 1, '_id.status': 1 } },
  ]);
  expect(perDay).toEqual([
    { _id: { day: '2026-03-01', status: 'open' }, n: 1 },
    { _id: { day: '2026-03-02', status: 'done' }, n: 2 },
  ]);
  const [facets] = await Order.aggregate<{ open: unknown[]; all: unknown[] }>([
    { $facet: { open: [{ $match: { status: 'open' } }, { $count: 'n' }], all: [{ $count: 'n' }] } },
  ]);
  expect(facets).toEqual({ open: [{ n: 1 }], all: [{ n: 3 }] });
});
