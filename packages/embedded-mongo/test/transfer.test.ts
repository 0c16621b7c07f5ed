import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Decimal128, Double, Int32, Long, ObjectId, Timestamp, type Document } from 'mongodb';
import { beforeAll, expect, test } from 'vitest';
import { withClient } from '../src/transfer.js';
import { build } from './support/process.js';
import { newFolder } from './support/store.js';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
beforeAll(build);

const documents: Document[] = [
  {
    _id: 1,
    int: new Int32(1),
    double: new Double(1),
    long: Long.fromString('9007199254740993'),
    decimal: Decimal128.fromString('1.10'),
  },
  {
    _id: new ObjectId(),
    date: new Date(1.7e12),
    list: [1, { deep: null }],
    text: '中文\n"line"',
    bytes: Buffer.from([0, 255]),
    stamp: new Timestamp({ t: 1, i: 2 }),
  },
];

test('a dump restored into another folder is the same, types and indexes included', async () => {
  const folder = newFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await withClient(from, async (client) => {
    const collection = client.db('pilot').collection('cases');
    await collection.insertMany(documents);
    await collection.createIndex({ int: 1 }, { unique: true, partialFilterExpression: { int: { $gt: 0 } } });
    await client.db('pilot').createCollection('empty');
  });
  const options = { maxBuffer: 1e8 };
  const dumped = execFileSync(process.execPath, [CLI, 'dump', from], options);
  expect(dumped.toString().split('\n')).toHaveLength(2 + documents.length + 1);
  execFileSync(process.execPath, [CLI, 'restore', to], {
    ...options,
    input: dumped,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  expect(execFileSync(process.execPath, [CLI, 'dump', to], options).equals(dumped)).toBe(true);

  const again = spawnSync(process.execPath, [CLI, 'restore', to], { ...options, input: dumped });
  expect(again.status).toBe(1);
  expect(again.stderr.toString()).toMatch(/pilot\.cases already holds documents/);
  rmSync(folder, { recursive: true, force: true });
});

test('a file that is no dump is refused', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'data'));
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'restore', join(folder, 'data')], {
    input: '{"document":{}}\n',
  });
  expect(status).toBe(1);
  expect(stderr.toString()).toMatch(/this is not a dump/);
  rmSync(folder, { recursive: true, force: true });
});
