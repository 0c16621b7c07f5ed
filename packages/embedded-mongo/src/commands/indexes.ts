import {
  cannotCreateIndex,
  CommandError,
  failedToParse,
  namespaceNotFound,
  notSupported,
} from '../errors.js';
import { typeName } from '../query/type-tests.js';
import { type Collection } from '../storage/catalog.js';
import { indexOf, type Index } from '../storage/index-definition.js';
import { type WriteScope } from '../storage/environment.js';
import { buildIndex, clearIndex } from '../storage/records.js';
import { equalValues } from '../values/compare.js';
import { isDocument, isNumber, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { listReply } from './collections.js';
import {
  collectionOf,
  documentField,
  documents,
  namespaceOf,
  refuseCollation,
  type Command,
} from './request.js';

const KNOWN = new Set([
  'v',
  'key',
  'name',
  'ns',
  'background',
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  'hidden',
  'comment',
]);

/** Checks an index specification and brings it into its stored form. */
function checkSpec(spec: Doc): Doc {
  if (!isDocument(spec.key))
    throw failedToParse("The 'key' field is a required property of an index specification");
  if (typeof spec.name !== 'string' || spec.name === '') {
    throw failedToParse("The 'name' field is a required property of an index specification");
  }
  const fields = Object.entries(spec.key);
  if (fields.length === 0) throw cannotCreateIndex('Index keys cannot be an empty object.');
  if (fields.length > 32) throw new CommandError(13103, 'Location13103', 'too many compound keys');
  for (const [path, direction] of fields) checkKey(path, direction);
  for (const option of Object.keys(spec)) {
    if (!KNOWN.has(option))
      throw new CommandError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification. Specification: ${JSON.stringify(spec)}`,
      );
  }
  refuseCollation(spec.collation);
  if (spec.sparse === true && spec.partialFilterExpression !== undefined) {
    throw cannotCreateIndex('cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (spec.partialFilterExpression !== undefined && !isDocument(spec.partialFilterExpression)) {
    throw cannotCreateIndex('"partialFilterExpression" for an index must be a document');
  }
  if (spec.expireAfterSeconds !== undefined) checkExpiry(spec, fields.length);
  const { v: _v, background: _background, ns: _ns, collation: _collation, ...kept } = spec;
  return { v: 2, ...kept };
}

function checkKey(path: string, direction: unknown): void {
  if (path === '' || path.split('.').includes(''))
    throw cannotCreateIndex('Index keys cannot contain an empty field.');
  if (path.includes('$**')) throw notSupported('a wildcard index');
  if (typeof direction === 'string') throw notSupported(`an index of type "${direction}"`);
  if (!isNumber(direction)) {
    throw cannotCreateIndex(
      `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  }
  const number = toNumber(direction) ?? 0;
  if (number === 0 || Number.isNaN(number))
    throw cannotCreateIndex('Values in the index key pattern cannot be 0.');
}

function checkExpiry(spec: Doc, fields: number): void {
  const seconds = toNumber(spec.expireAfterSeconds);
  if (seconds === undefined || seconds < 0 || seconds > 2147483647) {
    throw cannotCreateIndex(
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, 0 to 2147483647",
    );
  }
  if (fields > 1)
    throw cannotCreateIndex('TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (isDocument(spec.key) && '_id' in spec.key) {
    throw new CommandError(
      197,
      'InvalidIndexSpecificationOption',
      "The field 'expireAfterSeconds' is not valid for an _id index specification.",
    );
  }
}

const signature = (spec: Doc): string =>
  JSON.stringify([spec.unique === true, spec.sparse === true, toNumber(spec.expireAfterSeconds) ?? null]);
const samePartial = (a: Doc, b: Doc): boolean =>
  equalValues(a.partialFilterExpression, b.partialFilterExpression);

/** False when the collection has exactly this index; refuses another one of the same name (86) or key (85). */
function isNew(collection: Collection, spec: Doc): boolean {
  if (equalValues(spec.key, { _id: 1 })) return false;
  const sameName = collection.indexes.find(({ name }) => name === spec.name);
  if (sameName && !equalValues(Object.entries(sameName.spec.key as Doc), Object.entries(spec.key as Doc))) {
    throw new CommandError(
      86,
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(sameName.spec)}`,
    );
  }
  const sameKey = collection.indexes.find(
    (index) => equalValues(index.spec.key, spec.key) && samePartial(index.spec, spec),
  );
  const rival = sameKey ?? sameName;
  if (!rival) return true;
  if (signature(rival.spec) !== signature(spec) || !samePartial(rival.spec, spec)) {
    throw new CommandError(
      sameName ? 86 : 85,
      sameName ? 'IndexKeySpecsConflict' : 'IndexOptionsConflict',
      `An equivalent index already exists with a different name or different options. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(rival.spec)}`,
    );
  }
  if (rival.name !== spec.name)
    throw new CommandError(
      85,
      'IndexOptionsConflict',
      `Index already exists with a different name: ${rival.name}`,
    );
  return false;
}

export const createIndexes: Command = (request, server) => {
  const namespace = namespaceOf(request);
  const specs = documents(request, 'indexes').map(checkSpec);
  if (specs.length === 0) throw new CommandError(2, 'BadValue', 'Must specify at least one index to create');
  const environment = server.environment;
  const present = environment.catalog().get(namespace);
  // Most of these commands only repeat what exists, at every start of a program: no write then.
  if (present && !specs.some((spec) => isNew(present, spec))) {
    const { length } = present.indexes;
    return { numIndexesBefore: length, numIndexesAfter: length, note: 'all indexes already exist', ok: 1 };
  }
  return environment.write((scope) => {
    const before = scope.catalog.get(namespace);
    const collection = before ?? scope.catalog.create(namespace);
    const numIndexesBefore = collection.indexes.length;
    const built = specs.reduce<Collection>(
      (current, spec) => (isNew(current, spec) ? addIndex(scope, current, spec) : current),
      collection,
    );
    return {
      numIndexesBefore,
      numIndexesAfter: built.indexes.length,
      createdCollectionAutomatically: !before,
      ok: 1,
    };
  });
};

function addIndex(scope: WriteScope, collection: Collection, spec: Doc): Collection {
  const id = 1 + Math.max(...collection.indexes.map((index) => index.id));
  const index = buildIndex(scope, collection, indexOf(spec, { id, arrayFields: 0, inexact: false }));
  const changed = { ...collection, indexes: [...collection.indexes, index] };
  scope.catalog.save(changed);
  return changed;
}

export const listIndexes: Command = (request, server) => {
  const collection = collectionOf(request, server);
  if (!collection) throw namespaceNotFound(namespaceOf(request));
  return listReply(
    server,
    collection.namespace,
    collection.indexes.map(({ spec }) => spec),
    documentField(request.body, 'cursor'),
  );
};

export const dropIndexes: Command = (request, server) => {
  const namespace = namespaceOf(request);
  const wanted: readonly unknown[] = Array.isArray(request.body.index)
    ? request.body.index
    : [request.body.index];
  return server.environment.write((scope) => {
    const collection = scope.catalog.get(namespace);
    if (!collection) throw new CommandError(26, 'NamespaceNotFound', `ns not found ${namespace}`);
    const unwanted = new Set(wanted.flatMap((one) => selectIndexes(collection, one)));
    for (const index of unwanted) clearIndex(scope, collection, index);
    scope.catalog.save({
      ...collection,
      indexes: collection.indexes.filter((index) => !unwanted.has(index)),
    });
    return { nIndexesWas: collection.indexes.length, ok: 1 };
  });
};

function selectIndexes(collection: Collection, wanted: unknown): readonly Index[] {
  if (wanted === '*') return collection.indexes.filter(({ id }) => id !== 0);
  const chosen = collection.indexes.filter(({ name, spec }) =>
    typeof wanted === 'string' ? name === wanted : equalValues(spec.key, wanted),
  );
  if (chosen.length === 0)
    throw new CommandError(
      27,
      'IndexNotFound',
      `index not found with name [${typeof wanted === 'string' ? wanted : JSON.stringify(wanted)}]`,
    );
  if (chosen.some(({ id }) => id === 0))
    throw new CommandError(72, 'InvalidOptions', 'cannot drop _id index');
  return chosen;
}
