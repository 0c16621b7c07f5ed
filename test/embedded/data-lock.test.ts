import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder } from '../../src/embedded/data-folder.js';
import { lockDataFolder } from '../../src/embedded/data-lock.js';

let folder = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const data of [folder, join(folder, 'other')])
    if (existsSync(data)) await rm((await openDataFolder(data)).socketDir, { recursive: true });
  await rm(folder, { recursive: true, force: true });
});

type Outcome = { readonly held: boolean; readonly words: string };

const program = async (): Promise<{ child: ChildProcess; outcome: Outcome }> => {
  const child = fork(join(import.meta.dirname, 'take-lock.mjs'), [folder], { silent: true });
  children.push(child);
  const [outcome] = (await once(child, 'message')) as [Outcome];
  return { child, outcome };
};

const lockHere = async (path: string) => lockDataFolder(await openDataFolder(path));

describe('the lock on the data folder', () => {
  test('a second program is refused with the pid of the first', async () => {
    const first = await program();
    expect(first.outcome.held).toBe(true);
    const second = await program();
    expect(second.outcome).toEqual({
      held: false,
      words: expect.stringContaining(`(pid ${first.child.pid})`) as string,
    });
  });

  test('after kill -9 the next one gets it at once', async () => {
    const first = await program();
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect((await program()).outcome.held).toBe(true);
  });

  test('of eight that come at the same moment exactly one gets it', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, program));
    expect(all.filter(({ outcome }) => outcome.held)).toHaveLength(1);
  });

  test.runIf(process.platform === 'linux')('a holder that is going is waited for', async () => {
    const { id } = await openDataFolder(folder);
    const leaving = createServer((asking) => {
      asking.destroy();
      leaving.close();
    });
    await new Promise<void>((resolve) => leaving.listen({ path: `\0direct-channel-${id}` }, resolve));
    await (await lockHere(folder)).release();
  });

  test('another path to the same folder is the same lock, another folder is not', async () => {
    const held = await lockHere(folder);
    await symlink(folder, `${folder}-link`);
    await expect(lockHere(`${folder}-link`)).rejects.toThrow(`pid ${process.pid}`);
    await rm(`${folder}-link`);
    await mkdir(join(folder, 'other'));
    const other = await lockHere(join(folder, 'other'));
    await Promise.all([held.release(), other.release()]);
    await (await lockHere(folder)).release();
  });

  test('the folder for sockets is ours alone and leaves room in the 107 bytes of a socket path', async () => {
    const deep = join(folder, 'a'.repeat(100), 'b'.repeat(100));
    const { socketDir } = await openDataFolder(deep);
    expect((await stat(socketDir)).mode & 0o777).toBe(0o700);
    expect(join(socketDir, 'store.sock').length).toBeLessThan(107);
    await rm(socketDir, { recursive: true });
  });
});
