import { CommandError, failedToParse } from '../errors.js';
import { compileUpdate, updateStyle, type UpdateStyle } from '../update/compile.js';
import { upsertSeed } from '../update/upsert.js';
import { type Collection } from '../storage/catalog.js';
import { type WriteScope } from '../storage/environment.js';
import { applyChange, insertDocument } from '../storage/records.js';
import { search, type Found } from '../storage/scan.js';
import { decode, encode } from '../values/codec.js';
import { equalValues } from '../values/compare.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { checkDocument } from '../values/raw.js';
import {
  documents,
  encodedDocuments,
  namespaceOf,
  refuseCollation,
  variablesOf,
  type Command,
  type Request,
} from './request.js';

const MOST_OPERATIONS = 100_000;

/** Runs the statements of a batch; an ordered one ends at the first that is refused. */
function runBatch(body: Doc, count: number, run: (index: number) => number): Doc {
  if (count === 0 || count > MOST_OPERATIONS) {
    throw new CommandError(
      16,
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MOST_OPERATIONS}. Got ${count} operations.`,
    );
  }
  const writeErrors: Doc[] = [];
  let n = 0;
  for (let index = 0; index < count; index += 1) {
    try {
      n += run(index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({
        index,
        code: error.code,
        codeName: error.codeName,
        errmsg: error.message,
        ...error.extra,
      });
      if (body.ordered !== false) break;
    }
  }
  return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
}

const ensure = (scope: WriteScope, namespace: string): Collection =>
  scope.catalog.get(namespace) ?? scope.catalog.create(namespace);

export const insert: Command = (request, server) => {
  const namespace = namespaceOf(request);
  const list = encodedDocuments(request, 'documents');
  return server.environment.write((scope) => ({
    ...runBatch(request.body, list.length, (i) => {
      const bytes = list[i] ?? Buffer.alloc(0);
      checkDocument(bytes);
      insertDocument(scope, ensure(scope, namespace), bytes);
      return 1;
    }),
    ok: 1,
  }));
};

export type UpdateStatement = {
  readonly query: Doc;
  readonly update: unknown;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort?: unknown;
  readonly hint?: unknown;
  readonly arrayFilters?: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
};
export type Updated = {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
  readonly before?: Buffer;
  readonly after?: Buffer;
};

/** Updates what a statement matches, or inserts when it asks for that. */
export function updateDocuments(scope: WriteScope, namespace: string, statement: UpdateStatement): Updated {
  const { query, multi, variables } = statement;
  const style = updateStyle(statement.update);
  if (multi && style === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update');
  const update = compileUpdate(statement.update, {
    arrayFilters: statement.arrayFilters,
    variables,
    now: new Date(),
  });
  const found = collect(scope, namespace, { ...statement, limit: multi ? 0 : 1 });
  if (found.length === 0) {
    if (!statement.upsert) return { matched: 0, modified: 0 };
    const inserted = update(upsertSeed(query, style), { inserting: true });
    return upsert(scope, namespace, inserted, query);
  }
  let modified = 0;
  let last: { before?: Buffer; after?: Buffer } = {};
  for (const { record, bytes, hit } of found) {
    const before = decode(bytes);
    const document = ordered(update(before, { position: hit.position }), style);
    const after = encode(document);
    checkDocument(after);
    last = { before: bytes, after };
    if (after.equals(bytes)) continue;
    const collection = scope.catalog.get(namespace);
    if (collection) applyChange(scope, { collection, record, before, after: { document, bytes: after } });
    modified += 1;
  }
  return { matched: found.length, modified, ...last };
}

/** _id stays in front; a modifier never moves it. */
const ordered = (document: Doc, style: UpdateStyle): Doc =>
  style === 'modifiers' || Object.keys(document)[0] === '_id' ? document : { _id: document._id, ...document };

function upsert(scope: WriteScope, namespace: string, document: Doc, query: Doc): Updated {
  const wanted = isDocument(query._id) && '$eq' in query._id ? query._id.$eq : query._id;
  if (
    wanted !== undefined &&
    !isDocument(wanted) &&
    document._id !== undefined &&
    !equalValues(wanted, document._id)
  ) {
    throw new CommandError(
      66,
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  const bytes = encode(document);
  checkDocument(bytes);
  const { id, bytes: after } = insertDocument(scope, ensure(scope, namespace), bytes);
  return { matched: 0, modified: 0, upsertedId: id, after };
}

type Wanted = Pick<UpdateStatement, 'query' | 'sort' | 'hint' | 'variables'> & { readonly limit: number };

/** All matches first, then the changes: a search must not meet what it has just written. */
export function collect({ kv, catalog }: WriteScope, namespace: string, wanted: Wanted): readonly Found[] {
  const collection = catalog.get(namespace);
  return [...search(kv, collection, wanted)].filter((found) => found !== null);
}

export const update: Command = (request, server) => {
  const namespace = namespaceOf(request);
  const statements = documents(request, 'updates');
  return server.environment.write((scope) => {
    let nModified = 0;
    const upserted: Doc[] = [];
    const reply = runBatch(request.body, statements.length, (index) => {
      const result = updateDocuments(scope, namespace, updateStatement(request, statements[index] ?? {}));
      nModified += result.modified;
      if (!('upsertedId' in result)) return result.matched;
      upserted.push({ index, _id: result.upsertedId });
      return 1;
    });
    return { ...reply, nModified, ...(upserted.length > 0 ? { upserted } : {}), ok: 1 };
  });
};

function updateStatement({ body }: Request, one: Doc): UpdateStatement {
  refuseUnknown('update.updates', one, [
    'q',
    'u',
    'c',
    'multi',
    'upsert',
    'hint',
    'collation',
    'arrayFilters',
    'sort',
  ]);
  refuseCollation(one.collation);
  if (!isDocument(one.q)) throw failedToParse("BSON field 'update.updates.q' is missing or not an object");
  if (one.u === undefined)
    throw failedToParse("BSON field 'update.updates.u' is missing but a required field");
  const multi = one.multi === true;
  if (multi && one.sort !== undefined) throw failedToParse('Cannot specify sort with multi=true');
  return {
    query: one.q,
    update: one.u,
    multi,
    upsert: one.upsert === true,
    sort: one.sort,
    hint: one.hint,
    arrayFilters: one.arrayFilters,
    variables: variablesOf(body, one.c),
  };
}

function refuseUnknown(where: string, statement: Doc, known: readonly string[]): void {
  for (const field of Object.keys(statement)) {
    if (!known.includes(field))
      throw new CommandError(40415, 'Location40415', `BSON field '${where}.${field}' is an unknown field.`);
  }
}

/** Removes what a query matches and returns it. */
export function removeDocuments(scope: WriteScope, namespace: string, wanted: Wanted): readonly Found[] {
  const found = collect(scope, namespace, wanted);
  for (const { record, bytes } of found) {
    const collection = scope.catalog.get(namespace);
    if (collection) applyChange(scope, { collection, record, before: decode(bytes) });
  }
  return found;
}

export const remove: Command = (request, server) => {
  const namespace = namespaceOf(request);
  const statements = documents(request, 'deletes');
  return server.environment.write((scope) => ({
    ...runBatch(request.body, statements.length, (i) => {
      const statement = statements[i] ?? {};
      refuseUnknown('delete.deletes', statement, ['q', 'limit', 'hint', 'collation']);
      refuseCollation(statement.collation);
      const limit = toNumber(statement.limit);
      if (!isDocument(statement.q))
        throw failedToParse("BSON field 'delete.deletes.q' is missing or not an object");
      if (limit !== 0 && limit !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1');
      const variables = variablesOf(request.body);
      return removeDocuments(scope, namespace, { query: statement.q, hint: statement.hint, limit, variables })
        .length;
    }),
    ok: 1,
  }));
};
