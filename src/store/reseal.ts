import type { Connection } from 'mongoose';
import { keyIdOf } from '../seal.js';
import type { CaseSeal, Keys } from './keys.js';
import { sealedPlaces, type SealedPlace } from './sealed-places.js';

const batch = 200;

interface SealedDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

interface Found {
  readonly id: string;
  readonly sealed: string;
  readonly caseId: string | undefined;
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Every sealed text of a place, in order of its ids, a batch at a time. */
async function* textsIn(
  connection: Connection,
  { collection, field, caseIn }: SealedPlace,
): AsyncGenerator<readonly Found[]> {
  let after = '';
  for (;;) {
    const docs = await connection
      .collection<SealedDocument>(collection)
      .find({ _id: { $gt: after } }, { projection: { [field]: 1, caseId: 1 } })
      .sort({ _id: 1 })
      .limit(batch)
      .toArray();
    const last = docs.at(-1);
    if (!last) return;
    after = last._id;
    yield docs.flatMap((doc) => {
      const sealed = asText(doc[field]);
      const caseId = caseIn === undefined ? undefined : asText(doc[caseIn]);
      return sealed === undefined ? [] : [{ id: doc._id, sealed, caseId }];
    });
  }
}

interface Misplaced extends Found {
  /** The key that still seals it, beside others that would open it. */
  readonly opener: CaseSeal;
}

/** The texts of a batch that are not sealed under the key they belong to; nothing of a case whose key was destroyed. */
async function misplacedOf(keys: Keys, found: readonly Found[]): Promise<readonly Misplaced[]> {
  const ofCases = await keys.ofCases(found.flatMap(({ caseId }) => caseId ?? []));
  return found.flatMap((one) => {
    const opener = one.caseId === undefined ? keys.seal : ofCases.get(one.caseId);
    return opener && opener.keyId !== keyIdOf(one.sealed) ? [{ ...one, opener }] : [];
  });
}

/** How many texts are still sealed under a key of an earlier version. */
export async function countMisplaced(connection: Connection, keys: Keys): Promise<number> {
  let count = 0;
  for (const place of sealedPlaces)
    for await (const found of textsIn(connection, place)) count += (await misplacedOf(keys, found)).length;
  return count;
}

/**
 * Seals every text that is not under its own key anew, each by a write that names the text it replaces: what the
 * running program changes meanwhile is left to it. Safe to end anywhere and to run twice. Tells after each batch how
 * many it has done.
 */
export async function resealAll(
  connection: Connection,
  keys: Keys,
  tell: (done: number) => void,
): Promise<number> {
  let done = 0;
  for (const place of sealedPlaces) {
    const { collection, field } = place;
    for await (const found of textsIn(connection, place)) {
      for (const { id, sealed, caseId, opener } of await misplacedOf(keys, found)) {
        const at = { collection, id, field };
        const key = caseId === undefined ? keys.seal : await keys.ofCase(caseId);
        await connection
          .collection<SealedDocument>(collection)
          .updateOne(
            { _id: id, [field]: sealed },
            { $set: { [field]: key.seal(at, opener.open(at, sealed)) } },
          );
        done++;
      }
      if (done > 0) tell(done);
    }
  }
  return done;
}
