import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EJSON } from 'bson';
import type * as Driver from 'mongodb';
import { type Db, type Document, type IndexDescription, type MongoClient } from 'mongodb';
import { startServer } from './server.js';

// One line per collection with its indexes, then one line per document in canonical Extended JSON, which keeps every
// type. Both ways go through a driver, so either end may be a data folder or any MongoDB.
type Header = {
  readonly database: string;
  readonly collection: string;
  readonly indexes: readonly IndexDescription[];
};
type Line = Header | { readonly document: Document };

const SYSTEM_DATABASES = new Set(['admin', 'config', 'local']);
const BATCH = 500;

/** Runs `work` with a client on a MongoDB URI, or on a data folder that no server uses at the moment. */
export async function withClient<T>(place: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const { MongoClient } = await loadDriver();
  if (place.startsWith('mongodb')) {
    const client = await new MongoClient(place).connect();
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'em-'));
  const server = await startServer({ dataDir: place, listen: { path: join(folder, 's.sock') } });
  try {
    return await withClient(server.uri, work);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadDriver(): Promise<Pick<typeof Driver, 'MongoClient'>> {
  try {
    return await import('mongodb');
  } catch {
    throw new Error(
      'dump and restore need the package "mongodb" (it comes with mongoose): npm install mongodb',
    );
  }
}

/** All databases as lines of JSON. */
export async function* dump(client: MongoClient): AsyncGenerator<string> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (!SYSTEM_DATABASES.has(name)) yield* dumpDatabase(client.db(name));
}

async function* dumpDatabase(database: Db): AsyncGenerator<string> {
  for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
    if (name.startsWith('system.')) continue;
    const collection = database.collection(name);
    const indexes = (await collection.indexes()).filter((index) => index.name !== '_id_');
    yield EJSON.stringify({ database: database.databaseName, collection: name, indexes } satisfies Header, {
      relaxed: false,
    });
    const cursor = collection.find({}, { promoteValues: false, bsonRegExp: true });
    for await (const document of cursor)
      yield EJSON.stringify({ document } satisfies Line, { relaxed: false });
  }
}

export type Restored = { readonly collections: number; readonly documents: number };

/** Writes what `dump` read; refuses a collection that already holds documents, so that nothing is mixed. */
export async function restore(client: MongoClient, lines: AsyncIterable<string>): Promise<Restored> {
  let [collections, documents] = [0, 0];
  let header: Header | undefined;
  let batch: Document[] = [];
  const flush = async (): Promise<void> => {
    if (header && batch.length > 0)
      await client.db(header.database).collection(header.collection).insertMany(batch);
    documents += batch.length;
    batch = [];
  };
  const finish = async (): Promise<void> => {
    await flush();
    if (header && header.indexes.length > 0) {
      await client
        .db(header.database)
        .collection(header.collection)
        .createIndexes([...header.indexes]);
    }
  };
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line = EJSON.parse(text, { relaxed: false }) as Line;
    if ('document' in line) {
      if (!header) throw new Error('the first line is not a collection: this is not a dump');
      batch.push(line.document);
      if (batch.length >= BATCH) await flush();
      continue;
    }
    await finish();
    header = line;
    collections += 1;
    await begin(client.db(line.database), line.collection);
  }
  await finish();
  return { collections, documents };
}

async function begin(database: Db, name: string): Promise<void> {
  const present = await database.listCollections({ name }, { nameOnly: true }).toArray();
  if (present.length === 0) await database.createCollection(name);
  else if (await database.collection(name).findOne({}, { projection: { _id: 1 } })) {
    throw new Error(
      `the collection ${database.databaseName}.${name} already holds documents; restore into an empty database`,
    );
  }
}
