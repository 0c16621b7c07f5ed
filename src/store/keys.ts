import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { InvariantError } from '../errors.js';
import { createSeal, keyIdOf, type Seal } from '../seal.js';
import { firstSealed } from './sealed-places.js';
import { createWrappedKeys, KeyError, wrongKey, type MasterKeys, type WrappedKeys } from './wrapped-keys.js';

/** What a case's texts pass through. */
export type CaseSeal = Pick<Seal, 'keyId' | 'seal' | 'open'>;

/** The house's own keys, in base64: `lookup` is never changed, or nobody would be found any more. */
interface House {
  readonly content: string;
  readonly lookup: string;
  /** Keys in use before; gone once nothing is sealed under them. */
  readonly older: readonly string[];
}

const houseId = 'house';
const casePrefix = 'case:';
const idOf = (caseId: string): string => `${casePrefix}${caseId}`;
/** Unwrapped keys kept in memory: enough for the cases that move, few enough to be forgotten soon. */
const remembered = 2_000;

const newKey = (): string => randomBytes(32).toString('base64');
const bytesOf = (key: string): Buffer => Buffer.from(key, 'base64');

export type Keys = Awaited<ReturnType<typeof openKeys>>;

/**
 * Opens the keys of a store: one per case and one for the rest, random, each wrapped by the operator's master key
 * (design §2.8). Makes the house's key on first use; throws a KeyError when the master key is not the one the store
 * was written with, so that a wrong or lost key is noticed at the start and not at the first letter.
 */
export async function openKeys(connection: Connection, masters: MasterKeys) {
  const wrapped = createWrappedKeys(connection, masters);
  const house = await openHouse(connection, wrapped, masters);
  if (!masters.old && (await wrapped.byOthers()) > 0) throw new KeyError(rotationUnfinished);
  const seal = createSeal({
    dataKey: bytesOf(house.content),
    lookupKey: bytesOf(house.lookup),
    older: house.older.map(bytesOf),
  });

  const cache = new Map<string, CaseSeal>();
  const opened = (caseId: string, key: string): CaseSeal => {
    const own = createSeal({ dataKey: bytesOf(key) });
    const caseSeal: CaseSeal = {
      keyId: own.keyId,
      seal: own.seal,
      // What an earlier version wrote has not moved under the case's key yet.
      open: (place, sealed) => (keyIdOf(sealed) === own.keyId ? own : seal).open(place, sealed),
    };
    cache.set(caseId, caseSeal);
    const [oldest] = cache.keys();
    if (cache.size > remembered && oldest !== undefined) cache.delete(oldest);
    return caseSeal;
  };

  return {
    /** For what belongs to no case: people, drafts, the inbox; and for every look-up. */
    seal,

    /** The key of a case to write with; made on first use. A case whose key was destroyed is never written again. */
    async ofCase(caseId: string): Promise<CaseSeal> {
      const known = cache.get(caseId);
      if (known) return known;
      const { value } = await wrapped.ensured<string>(idOf(caseId), newKey);
      if (value === null) throw new InvariantError('the key of this case was destroyed');
      return opened(caseId, value);
    },

    /** The keys of cases to read with; without those that were destroyed. */
    async ofCases(caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseSeal>> {
      const missing = [...new Set(caseIds)].filter((caseId) => !cache.has(caseId));
      const found = await wrapped.storedOf<string>(missing.map(idOf));
      const stored = new Map(found.map(({ id, value }) => [id, value]));
      const keyOf = (caseId: string): CaseSeal | null => {
        const known = cache.get(caseId);
        if (known) return known;
        const key = stored.get(idOf(caseId));
        // A case of an earlier version has no key of its own.
        if (key === undefined) return seal;
        return key === null ? null : opened(caseId, key);
      };
      return new Map(
        caseIds.flatMap((caseId) => {
          const key = keyOf(caseId);
          return key ? [[caseId, key] as const] : [];
        }),
      );
    },

    /** Destroys the key of a case: whatever it sealed can never be read again. */
    async destroy(caseId: string): Promise<void> {
      await wrapped.destroy(idOf(caseId));
      cache.delete(caseId);
    },

    /** Ids, behind a given one, of cases that were given a key within a time (real time), in order. */
    async casesWithin(
      within: { readonly from: Date; readonly to: Date },
      after: string,
      limit: number,
    ): Promise<readonly string[]> {
      const ids = await wrapped.idsMadeWithin(within, idOf(after), limit);
      return ids.filter((id) => id.startsWith(casePrefix)).map((id) => id.slice(casePrefix.length));
    },

    wrappedByOthers: wrapped.byOthers,
    rewrap: wrapped.rewrap,

    /** How many keys of an earlier version may still be needed. */
    olderKeys: async (): Promise<number> => (await wrapped.stored<House>(houseId))?.value?.older.length ?? 0,

    /** Forgets the keys of an earlier version; only once nothing is sealed under them. */
    forgetOlder: async (): Promise<void> =>
      await wrapped.change<House>(houseId, (known) => ({ ...known, older: [] })),
  };
}

/** The house's keys, made on first use. What an earlier version wrote, sealed and looked up by the master key itself, stays readable and is found. */
async function openHouse(
  connection: Connection,
  wrapped: WrappedKeys,
  { current, old }: MasterKeys,
): Promise<House> {
  const known = await wrapped.stored<House>(houseId);
  if (known?.value) return known.value;
  const sealed = await firstSealed(connection);
  const earlier = [current, ...(old ? [old] : [])].find(
    (key) => sealed !== null && createSeal({ dataKey: key }).keyId === keyIdOf(sealed),
  );
  // Another replica may have been first, and written already.
  if (sealed !== null && !earlier && (await wrapped.stored(houseId)) === null) throw new KeyError(wrongKey);
  const legacy = earlier?.toString('base64');
  const { value } = await wrapped.ensured<House>(houseId, () => ({
    content: newKey(),
    lookup: legacy ?? newKey(),
    older: legacy === undefined ? [] : [legacy],
  }));
  if (value === null) throw new KeyError(wrongKey);
  return value;
}

const rotationUnfinished =
  'Some keys of this store are still wrapped by the key before DATA_KEY. Give that one as DATA_KEY_OLD and run ' +
  '`npm run keys -- rotate` to its end.';
