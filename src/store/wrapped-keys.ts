import { Schema, trusted, type Connection } from 'mongoose';
import { InvariantError } from '../errors.js';
import { createSeal, keyIdOf } from '../seal.js';
import { isDuplicate } from './cases.js';
import { oneById, writeTogether } from './together.js';

/** The key given by the operator does not fit this store; the message is for him. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** The operator's key, and the one it follows while keys are being rotated; 32 bytes each. */
export interface MasterKeys {
  readonly current: Buffer;
  readonly old?: Buffer | undefined;
}

/** `under` names the master key that wraps it; a destroyed key leaves its id, so that it is never made again. */
interface KeyDocument {
  readonly _id: string;
  readonly wrapped?: string;
  readonly under?: string;
  readonly madeAt?: Date;
  readonly destroyedAt?: Date;
}

const schema = new Schema<KeyDocument>(
  { _id: { type: String, required: true }, wrapped: String, under: String, madeAt: Date, destroyedAt: Date },
  { versionKey: false },
);
// Rotation asks what an older master key still wraps.
schema.index({ under: 1 }, { partialFilterExpression: { under: { $type: 'string' } } });

// Retention asks which keys were made for a case that never came to be.
schema.index({ madeAt: 1 });

const collection = 'keys';
const place = (id: string) => ({ collection, id, field: 'wrapped' });
const rewrapBatch = 100;

export type WrappedKeys = ReturnType<typeof createWrappedKeys>;

/** A key as it came out of its wrapping; `value` is null once it was destroyed. */
export interface Unwrapped<T> {
  readonly id: string;
  readonly value: T | null;
}

/** Keys at rest, each wrapped by a master key (design §2.8). Opens with the present one and the one before, wraps with the present one. */
export function createWrappedKeys(connection: Connection, { current, old }: MasterKeys) {
  const model = connection.model('Key', schema, collection);
  const one = oneById<KeyDocument>(model);
  const write = writeTogether(model);
  const master = createSeal({ dataKey: current });
  const masters = [master, ...(old ? [createSeal({ dataKey: old })] : [])];

  const wrap = (id: string, value: unknown) => ({
    wrapped: master.seal(place(id), value),
    under: master.keyId,
  });
  const unwrap = <T>({ _id, wrapped }: KeyDocument): Unwrapped<T> => {
    if (wrapped === undefined) return { id: _id, value: null };
    const by = masters.find(({ keyId }) => keyId === keyIdOf(wrapped));
    if (!by) throw new KeyError(wrongKey);
    return { id: _id, value: by.open<T>(place(_id), wrapped) };
  };
  const byOthers = (): Record<string, unknown> => ({
    under: trusted({ $type: 'string', $ne: master.keyId }),
  });

  const stored = async <T>(id: string): Promise<Unwrapped<T> | null> => {
    const doc = await one(id);
    return doc && unwrap<T>(doc);
  };

  return {
    stored,

    async storedOf<T>(ids: readonly string[]): Promise<readonly Unwrapped<T>[]> {
      const docs = await Promise.all(ids.map(one));
      return docs.filter((doc) => doc !== null).map((doc) => unwrap<T>(doc));
    },

    /** The key with this id; made where there is none, once, whoever comes first. */
    async ensured<T>(id: string, make: () => T): Promise<Unwrapped<T>> {
      const blank = { ...wrap(id, make()), madeAt: new Date() };
      try {
        await write({ filter: { _id: id }, update: { $setOnInsert: blank }, upsert: true });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const made = await stored<T>(id);
      if (!made) throw new InvariantError('a key vanished while it was made');
      return made;
    },

    /** Puts another value in place of a key's; doing it twice is once. */
    async change<T>(id: string, next: (value: T) => T): Promise<void> {
      const key = await stored<T>(id);
      if (key?.value) await model.updateOne({ _id: id }, { $set: wrap(id, next(key.value)) });
    },

    async destroy(id: string): Promise<void> {
      const gone = { $set: { destroyedAt: new Date() }, $unset: { wrapped: 1, under: 1 } } as const;
      await model.updateOne({ _id: id }, gone, { upsert: true });
    },

    /** Ids behind `after` of keys made within a time (real time), in order. */
    async idsMadeWithin(within: { readonly from: Date; readonly to: Date }, after: string, limit: number) {
      const madeAt = trusted({ $gte: within.from, $lt: within.to });
      const found = await model
        .find({ _id: trusted({ $gt: after }), madeAt }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map(({ _id }) => _id);
    },

    /** How many keys another master key still wraps. */
    byOthers: async (): Promise<number> => await model.countDocuments(byOthers()),

    /** Wraps the next keys with the present master key; gives how many. Safe to end anywhere and to run twice. */
    async rewrap(): Promise<number> {
      const found = await model.find(byOthers()).limit(rewrapBatch).lean<KeyDocument[]>();
      for (const doc of found) {
        const { value } = unwrap(doc);
        // Somebody may have destroyed or rewrapped it since.
        if (value !== null && doc.wrapped !== undefined)
          await model.updateOne({ _id: doc._id, wrapped: doc.wrapped }, { $set: wrap(doc._id, value) });
      }
      return found.length;
    },
  };
}

export const wrongKey =
  'DATA_KEY does not open this store: it was written with another key. Put the right key back; if it was just ' +
  'replaced, give the one before as DATA_KEY_OLD and run `npm run keys -- rotate`. Nothing was changed.';
