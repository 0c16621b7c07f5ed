import { CommandError, namespaceNotFound, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { everything, indexesPrefix, recordsPrefix, type Collection } from '../storage/catalog.js';
import { ID_INDEX } from '../storage/index-definition.js';
import { dropCollection } from '../storage/records.js';
import { encode } from '../values/codec.js';
import { type Doc } from '../values/kinds.js';
import { batchReply, type Results } from './cursors.js';
import {
  collectionOf,
  countField,
  documentField,
  namespaceOf,
  type Command,
  type Server,
} from './request.js';

/** A finished list as a cursor reply. */
export function listReply(
  server: Server,
  namespace: string,
  list: readonly Doc[],
  options: Doc | undefined,
): Promise<Buffer> {
  const results: Results = list.map(encode).values();
  const size = countField(options ?? {}, 'batchSize', 101);
  const cursor = server.cursors.open(namespace, results);
  return batchReply({
    cursors: server.cursors,
    cursor,
    size: size === 0 ? -1 : size,
    pace: { deadline: undefined },
    first: true,
  });
}

const REFUSED_OPTIONS = [
  'capped',
  'timeseries',
  'viewOn',
  'pipeline',
  'validator',
  'clusteredIndex',
  'encryptedFields',
  'expireAfterSeconds',
];

export const create: Command = (request, server) => {
  const namespace = namespaceOf(request);
  for (const option of REFUSED_OPTIONS) {
    const value = request.body[option];
    if (value !== undefined && value !== false) throw notSupported(`the collection option ${option}`);
  }
  return server.environment.write(({ catalog }) => {
    if (!catalog.get(namespace)) catalog.create(namespace);
    return { ok: 1 };
  });
};

export const drop: Command = (request, server) => {
  const namespace = namespaceOf(request);
  return server.environment.write((scope) => {
    const collection = scope.catalog.get(namespace);
    if (!collection) return { ok: 1 };
    dropCollection(scope, collection);
    return { ns: namespace, nIndexesWas: collection.indexes.length, ok: 1 };
  });
};

export const dropDatabase: Command = ({ database }, server) =>
  server.environment.write((scope) => {
    for (const collection of scope.catalog.list(database)) dropCollection(scope, collection);
    return { dropped: database, ok: 1 };
  });

export const renameCollection: Command = ({ body }, server) => {
  const [from, to] = [String(body.renameCollection), String(body.to)];
  return server.environment.write((scope) => {
    const collection = scope.catalog.get(from);
    if (!collection)
      throw new CommandError(26, 'NamespaceNotFound', `Source collection ${from} does not exist`);
    const target = scope.catalog.get(to);
    if (target && body.dropTarget !== true)
      throw new CommandError(48, 'NamespaceExists', 'target namespace exists');
    if (target) dropCollection(scope, target);
    scope.catalog.remove(collection);
    scope.catalog.save({ ...collection, namespace: to });
    return { ok: 1 };
  });
};

const nameIn = ({ namespace }: Collection): string => namespace.slice(namespace.indexOf('.') + 1);

export const listCollections: Command = ({ database, body }, server) => {
  const filter = compileFilter(documentField(body, 'filter'));
  const list = server.environment
    .catalog()
    .list(database)
    .map((collection) => ({
      name: nameIn(collection),
      type: 'collection',
      options: collection.options,
      info: { readOnly: false, uuid: collection.uuid },
      idIndex: ID_INDEX,
    }))
    .filter((one) => filter(one) !== null)
    .map(({ name, type, ...rest }) => (body.nameOnly === true ? { name, type } : { name, type, ...rest }));
  return listReply(server, `${database}.$cmd.listCollections`, list, documentField(body, 'cursor'));
};

export const listDatabases: Command = ({ body }, server) => {
  const filter = compileFilter(documentField(body, 'filter'));
  const collections = server.environment.catalog().list();
  const names = [...new Set(collections.map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))))];
  const databases = names
    .map((name) => ({
      name,
      sizeOnDisk: sizes(server, server.environment.catalog().list(name)).size,
      empty: false,
    }))
    .filter((one) => filter(one) !== null);
  if (body.nameOnly === true) return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
  return { databases, totalSize: databases.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0), ok: 1 };
};

function sizes(
  { environment: { kv } }: Server,
  collections: readonly Collection[],
): { readonly count: number; readonly size: number; readonly keys: number } {
  let [count, size, keys] = [0, 0, 0];
  for (const { id } of collections) {
    for (const { value } of kv.range(everything(recordsPrefix(id)))) {
      count += 1;
      size += value.length;
    }
    keys += kv.count(everything(indexesPrefix(id)));
  }
  return { count, size, keys };
}

export const collStats: Command = (request, server) => {
  const collection = collectionOf(request, server);
  if (!collection) throw namespaceNotFound(namespaceOf(request));
  const { count, size } = sizes(server, [collection]);
  const avgObjSize = count > 0 ? { avgObjSize: Math.round(size / count) } : {};
  const base = { ns: collection.namespace, count, size, ...avgObjSize, storageSize: size };
  return { ...base, nindexes: collection.indexes.length, capped: false, ok: 1 };
};

export const dbStats: Command = ({ database }, server) => {
  const collections = server.environment.catalog().list(database);
  const { count, size } = sizes(server, collections);
  const indexes = collections.reduce((sum, collection) => sum + collection.indexes.length, 0);
  return {
    db: database,
    collections: collections.length,
    views: 0,
    objects: count,
    dataSize: size,
    storageSize: size,
    indexes,
    ok: 1,
  };
};
