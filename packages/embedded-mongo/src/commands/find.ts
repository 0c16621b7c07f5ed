import { badValue, notSupported, typeMismatch } from '../errors.js';
import { compileProjection, type Projector } from '../query/projection.js';
import { reachOpened, topField } from '../query/paths.js';
import { everything, recordsPrefix } from '../storage/catalog.js';
import { countKeys, search, type Search } from '../storage/scan.js';
import { compareValues } from '../values/compare.js';
import { decode, encode } from '../values/codec.js';
import { type Doc } from '../values/kinds.js';
import { keyPart } from '../values/index-key.js';
import { toBigInt, toNumber } from '../values/numbers.js';
import { pickBytes, pickFields } from '../values/raw.js';
import { batchReply, paced, paceOf, type Results } from './cursors.js';
import {
  collectionOf,
  countField,
  documentField,
  namespaceOf,
  variablesOf,
  type Command,
  type Request,
  type Server,
} from './request.js';

/** Found documents as encoded results: the stored bytes, or what a projection leaves of them. */
export function* results(
  found: Search,
  shape: ((bytes: Buffer) => Buffer) | undefined,
): Generator<Buffer | null, void> {
  for (const one of found) yield one === null ? null : shape ? shape(one.bytes) : one.bytes;
}

const isListed = (value: unknown): boolean => toNumber(value) === 1 || value === true;

/** Cuts stored bytes where a projection only lists top-level fields; decodes otherwise. */
export function shapeOf(
  projection: Doc | undefined,
  project: Projector | undefined,
): ((bytes: Buffer) => Buffer) | undefined {
  if (!projection || !project) return undefined;
  const plain = Object.entries(projection).every(([name, value]) => !/[.$]/.test(name) && isListed(value));
  if (!plain) return (bytes) => encode(project(decode(bytes)));
  const fields = new Set(['_id', ...Object.keys(projection)]);
  return (bytes) => pickBytes(bytes, fields);
}

const REFUSED = ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max'];

export const find: Command = (request, server) => {
  const { body } = request;
  for (const option of REFUSED) {
    if (body[option] !== undefined && body[option] !== false) throw notSupported(`the find option ${option}`);
  }
  const query = documentField(body, 'filter');
  const projection = documentField(body, 'projection');
  const variables = variablesOf(body);
  const limit = countField({ limit: absolute(body.limit) }, 'limit', 0);
  const found = search(server.environment.kv, collectionOf(request, server), {
    query,
    sort: body.sort,
    hint: body.hint,
    skip: countField(body, 'skip', 0),
    limit,
    variables,
  });
  const shape = shapeOf(projection, compileProjection(projection, query, variables));
  return batchReply({
    cursors: server.cursors,
    cursor: server.cursors.open(namespaceOf(request), results(found, shape)),
    size: firstBatchSize(countField(body, 'batchSize', 101), limit),
    pace: paceOf(countField(body, 'maxTimeMS', 0)),
    first: true,
    single: body.singleBatch === true || (toNumber(body.limit) ?? 0) < 0,
  });
};

const absolute = (value: unknown): unknown => {
  const number = toNumber(value);
  return number === undefined ? value : Math.abs(number);
};

/** A batch size of zero asks for a cursor without results; here one result is looked for all the same and kept back. */
function firstBatchSize(asked: number, limit: number): number {
  if (asked === 0) return -1;
  return limit > 0 ? Math.min(asked, limit) : asked;
}

export const getMore: Command = (request, server) => {
  const { body, database } = request;
  const id = toBigInt(body.getMore);
  if (id === undefined)
    throw typeMismatch("BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const cursor = server.cursors.get(id, `${database}.${String(body.collection)}`);
  const size = countField(body, 'batchSize', 0);
  return batchReply({
    cursors: server.cursors,
    cursor,
    size,
    pace: paceOf(countField(body, 'maxTimeMS', 0)),
    first: false,
  });
};

export const killCursors: Command = ({ body }, server) => {
  const ids = Array.isArray(body.cursors) ? (body.cursors as unknown[]) : [];
  const killed = ids.map((id) => server.cursors.kill(toBigInt(id) ?? 0n));
  return {
    cursorsKilled: ids.filter((_, i) => killed[i] === true),
    cursorsNotFound: ids.filter((_, i) => killed[i] !== true),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

/** Counts the documents of a query; where the keys of an index say it all, they are counted and no document is read. */
export async function countMatches(
  request: Request,
  server: Server,
  query: Doc | undefined,
  hint?: unknown,
): Promise<number> {
  const { kv } = server.environment;
  const collection = collectionOf(request, server);
  if (!collection) return 0;
  if (!query || Object.keys(query).length === 0) return kv.count(everything(recordsPrefix(collection.id)));
  const byKeys = countKeys(kv, collection, query, hint);
  if (byKeys !== undefined) return byKeys;
  const found = search(kv, collection, { query, hint, variables: variablesOf(request.body) });
  let count = 0;
  for await (const _ of paced(results(found, undefined), paceOf(countField(request.body, 'maxTimeMS', 0))))
    count += 1;
  return count;
}

export const count: Command = async (request, server) => {
  const { body } = request;
  const all = await countMatches(request, server, documentField(body, 'query'), body.hint);
  const limit = Math.abs(toNumber(body.limit) ?? 0);
  const left = Math.max(0, all - countField(body, 'skip', 0));
  return { n: limit > 0 ? Math.min(left, limit) : left, ok: 1 };
};

export const distinct: Command = async (request, server) => {
  const { body } = request;
  const path = body.key;
  if (typeof path !== 'string')
    throw typeMismatch("BSON field 'distinct.key' is the wrong type, expected type 'string'");
  if (path === '') throw badValue("BSON field 'distinct.key' must not be empty");
  const query = documentField(body, 'query');
  const found = search(server.environment.kv, collectionOf(request, server), { query, hint: body.hint });
  const fields = new Set([topField(path)]);
  const values = new Map<string, unknown>();
  const pace = paceOf(countField(body, 'maxTimeMS', 0));
  for await (const bytes of paced(results(found, undefined) satisfies Results, pace)) {
    for (const value of reachOpened(pickFields(bytes, fields), path.split('.'))) {
      if (value === undefined) continue;
      const key = keyPart(value, 500).bytes.toString('latin1');
      if (!values.has(key)) values.set(key, value);
    }
  }
  return { values: [...values.values()].toSorted(compareValues), ok: 1 };
};
