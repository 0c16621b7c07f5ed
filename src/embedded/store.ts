import { fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Log } from '../log.js';
import { keepChild, type Child } from './child.js';
import { EmbeddedError } from './embedded-error.js';
import { readyMessage } from './ready-message.js';

export interface EmbeddedStore extends Child {
  readonly uri: string;
}

/** The embedded document store as a child process; it speaks the MongoDB protocol on a unix socket. */
export const startStore = async (place: {
  readonly folder: string;
  readonly socketDir: string;
  readonly log: Log;
}): Promise<EmbeddedStore> => {
  const { folder, socketDir, log } = place;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const program = createRequire(import.meta.url).resolve('embedded-mongo/cli');
  let uri: string | undefined;
  const child = await keepChild({
    service: 'embedded store',
    log,
    spawn: () =>
      Promise.resolve(
        fork(program, [folder, join(socketDir, 'store.sock')], {
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          execArgv: [],
          detached: true,
        }),
      ),
    isReady: (line) => {
      uri = readyMessage(line)?.['uri'] ?? uri;
      return uri !== undefined;
    },
  });
  if (uri === undefined) throw new EmbeddedError('The embedded store did not say where it listens.');
  return { uri, stop: child.stop };
};
