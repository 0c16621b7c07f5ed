import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type FileBytes = {
  /** Resolves when the bytes are kept (with a folder: on disk). */
  put(id: string, bytes: Buffer): Promise<void>;
  get(id: string): Promise<Buffer | undefined>;
};

const inMemory = (): FileBytes => {
  const kept = new Map<string, Buffer>();
  return {
    put: async (id, bytes) => {
      kept.set(id, bytes);
    },
    get: async (id) => kept.get(id),
  };
};

/** Keeps the bytes of files by id, in `dataDir`/files or in memory. Ids are made by this server, never by a caller. */
export const openFileBytes = async (dataDir: string | undefined): Promise<FileBytes> => {
  if (dataDir === undefined) return inMemory();
  const folder = join(dataDir, 'files');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    put: async (id, bytes) => {
      const file = await open(join(folder, id), 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    get: async (id) => {
      try {
        return await readFile(join(folder, id));
      } catch {
        return undefined;
      }
    },
  };
};
