import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection, type Document, type ObjectId } from 'mongodb';
import { startServer, type ServerOptions } from '../../src/index.js';

/** Any document, with the kinds of _id the tests use. */
export type Loose = Document & { readonly _id?: number | ObjectId };

export type TestStore = {
  readonly uri: string;
  readonly folder: string;
  readonly client: MongoClient;
  /** A collection nobody else has used. */
  readonly fresh: () => Collection<Loose>;
  readonly stop: () => Promise<void>;
};

/** A short folder of its own: socket paths have to stay under 107 bytes. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'em-'));
}

let collections = 0;

/** A server in this process with a driver's client on it; with TEST_MONGODB_URI the client is on that server instead. */
export async function startStore(options: Partial<ServerOptions> = {}): Promise<TestStore> {
  const folder = newFolder();
  const real = process.env.TEST_MONGODB_URI;
  const server = await startServer({
    dataDir: join(folder, 'data'),
    listen: { path: join(folder, 's.sock') },
    ...options,
  });
  const uri = real ?? server.uri;
  const client = await new MongoClient(uri, { maxPoolSize: 50 }).connect();
  const database = client.db(`test_${process.pid}_${Date.now()}`);
  return {
    uri,
    folder,
    client,
    fresh: () => {
      collections += 1;
      return database.collection(`c${collections}`);
    },
    stop: async () => {
      await database.dropDatabase().catch(() => undefined);
      await client.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The code and message a call is refused with; fails when it is not refused. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: unknown; message: string; error: Document }> {
  try {
    await call;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    return { code, message, error: error as Document };
  }
  throw new Error('the call was not refused');
}
