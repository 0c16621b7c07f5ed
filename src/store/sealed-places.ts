/** Every sealed field of the store, in one list: what a key command has to walk, and nothing else is sealed. */
import type { Connection } from 'mongoose';

export interface SealedPlace {
  readonly collection: string;
  readonly field: string;
  /** The field that names the case whose key seals it; without one the house's key does. */
  readonly caseIn?: '_id' | 'caseId';
}

export const sealedPlaces: readonly SealedPlace[] = [
  { collection: 'identities', field: 'identity', caseIn: '_id' },
  { collection: 'messages', field: 'content', caseIn: 'caseId' },
  { collection: 'messages', field: 'departmentContent', caseIn: 'caseId' },
  { collection: 'letters', field: 'facts', caseIn: 'caseId' },
  { collection: 'people', field: 'contact' },
  { collection: 'enterprises', field: 'names' },
  { collection: 'drafts', field: 'answers' },
  { collection: 'imports', field: 'rows' },
  { collection: 'searches', field: 'query' },
  { collection: 'inbox', field: 'payload' },
];

/** Any sealed text of the store, or null in an empty one; the oldest collections first. */
export async function firstSealed(connection: Connection): Promise<string | null> {
  for (const { collection, field } of sealedPlaces) {
    const found = await connection
      .collection(collection)
      .findOne({ [field]: { $type: 'string' } }, { projection: { [field]: 1 } });
    const sealed: unknown = found?.[field];
    if (typeof sealed === 'string') return sealed;
  }
  return null;
}
