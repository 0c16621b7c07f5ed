// What is acknowledged is on disk, whole, and only one server works on a folder.
import { once } from 'node:events';
import { readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { MongoClient, type Collection } from 'mongodb';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../src/index.js';
import { build, spawnServer, type ServerProcess } from './support/process.js';
import { newFolder, refusal } from './support/store.js';

const TMPFS = 0x01021994;
const folders: string[] = [];

function folder(): string {
  const made = newFolder();
  folders.push(made);
  return made;
}
beforeAll(build);
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

async function connect(server: {
  readonly uri: string;
}): Promise<{ client: MongoClient; collection: Collection }> {
  const client = await new MongoClient(server.uri, {
    maxPoolSize: 50,
    retryWrites: false,
    serverSelectionTimeoutMS: 5000,
  }).connect();
  return { client, collection: client.db('test').collection('c') };
}

/** Kilobytes of the data file that the kernel holds in the server's memory map and has not written to disk. */
function unwritten(pid: number): { readonly dirty: number; readonly mapped: number } {
  let [dirty, mapped, inside] = [0, 0, false];
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) inside = line.endsWith('data.mdb');
    const [, name, size] = /^(\w+):\s+(\d+) kB/.exec(line) ?? [];
    if (!inside || name === undefined) continue;
    if (name.endsWith('_Dirty')) dirty += Number(size);
    if (name === 'Rss') mapped += Number(size);
  }
  return { dirty, mapped };
}

const onDisk = process.platform === 'linux' && statfsSync(newFolderOnce()).type !== TMPFS;
function newFolderOnce(): string {
  const made = newFolder();
  folders.push(made);
  return made;
}

test.runIf(onDisk)(
  'an acknowledgement waits for the disk: the kernel holds nothing unwritten after it',
  async () => {
    const place = folder();
    const server = await spawnServer(join(place, 'data'), join(place, 's.sock'));
    const { client, collection } = await connect(server);
    await collection.createIndex({ n: 1 });
    let mapped = 0;
    for (let n = 0; n < 40; n += 1) {
      await collection.insertOne({ n, text: 'x'.repeat(5000) });
      // Reading maps the pages just written, so that the kernel's account of the map covers them.
      expect(await collection.findOne({ n })).toMatchObject({ n });
      const seen = unwritten(server.child.pid ?? 0);
      expect(seen.dirty).toBe(0);
      mapped = seen.mapped;
    }
    expect(mapped).toBeGreaterThan(200);
    await client.close();
    await server.kill('SIGTERM');
  },
);

type Ledger = Map<string, number>;

/** Inserts and increments with 50 clients until the server dies; notes what was acknowledged. */
async function load(collection: Collection, ledger: Ledger, next: () => string): Promise<void> {
  const client = async (): Promise<void> => {
    for (;;) {
      const key = next();
      await collection.insertOne({ key, n: 0, owner: key.slice(-2), text: 'x'.repeat(300) });
      ledger.set(key, 0);
      await collection.updateOne({ key }, { $inc: { n: 1 }, $set: { owner: key.slice(-3) } });
      ledger.set(key, 1);
    }
  };
  await Promise.allSettled(Array.from({ length: 50 }, client));
}

async function verify(
  collection: Collection,
  ledger: Ledger,
): Promise<{ lost: number; stale: number; disagreeing: number }> {
  const projection = { key: 1, n: 1, owner: 1 };
  const all = await collection.find({}, { hint: { $natural: 1 }, projection }).toArray();
  const byKey = new Map(all.map((document) => [String(document.key), document]));
  let [lost, stale, disagreeing] = [0, 0, all.length - byKey.size];
  for (const [key, n] of ledger) {
    const document = byKey.get(key);
    if (!document) lost += 1;
    else if (Number(document.n) < n) stale += 1;
  }
  for (const hint of [{ _id: 1 }, { key: 1 }, { owner: 1, n: -1 }] as const) {
    const found = await collection.find({}, { hint, projection }).toArray();
    disagreeing += Math.abs(found.length - all.length);
    disagreeing += found.filter(
      (document) => byKey.get(String(document.key))?.owner !== document.owner,
    ).length;
  }
  return { lost, stale, disagreeing };
}

