import { createHash } from 'node:crypto';
import { lstat, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedError } from './embedded-error.js';

export interface DataFolder {
  readonly dataDir: string;
  /** Short folder of ours alone for sockets: their paths must stay under 107 bytes, a data folder may lie deep. */
  readonly socketDir: string;
  /** The same for every path that leads to this folder. */
  readonly id: string;
}

/** Makes the data folder (0700) and its folder for sockets; refuses one that somebody else prepared. */
export const openDataFolder = async (dataDir: string): Promise<DataFolder> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { dev, ino } = await stat(dataDir);
  const uid = process.getuid?.() ?? 0;
  const id = createHash('sha256').update(`${dev}:${ino}:${uid}`).digest('hex').slice(0, 12);
  const socketDir = join(tmpdir().length > 60 ? '/tmp' : tmpdir(), `dc-${id}`);
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  const found = await lstat(socketDir);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new EmbeddedError(
      `${socketDir} belongs to somebody else or is open to others; remove it and start again.`,
    );
  return { dataDir, socketDir, id };
};
