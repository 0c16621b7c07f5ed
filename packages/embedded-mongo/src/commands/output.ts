import { runStages } from '../aggregate/run.js';
import { CommandError, failedToParse, notSupported } from '../errors.js';
import { type Collection } from '../storage/catalog.js';
import { type WriteScope } from '../storage/environment.js';
import { applyChange, insertDocument } from '../storage/records.js';
import { search, type Found } from '../storage/scan.js';
import { decode, decodePlain, encode, toPlain, toTyped } from '../values/codec.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { type Results } from './cursors.js';
import { fullName, type Request, type Server } from './request.js';

type Output = {
  readonly request: Request;
  readonly server: Server;
  readonly output: Doc;
  readonly documents: readonly Buffer[];
};

/** Writes the results of a pipeline by $out or $merge, all in one transaction; the pipeline then has no results. */
export function writeOutput({ request, server, output, documents }: Output): Promise<Results> {
  const merge = output.$merge;
  const target = '$out' in output ? output.$out : isDocument(merge) && 'into' in merge ? merge.into : merge;
  const namespace = isDocument(target)
    ? fullName(typeof target.db === 'string' ? target.db : request.database, target.coll)
    : fullName(request.database, target);
  return server.environment.write((scope) => {
    if ('$out' in output) replaceAll(scope, namespace, documents);
    else for (const bytes of documents) mergeOne(scope, namespace, bytes, isDocument(merge) ? merge : {});
    return [].values();
  });
}

const ensure = (scope: WriteScope, namespace: string): Collection =>
  scope.catalog.get(namespace) ?? scope.catalog.create(namespace);

function replaceAll(scope: WriteScope, namespace: string, documents: readonly Buffer[]): void {
  const before = [...search(scope.kv, ensure(scope, namespace), { query: {} })].filter(
    (found) => found !== null,
  );
  for (const { record, bytes } of before) {
    applyChange(scope, { collection: ensure(scope, namespace), record, before: decode(bytes) });
  }
  for (const bytes of documents) insertDocument(scope, ensure(scope, namespace), bytes);
}

function mergeOne(scope: WriteScope, namespace: string, bytes: Buffer, merge: Doc): void {
  const document = decode(bytes);
  const on = Array.isArray(merge.on)
    ? merge.on.map(String)
    : [typeof merge.on === 'string' ? merge.on : '_id'];
  const query = Object.fromEntries(on.map((path) => [path, { $eq: document[path] ?? null }]));
  const match =
    on.includes('_id') && document._id === undefined ? undefined : firstOf(scope, namespace, query);
  if (match) whenMatched(scope, namespace, { match, document, how: merge.whenMatched ?? 'merge' });
  else whenNotMatched(scope, namespace, bytes, merge.whenNotMatched ?? 'insert');
}

function firstOf({ kv, catalog }: WriteScope, namespace: string, query: Doc): Found | undefined {
  for (const found of search(kv, catalog.get(namespace), { query, limit: 1 })) if (found) return found;
  return undefined;
}

type Matched = { readonly match: Found; readonly document: Doc; readonly how: unknown };

function whenMatched(scope: WriteScope, namespace: string, { match, document, how }: Matched): void {
  if (how === 'keepExisting') return;
  if (how === 'fail')
    throw new CommandError(
      11000,
      'DuplicateKey',
      '$merge failed: a document matched and whenMatched is "fail"',
    );
  const before = decode(match.bytes);
  const next = mergedDocument(before, document, how);
  const after = { document: { ...next, _id: before._id }, bytes: encode({ ...next, _id: before._id }) };
  applyChange(scope, { collection: ensure(scope, namespace), record: match.record, before, after });
}

function mergedDocument(before: Doc, document: Doc, how: unknown): Doc {
  if (how === 'replace') return { _id: before._id, ...document };
  if (how === 'merge') return { ...before, ...document };
  if (!Array.isArray(how))
    throw failedToParse(
      `Enumeration value '${String(how)}' for field '$merge.whenMatched' is not a valid value.`,
    );
  const plain = decodePlain(encode(document));
  const stages = toPlain(how) as Doc[];
  const options = { stages, variables: { new: plain }, now: new Date(), collection: () => [] };
  return toTyped(runStages([decodePlain(encode(before))], options)[0] ?? {}) as Doc;
}

function whenNotMatched(scope: WriteScope, namespace: string, bytes: Buffer, how: unknown): void {
  if (how === 'discard') return;
  if (how === 'fail')
    throw new CommandError(
      13113,
      'MergeStageNoMatchingDocument',
      '$merge could not find a matching document in the target collection',
    );
  if (how !== 'insert') throw notSupported(`$merge with whenNotMatched "${String(how)}"`);
  insertDocument(scope, ensure(scope, namespace), bytes);
}
