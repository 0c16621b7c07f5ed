import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './change.js';

export type JournalFile = {
  readonly restored: readonly Entry[];
  /** Resolves when the line is on disk; lines that wait together share one fsync. */
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
};

const readLines = (bytes: Buffer): { entries: Entry[]; validBytes: number } => {
  const entries: Entry[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10, start); end >= 0; end = bytes.indexOf(10, start)) {
    entries.push(JSON.parse(bytes.toString('utf8', start, end)) as Entry);
    start = end + 1;
  }
  // What follows the last newline was cut by a crash before it was acknowledged.
  return { entries, validBytes: start };
};

const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

const openForAppend = async (dataDir: string): Promise<{ file: FileHandle; restored: Entry[] }> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'journal.jsonl');
  const bytes = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const { entries, validBytes } = readLines(bytes);
  const file = await open(path, 'a', 0o600);
  if (validBytes < bytes.length) await file.truncate(validBytes);
  await syncDirectory(dataDir);
  return { file, restored: entries };
};

/** Opens the append-only journal in `dataDir`; a torn last line is cut off, any other damage throws. */
export const openJournalFile = async (dataDir: string): Promise<JournalFile> => {
  const { file, restored } = await openForAppend(dataDir);
  let waiting: string[] = [];
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    await file.appendFile(lines.join(''));
    await file.datasync();
  };

  const schedule = (): Promise<void> => {
    next ??= (running ?? Promise.resolve()).then(() => {
      running = next;
      next = undefined;
      return flush();
    });
    return next;
  };

  return {
    restored,
    append: (entry) => {
      waiting.push(`${JSON.stringify(entry)}\n`);
      return schedule();
    },
    close: async () => {
      await (next ?? running);
      await file.close();
    },
  };
};
