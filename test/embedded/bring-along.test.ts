import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDataFolder } from '../../src/embedded/data-folder.js';
import type { Embedded } from '../../src/embedded/index.js';

let folder = '';
const programs: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-'));
});
afterEach(async () => {
  for (const program of programs.splice(0)) program.kill('SIGKILL');
  await vi.waitFor(async () => expect(await childrenLeft()).toEqual([]), { timeout: 15_000 });
  await rm((await openDataFolder(join(folder, 'data'))).socketDir, { recursive: true });
  await rm(folder, { recursive: true, force: true });
});

type Found = Omit<Embedded, 'stop' | 'dataKey'> & { readonly dataKey: string };

const begin = async (more: Record<string, string> = {}): Promise<{ program: ChildProcess; found: Found }> => {
  const environment = { DATA_DIR: join(folder, 'data'), PORT: '0', ...more };
  const program = fork(join(import.meta.dirname, 'bring-along.mjs'), [JSON.stringify(environment)]);
  programs.push(program);
  const [found] = (await once(program, 'message')) as [Found];
  return { program, found };
};

/** Processes that were started with our folder or work in it; a zombie has neither. */
const childrenLeft = async (): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const traces = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return `${pid} ${command.replaceAll('\0', ' ')} in ${place}`;
  });
  return (await Promise.all(traces)).filter((trace) => trace.includes(folder));
};

const ended = async (program: ChildProcess): Promise<void> => {
  if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
};

describe('what is brought along', () => {
  test('everything when nothing is given: a store, a redis-server and Telegram answer; SIGTERM ends them all', async () => {
    const { program, found } = await begin();
    const me = await fetch(`${found.apiRoot}/bot${found.botToken}/getMe`);
    expect(await me.json()).toMatchObject({ ok: true });
    expect((await fetch(`${found.sandboxUrl}/`)).status).toBe(200);
    const store = await createConnection(found.mongoUri).asPromise();
    await store.collection('letters').insertOne({ text: 'a' });
    expect(await store.collection('letters').countDocuments({})).toBe(1);
    await store.close();
    expect(existsSync(found.redis?.path ?? '')).toBe(true);
    expect(found.words).toHaveLength(3);
    program.kill('SIGTERM');
    await ended(program);
    expect(program.exitCode).toBe(0);
    expect(await childrenLeft()).toEqual([]);
  });

  test('each piece only when its own address is missing', async () => {
    const dataKey = Buffer.alloc(32, 1).toString('base64');
    const { found } = await begin({
      MONGODB_URI: 'mongodb://elsewhere/db',
      DATA_KEY: dataKey,
      BOT_TOKEN: '1:a',
    });
    expect(found).toMatchObject({ mongoUri: 'mongodb://elsewhere/db', botToken: '1:a', dataKey });
    expect(found.apiRoot).toBe('https://api.telegram.org');
    expect(found.sandboxUrl).toBeUndefined();
    expect(['store', 'sandbox', 'data.key'].filter((name) => existsSync(join(folder, 'data', name)))).toEqual(
      [],
    );
    expect(existsSync(join(folder, 'data', 'redis'))).toBe(true);
  });

  test('a second program on the same folder is told who has it, the first goes on', async () => {
    const { program, found } = await begin();
    const second = await begin();
    expect(second.found.words.join()).toContain(`pid ${program.pid}`);
    expect((await fetch(`${found.sandboxUrl}/sandbox/state`)).status).toBe(200);
  });

  test('after kill -9 nothing is left running and the next start finds data, token and key again', async () => {
    const { program, found } = await begin();
    const store = await createConnection(found.mongoUri).asPromise();
    await store.collection('letters').insertOne({ text: 'a' });
    await store.close();
    program.kill('SIGKILL');
    const next = (await begin()).found;
    expect(next.botToken).toBe(found.botToken);
    expect(next.dataKey).toBe(found.dataKey);
    const again = await createConnection(next.mongoUri).asPromise();
    expect(await again.collection('letters').countDocuments({})).toBe(1);
    await again.close();
  });
});
