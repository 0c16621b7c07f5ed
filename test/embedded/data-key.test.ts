import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDataKey } from '../../src/embedded/data-key.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the data key is 32 bytes, for the owner alone, and the same at the next start', async () => {
  const key = await keepDataKey(folder);
  expect(key).toHaveLength(32);
  expect((await stat(join(folder, 'data.key'))).mode & 0o777).toBe(0o600);
  await mkdir(join(folder, 'store'));
  expect(await keepDataKey(folder)).toEqual(key);
});

test('data without its key is refused: a new key would make it unreadable in silence', async () => {
  await mkdir(join(folder, 'store'));
  await expect(keepDataKey(folder)).rejects.toThrow(/data\.key/);
  await expect(readFile(join(folder, 'data.key'))).rejects.toThrow('ENOENT');
});

test('a damaged key is refused', async () => {
  await writeFile(join(folder, 'data.key'), 'c2hvcnQ=');
  await expect(keepDataKey(folder)).rejects.toThrow(/damaged/);
});
