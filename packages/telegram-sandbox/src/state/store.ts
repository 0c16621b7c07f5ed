import type { SandboxSettings } from '../options.js';
import type { Entry, EntryDraft } from './change.js';
import { openJournalFile } from './journal-file.js';
import { applyChange, createWorld, type World } from './world.js';

export type Store = {
  readonly world: World;
  /** Applies the draft at once and resolves when it is on disk (in memory: at once). Listeners hear it then, in order. */
  commit(draft: EntryDraft): Promise<Entry>;
  entries(): readonly Entry[];
  /** Resolves when everything committed so far is on disk. */
  flushed(): Promise<void>;
  onCommit(listener: (entry: Entry) => void): () => void;
  seq(): number;
  now(): number;
  close(): Promise<void>;
};

/** Opens the state: restored from the journal in dataDir, or empty and in memory only. */
export const openStore = async (settings: SandboxSettings, now: () => number): Promise<Store> => {
  const world = createWorld(settings);
  const file = settings.dataDir === undefined ? undefined : await openJournalFile(settings.dataDir);
  const entries: Entry[] = [];
  const listeners = new Set<(entry: Entry) => void>();
  const accept = (entry: Entry): void => {
    for (const change of entry.changes) applyChange(world, change, entry);
    // The changes live on in the world and on disk; keeping them here as well would double the memory.
    entries.push({ ...entry, changes: [] });
  };
  for (const entry of file?.restored ?? []) accept(entry);
  let seq = entries.at(-1)?.seq ?? 0;
  let last: Promise<void> = Promise.resolve();

  return {
    world,
    commit: async (draft) => {
      seq += 1;
      const entry: Entry = { seq, at: now(), ...draft };
      accept(entry);
      const durable = file ? file.append(entry) : Promise.resolve();
      last = durable.then(() => {
        for (const listener of listeners) listener(entry);
      });
      await last;
      return entry;
    },
    entries: () => entries,
    flushed: () => last,
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seq: () => seq,
    now,
    close: async () => {
      await last.catch(() => undefined);
      await file?.close();
    },
  };
};
