import { type Environment } from './environment.js';
import { applyChange } from './records.js';
import { search } from './scan.js';
import { decode } from '../values/codec.js';

const MOST_AT_ONCE = 1000;

/** Removes what TTL indexes say is over; in pieces, so that other writes are not held up. Returns how many. */
export async function removeExpired(environment: Environment, now: Date): Promise<number> {
  let removed = 0;
  for (const { namespace, indexes } of environment.catalog().list()) {
    for (const { name, fields, expireAfterSeconds, partialQuery } of indexes) {
      const path = fields[0]?.path;
      if (expireAfterSeconds === undefined || path === undefined) continue;
      const query = {
        $and: [{ [path]: { $lt: new Date(now.getTime() - expireAfterSeconds * 1000) } }, partialQuery ?? {}],
      };
      let piece: number;
      do {
        piece = await removePiece(environment, namespace, query, name);
        removed += piece;
      } while (piece === MOST_AT_ONCE);
    }
  }
  return removed;
}

async function removePiece(
  environment: Environment,
  namespace: string,
  query: object,
  hint: string,
): Promise<number> {
  const wish = { query, hint, limit: MOST_AT_ONCE };
  const someExist =
    [...search(environment.kv, environment.catalog().get(namespace), { ...wish, limit: 1 })].length > 0;
  if (!someExist) return 0;
  return environment.write((scope) => {
    const expired = [...search(scope.kv, scope.catalog.get(namespace), wish)].filter(
      (found) => found !== null,
    );
    for (const { record, bytes } of expired) {
      const collection = scope.catalog.get(namespace);
      if (collection) applyChange(scope, { collection, record, before: decode(bytes) });
    }
    return expired.length;
  });
}