test('kill -9 under 50 clients, 20 times: nothing acknowledged is lost or stale, indexes and documents agree', async () => {
  const place = folder();
  const start = (): Promise<ServerProcess> => spawnServer(join(place, 'data'), join(place, 's.sock'));
  const ledger: Ledger = new Map();
  let made = 0;
  let server = await start();
  const first = await connect(server);
  await first.collection.createIndexes([{ key: { key: 1 }, unique: true }, { key: { owner: 1, n: -1 } }]);
  await first.client.close();
  for (let round = 1; round <= 20; round += 1) {
    const { client, collection } = await connect(server);
    const enough = made + 200;
    let reached = (): void => undefined;
    const busy = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const loading = load(collection, ledger, () => {
      made += 1;
      if (made === enough) reached();
      return `key ${made}`;
    });
    await busy;
    await server.kill('SIGKILL');
    await loading;
    await client.close();
    server = await start();
    const after = await connect(server);
    expect({ round, ...(await verify(after.collection, ledger)) }).toEqual({
      round,
      lost: 0,
      stale: 0,
      disagreeing: 0,
    });
    await after.client.close();
  }
  expect(ledger.size).toBeGreaterThan(2500);
  await server.kill('SIGTERM');
}, 300_000);

describe('a data folder', () => {
  test('serves one server at a time, and the next after a kill -9', async () => {
    const place = folder();
    const first = await spawnServer(join(place, 'data'), join(place, 'a.sock'));
    const second = startServer({ dataDir: join(place, 'data'), listen: { path: join(place, 'b.sock') } });
    await expect(second).rejects.toThrow(`in use by another server (process ${first.child.pid})`);
    await first.kill('SIGKILL');
    const third = await startServer({
      dataDir: join(place, 'data'),
      listen: { path: join(place, 'a.sock') },
    });
    await third.close();
  });

  test('of another format is refused', async () => {
    const place = folder();
    const options = { dataDir: join(place, 'data'), listen: { path: join(place, 's.sock') } };
    await (await startServer(options)).close();
    const root = open<Buffer, Buffer>({ path: options.dataDir, keyEncoding: 'binary', encoding: 'binary' });
    await root.put(Buffer.from('v'), Buffer.from([99]));
    await root.close();
    await expect(startServer(options)).rejects.toThrow(/has format 99, this version reads format 1/);
  });

  test('keeps collections, indexes and documents over a restart', async () => {
    const place = folder();
    const options = { dataDir: join(place, 'data'), listen: { path: join(place, 's.sock') } };
    const before = await startServer(options);
    const first = await connect(before);
    await first.collection.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { b: true } });
    await first.collection.insertMany([
      { a: 1, b: true },
      { a: 1, b: false },
    ]);
    await first.client.close();
    await before.close();
    const after = await startServer(options);
    const second = await connect(after);
    expect(await second.collection.countDocuments()).toBe(2);
    expect((await refusal(second.collection.insertOne({ a: 1, b: true }))).code).toBe(11000);
    await second.client.close();
    await after.close();
  });
});

test.runIf(process.platform === 'linux')(
  'a full disk refuses writes, keeps what was acknowledged, and reads go on',
  async () => {
    const place = folder();
    // A limit on the size of files stands in for the full disk; it needs no rights.
    const server = await spawnServer(
      join(place, 'data'),
      join(place, 's.sock'),
      "trap '' XFSZ; ulimit -f 4096",
    );
    const { client, collection } = await connect(server);
    await collection.createIndex({ n: 1 });
    let acknowledged = 0;
    const refused = await refusal(
      (async () => {
        for (;;) {
          await collection.insertOne({ n: acknowledged, text: 'x'.repeat(5000) });
          acknowledged += 1;
        }
      })(),
    );
    expect(refused.code).toBe(14031);
    expect(acknowledged).toBeGreaterThan(100);
    expect(await collection.countDocuments()).toBe(acknowledged);
    expect(await collection.findOne({ n: acknowledged - 1 })).toMatchObject({ n: acknowledged - 1 });
    expect(await collection.findOne({ n: acknowledged })).toBeNull();
    await client.close();
    await server.kill('SIGTERM');
  },
);

test('a command that is refused half-way leaves nothing behind', async () => {
  const place = folder();
  const server = await startServer({ dataDir: join(place, 'data'), listen: { path: join(place, 's.sock') } });
  const { client, collection } = await connect(server);
  await collection.insertMany([{ a: 1 }, { a: 2 }, { a: 2 }]);
  expect((await refusal(collection.createIndex({ a: 1 }, { unique: true }))).code).toBe(11000);
  expect(await collection.indexes()).toHaveLength(1);
  await collection.deleteOne({ a: 2 });
  await collection.createIndex({ a: 1 }, { unique: true });
  expect(await collection.find({}, { hint: { a: 1 } }).toArray()).toHaveLength(2);
  await client.close();
  await server.close();
});

test('the server ends with the process that started it', async () => {
  const place = folder();
  const server = await spawnServer(join(place, 'data'), join(place, 's.sock'));
  const exited = once(server.child, 'exit');
  server.child.disconnect();
  expect((await exited)[0]).toBe(0);
});
