import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import { EmbeddedError } from './embedded-error.js';

export interface DataLock {
  release(): Promise<void>;
}

/**
 * One running program per data folder. The lock is a listening socket: taking it is atomic, the kernel gives it
 * back when its holder dies, kill -9 included, and who finds it taken can ask it for the holder's pid. `wayOut` says what
 * somebody can do who is refused.
 */
export const lockDataFolder = async (folder: DataFolder, wayOut = ownFolder): Promise<DataLock> => {
  // Linux's abstract name space leaves no file behind; elsewhere a dead holder's file has to be removed.
  const abstract = process.platform === 'linux';
  const path = abstract ? `\0direct-channel-${folder.id}` : join(folder.socketDir, 'lock');
  const patientUntil = performance.now() + endingMs;
  for (;;) {
    const server = await listen(path);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const holder = await askHolder(path);
    if (holder !== undefined || performance.now() > patientUntil)
      throw new EmbeddedError(refusal(folder.dataDir, holder, wayOut));
    if (abstract) await sleep(betweenTriesMs);
    else await unlink(path);
  }
};

/** A holder that does not say who it is may be on its way out: its name is free a moment after it has fallen silent. */
const endingMs = 1_000;
const betweenTriesMs = 20;

const ownFolder = 'Stop that one first, or give this one its own folder with DATA_DIR (and its own PORT).';

const refusal = (dataDir: string, holder: string | undefined, wayOut: string): string =>
  `The data folder ${dataDir} is in use by another running instance${holder === undefined ? '' : ` (pid ${holder})`}. ${wayOut}`;

const listen = (path: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((connection) => {
      connection.on('error', () => connection.destroy());
      connection.end(String(process.pid));
    });
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ path }, () => resolve(server));
  });

/** The holder's pid; undefined when nobody answers within a second. */
const askHolder = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let answer = '';
    const connection = connect({ path, timeout: 1000 });
    connection.setEncoding('utf8');
    connection.on('data', (part: string) => (answer += part));
    connection.on('timeout', () => connection.destroy());
    connection.on('error', () => connection.destroy());
    connection.on('close', () => resolve(/^\d+$/.test(answer) ? answer : undefined));
  });
