import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

export type Lock = { readonly release: () => Promise<void> };

/**
 * Keeps a second server off a data folder. On Linux the lock is a socket name in the kernel, which goes with the process
 * however it ends; elsewhere it is a socket file beside the system's temporary files. The pid is only for the message.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const note = join(folder, 'server.pid');
  const name = `embedded-mongo-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`;
  const server = await bind(process.platform === 'linux' ? `\0${name}` : `\\\\.\\pipe\\${name}`, () => {
    throw new Error(`the data folder ${folder} is in use by another server${ownerOf(note)}`);
  });
  writeFileSync(note, String(process.pid));
  return {
    release: () => {
      rmSync(note, { force: true });
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function ownerOf(note: string): string {
  try {
    return ` (process ${readFileSync(note, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

function bind(path: string, taken: () => never): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      try {
        taken();
      } catch (refusal) {
        reject(refusal);
      }
    });
    server.listen(path, () => resolve(server));
  });
}
