/** A document store of one test, which can be killed and comes back on the same data at the same address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withDatabase } from './services.js';

export interface OwnStore {
  readonly mongoUri: string;
  /** Where its files lie. */
  readonly folder: string;
  /** Like a power cut. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startOwnStore(): Promise<OwnStore> {
  const folder = await mkdtemp(join(tmpdir(), 'dct-store-'));
  const program = createRequire(import.meta.url).resolve('embedded-mongo/cli');
  let child: ChildProcess | undefined;
  let uri = '';
  const start = async (): Promise<void> => {
    const started = spawn(process.execPath, [program, join(folder, 'data'), join(folder, 's.sock')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child = started;
    for await (const line of createInterface(started.stdout)) {
      uri = (JSON.parse(line) as { readonly uri: string }).uri;
      return;
    }
    throw new Error('the store did not come up');
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    mongoUri: withDatabase(uri, 'channel'),
    folder,
    kill,
    start,
    close: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
