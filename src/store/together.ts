import DataLoader from 'dataloader';
import { mongo } from 'mongoose';

/** A question waits no longer than this for those that may go with it. */
const gatherMs = 8;

/**
 * Questions that are asked at the same moment, by many people's updates and notices, go to the store together; so do those
 * that are asked while others are under way. Nothing is kept: what is answered was read after it was asked for. `answerAll`
 * gives one answer a question, in their order.
 */
export function together<Q, A>(
  answerAll: (questions: readonly Q[]) => Promise<readonly (A | Error)[]>,
): (question: Q) => Promise<A> {
  let underWay = 0;
  const gathering = new Set<() => void>();
  // Once: a batch that is sent again is asked again.
  const send = (go: () => void): void => {
    if (gathering.delete(go)) go();
  };
  const sendAll = (): void => gathering.forEach(send);
  const answer = async (questions: readonly Q[]): Promise<readonly (A | Error)[]> => {
    underWay += 1;
    try {
      return await answerAll(questions);
    } finally {
      underWay -= 1;
      // After whoever was answered has asked what he asks next.
      setImmediate(sendAll);
    }
  };
  const loader = new DataLoader<Q, A>(answer, {
    cache: false,
    maxBatchSize: 200,
    batchScheduleFn: (go) => {
      gathering.add(go);
      // Alone it goes at once: after everything that has just come in was looked at, and before anything is waited for.
      if (underWay === 0) setImmediate(send, go);
      else setTimeout(send, gatherMs, go);
    },
  });
  return async (question) => await loader.load(question);
}

/** Documents by a key that only one of them has; null where there is none. */
export const oneByOne = <D>(
  read: (keys: readonly string[]) => Promise<readonly D[]>,
  keyOf: (document: D) => string,
): ((key: string) => Promise<D | null>) =>
  together<string, D | null>(async (keys) => {
    const found = new Map((await read([...new Set(keys)])).map((document) => [keyOf(document), document]));
    return keys.map((key) => found.get(key) ?? null);
  });

/** Documents of a collection by their id, whole or only some of their fields; as the store has them, without a schema's detour. */
export const oneById = <D extends { readonly _id: string }>(
  model: { readonly collection: unknown },
  fields: Readonly<Record<string, 1>> = {},
): ((id: string) => Promise<D | null>) =>
  oneByOne(
    async (ids) => {
      const collection = model.collection as mongo.Collection<D>;
      const found = collection.find({ _id: { $in: ids } } as mongo.Filter<D>, { projection: fields });
      return (await found.toArray()) as unknown as readonly D[];
    },
    ({ _id }) => _id,
  );

/** Documents that share a key, in the order they are read in. */
export const manyByOne = <D>(
  read: (keys: readonly string[]) => Promise<readonly D[]>,
  keyOf: (document: D) => string,
): ((key: string) => Promise<readonly D[]>) =>
  together<string, readonly D[]>(async (keys) => {
    const found = await read([...new Set(keys)]);
    return keys.map((key) => found.filter((document) => keyOf(document) === key));
  });

/** A question that several ask at the same moment is put to the store once. */
export const sharedByKey = <Q, A>(
  read: (question: Q) => Promise<A>,
  keyOf: (question: Q) => string,
): ((question: Q) => Promise<A>) =>
  together<Q, A>(async (questions) => {
    const answers = new Map<string, Promise<A>>();
    return await Promise.all(
      questions.map(async (question) => {
        const key = keyOf(question);
        const answer = answers.get(key) ?? read(question);
        answers.set(key, answer);
        return await answer;
      }),
    );
  });

export interface Writing {
  readonly filter: Readonly<Record<string, unknown>>;
  /** Operators, or a pipeline; without one the document is taken away. */
  readonly update?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  readonly upsert?: boolean;
}

/**
 * Single conditional writes that go to the store together, each on its own terms. Gives whether a write found its document:
 * true when all of them did, undefined when one of them did not and the store does not say which. Bypasses the schema, so
 * everything in a filter or an update must be the program's own.
 */
export function writeTogether(model: {
  readonly collection: unknown;
}): (writing: Writing) => Promise<true | undefined> {
  return together<Writing, true | undefined>(async (writings) => {
    const operations = writings.map(({ filter, update, upsert = false }) =>
      update === undefined ? { deleteOne: { filter } } : { updateOne: { filter, update, upsert } },
    );
    try {
      const collection = model.collection as mongo.Collection;
      const done = await collection.bulkWrite(operations, { ordered: false });
      const all = done.matchedCount + done.upsertedCount + done.deletedCount === writings.length;
      return writings.map(() => (all ? true : undefined));
    } catch (error) {
      return eachItsOwn(error, writings.length);
    }
  });
}

/** What went wrong with one write is no fault of the others. A store that could not be asked is everybody's. */
function eachItsOwn(error: unknown, count: number): readonly (undefined | Error)[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failed = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
  if (failed.size === 0 || error.result.getWriteConcernError() !== undefined) throw error;
  return Array.from({ length: count }, (_, i) => {
    const own = failed.get(i);
    return own && Object.assign(new Error('a write of many failed', { cause: error }), { code: own.code });
  });
}
