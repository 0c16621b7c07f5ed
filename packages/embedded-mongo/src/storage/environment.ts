import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ABORT, open } from 'lmdb';
import { CommandError } from '../errors.js';
import { openCatalog, type Catalog, type CatalogDraft } from './catalog.js';
import { keyReader, keyWriter, type KeyReader, type KeyWriter, type Root } from './key-value.js';
import { lockFolder } from './lock.js';

/** What a write command works on; all of it becomes visible and durable together, or none. */
export type WriteScope = { readonly kv: KeyWriter; readonly catalog: CatalogDraft };

export type Environment = {
  readonly kv: KeyReader;
  /** The committed collections. */
  readonly catalog: () => Catalog;
  /**
   * Runs a write command in a transaction and resolves when it is on disk. A command that throws leaves nothing behind.
   * Commands that arrive while a commit is under way share the next one.
   */
  readonly write: <T>(job: (scope: WriteScope) => T) => Promise<T>;
  readonly close: () => Promise<void>;
};

type Job = { readonly run: (scope: WriteScope) => unknown; readonly settle: (outcome: Outcome) => void };
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Opens a data folder; refuses one in use by another server or written in a newer format. */
export async function openEnvironment(folder: string): Promise<Environment> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  // With overlappingSync a commit is visible before it is on disk; without event-turn batching a failed commit rejects
  // one promise, ours, instead of one nobody holds.
  const root: Root = open({
    path: folder,
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
    eventTurnBatching: false,
    ...shortFreeList,
  });
  try {
    return start(root, lock.release);
  } catch (error) {
    await root.close();
    await lock.release();
    throw error;
  }
}

/**
 * Pages. With every commit lmdb writes the free pages it knows of and checks them in a time that grows with their square: what a
 * large import left free made each commit after it take 17 to 60 ms of processor time instead of 2. Those it does not know of are found
 * when they are needed. Its types lack both.
 */
const shortFreeList: object = { maxFreeSpaceToLoad: 2_000, maxFreeSpaceToRetain: 2_000 };

function start(root: Root, release: () => Promise<void>): Environment {
  checkFormat(root);
  let catalog = openCatalog(keyReader(root));
  const queue: Job[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0);
      if (!(await commit(batch))) for (const job of batch) await commitAlone(job);
    }
    running = undefined;
  };

  /** False when one of the jobs threw after writing: then nothing is kept and each has to run alone. */
  const commit = async (jobs: readonly Job[]): Promise<boolean> => {
    const draft = catalog.draft();
    const outcomes: Outcome[] = [];
    try {
      const result = await root.childTransaction<unknown>(() => {
        for (const job of jobs) {
          const outcome = attempt(root, draft, job);
          if (!outcome) return ABORT;
          outcomes.push(outcome);
        }
        return undefined;
      });
      if (result === ABORT) return false;
      catalog = draft.publish();
    } catch (error) {
      const refusal = await diskRefusal(error);
      for (const job of jobs) job.settle({ error: refusal });
      return true;
    }
    for (const [i, job] of jobs.entries())
      job.settle(outcomes[i] ?? { error: new Error('the command had no outcome') });
    return true;
  };

  const commitAlone = async (job: Job): Promise<void> => {
    let thrown: unknown;
    const watched: Job = {
      run: (scope) => {
        try {
          return job.run(scope);
        } catch (error) {
          thrown = error;
          throw error;
        }
      },
      settle: job.settle,
    };
    if (!(await commit([watched]))) job.settle({ error: thrown });
  };

  const write = <T>(run: (scope: WriteScope) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) return reject(new CommandError(91, 'ShutdownInProgress', 'the server is shutting down'));
      queue.push({
        run,
        settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value as T)),
      });
      running ??= drain();
    });

  const close = async (): Promise<void> => {
    closed = true;
    await running;
    await root.close();
    await release();
  };
  return { kv: keyReader(root), catalog: () => catalog, write, close };
}

/** Runs one job; undefined when it threw after it had written. */
function attempt(root: Root, catalog: CatalogDraft, job: Job): Outcome | undefined {
  let wrote = false;
  const kv = keyWriter(root, () => {
    wrote = true;
  });
  try {
    return { value: job.run({ kv, catalog: catalog.writingTo(kv) }) };
  } catch (error) {
    return wrote ? undefined : { error };
  }
}

const FORMAT_KEY = Buffer.from('v');
const FORMAT = 1;

function checkFormat(root: Root): void {
  const stored = root.get(FORMAT_KEY);
  if (stored === undefined) {
    root.putSync(FORMAT_KEY, Buffer.from([FORMAT]));
    return;
  }
  if (stored[0] !== FORMAT) {
    throw new Error(
      `the data folder has format ${String(stored[0])}, this version reads format ${FORMAT}; use the version that wrote it to dump the data`,
    );
  }
}

/** lmdb hands the cause over as a promise that it rejects a moment later. */
async function reasonOf(later: unknown): Promise<unknown> {
  try {
    return await later;
  } catch (reason) {
    return reason;
  }
}

const DISK_ERRORS = new Set([5, 27, 28, 122]); // EIO, EFBIG, ENOSPC, EDQUOT
const CAUSE_MS = 1000;

/** A full disk is the owner's to solve and is said plainly; reads go on. Anything else is a fault. */
async function diskRefusal(failure: unknown): Promise<unknown> {
  const later = failure instanceof Error && 'commitError' in failure ? failure.commitError : failure;
  const cause = await Promise.race([reasonOf(later), setTimeout(CAUSE_MS, undefined, { ref: false })]);
  const code = cause instanceof Error && 'code' in cause ? Number(cause.code) : Number.NaN;
  if (!DISK_ERRORS.has(code)) return cause ?? failure;
  return new CommandError(
    14031,
    'OutOfDiskSpace',
    'the disk of the data folder is full or failing: nothing of this was written; reads go on',
  );
}
