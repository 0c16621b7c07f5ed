import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Reads a one-line secret; makes it (0600, on disk before it is used) when the file is not there. */
export const keepSecret = async (path: string, make: () => string): Promise<string> => {
  const known = await readSecret(path);
  if (known !== undefined) return known;
  const secret = make();
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600);
  await file.writeFile(`${secret}\n`);
  await file.sync();
  await file.close();
  await rename(unfinished, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
  return secret;
};

export const readSecret = async (path: string): Promise<string | undefined> => {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

export const randomSecret = (): string => randomBytes(32).toString('base64url');
