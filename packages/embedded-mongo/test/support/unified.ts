// Runs tests in MongoDB's unified test format against a server, as far as they are about CRUD. What they say about
// events is a matter of drivers and is not compared.
import { isDeepStrictEqual } from 'node:util';
import { EJSON } from 'bson';
import { type Collection, type Db, type Document, type MongoClient } from 'mongodb';

export type Outcome = {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'refused' | 'skipped';
  readonly why?: string;
};

class Refused extends Error {}
class Mismatch extends Error {}

const SERVER_VERSION = [7, 0, 0];
const NOT_SUPPORTED = new Set([115, 20, 40573]);

/** Runs all tests of one file. */
export async function runFile(client: MongoClient, text: string): Promise<Outcome[]> {
  const file = EJSON.parse(text, { relaxed: true }) as Document;
  const outcomes: Outcome[] = [];
  for (const one of file.tests as Document[]) {
    const name = `${file.description}: ${one.description}`;
    if (one.skipReason !== undefined || !meets(file.runOnRequirements) || !meets(one.runOnRequirements)) {
      outcomes.push({ name, result: 'skipped' });
      continue;
    }
    try {
      await runTest(client, file, one);
      outcomes.push({ name, result: 'passed' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      outcomes.push({ name, result: isRefusal(error) ? 'refused' : 'failed', why });
    }
  }
  return outcomes;
}

function isRefusal(error: unknown): boolean {
  if (error instanceof Refused) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'number' && NOT_SUPPORTED.has(code);
}

function meets(requirements: Document[] | undefined): boolean {
  if (!requirements) return true;
  return requirements.some(({ minServerVersion, maxServerVersion, topologies, auth }) => {
    if (topologies && !(topologies as string[]).includes('single')) return false;
    if (auth === true) return false;
    return (
      compareVersions(minServerVersion) >= 0 &&
      (maxServerVersion === undefined || compareVersions(maxServerVersion) <= 0)
    );
  });
}

/** The server's version against one given: above zero when the server is newer. */
function compareVersions(version: string | undefined): number {
  const parts = (version ?? '0').split('.').map(Number);
  for (const [i, own] of SERVER_VERSION.entries()) if (own !== (parts[i] ?? 0)) return own - (parts[i] ?? 0);
  return 0;
}

type Entities = Map<string, { client?: MongoClient; db?: Db; collection?: Collection }>;

async function runTest(client: MongoClient, file: Document, one: Document): Promise<void> {
  const entities: Entities = new Map();
  for (const entity of (file.createEntities ?? []) as Document[]) addEntity(entities, client, entity);
  for (const { databaseName, collectionName, documents } of (file.initialData ?? []) as Document[]) {
    const collection = client.db(databaseName).collection(collectionName);
    await collection.drop();
    if (documents.length > 0) await collection.insertMany(documents as Document[]);
    else await client.db(databaseName).createCollection(collectionName);
  }
  for (const operation of one.operations as Document[]) await runOperation(entities, operation);
  for (const { databaseName, collectionName, documents } of (one.outcome ?? []) as Document[]) {
    const found = await client.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
    if (!isDeepStrictEqual(plain(found), plain(documents)))
      throw new Mismatch(`outcome ${JSON.stringify(found)} instead of ${JSON.stringify(documents)}`);
  }
}

function addEntity(entities: Entities, client: MongoClient, entity: Document): void {
  const [kind, spec] = Object.entries(entity)[0] ?? ['', {}];
  if (kind === 'client') entities.set(spec.id, { client });
  else if (kind === 'database') entities.set(spec.id, { db: client.db(spec.databaseName) });
  else if (kind === 'collection') {
    const db = entities.get(spec.database)?.db ?? client.db('test');
    const { writeConcern, readConcern, ...rest } = (spec.collectionOptions ?? {}) as Document;
    entities.set(spec.id, {
      collection: db.collection(spec.collectionName, {
        ...rest,
        ...(writeConcern ? { writeConcern } : {}),
        ...(readConcern ? { readConcern } : {}),
      }),
    });
  } else throw new Refused(`entity ${kind}`);
}

async function runOperation(entities: Entities, operation: Document): Promise<void> {
  const { name, object, expectResult, expectError, ignoreResultAndError } = operation;
  const target = entities.get(object);
  if (!target) throw new Refused(`operations on ${object}`);
  let result: unknown;
  try {
    result = await perform(target, name, (operation.arguments ?? {}) as Document);
  } catch (error) {
    if (ignoreResultAndError === true) return;
    if (!expectError || error instanceof Refused) throw error;
    checkError(error as Document, expectError);
    return;
  }
  if (expectError) throw new Mismatch(`${name} was expected to be refused`);
  if (expectResult !== undefined) match(plain(result), plain(expectResult), true, name);
}

type Entity = NonNullable<ReturnType<Entities['get']>>;

async function perform({ client, db, collection }: Entity, name: string, args: Document): Promise<unknown> {
  if (args.session !== undefined) throw new Refused('sessions');
  if (collection) return performOnCollection(collection, name, args);
  if (db && name === 'aggregate') return db.aggregate(args.pipeline, rest(args, 'pipeline')).toArray();
  if (db && name === 'runCommand') return db.command(args.command);
  if (db && name === 'listCollections')
    return db.listCollections(args.filter ?? {}, rest(args, 'filter')).toArray();
  if (db && name === 'createCollection')
    return db.createCollection(args.collection, rest(args, 'collection'));
  if (db && name === 'dropCollection') return db.dropCollection(args.collection);
  if (client && name === 'listDatabases') return client.db('admin').admin().listDatabases(args);
  throw new Refused(`the operation ${name}`);
}

const rest = (args: Document, ...names: readonly string[]): Document =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));

function returnDocument(args: Document): Document {
  const { returnDocument: which, ...others } = args;
  return which === undefined ? others : { ...others, returnDocument: String(which).toLowerCase() };
}

async function performOnCollection(collection: Collection, name: string, args: Document): Promise<unknown> {
  const { filter } = args;
  const options = rest(
    args,
    'filter',
    'update',
    'replacement',
    'document',
    'documents',
    'pipeline',
    'fieldName',
    'requests',
    'keys',
  );
  switch (name) {
    case 'insertOne':
      return collection.insertOne(args.document, options);
    case 'insertMany':
      return collection.insertMany(args.documents, options);
    case 'find':
      return collection.find(filter, options).toArray();
    case 'findOne':
      return collection.findOne(filter, options);
    case 'aggregate':
      return collection.aggregate(args.pipeline, options).toArray();
    case 'countDocuments':
      return collection.countDocuments(filter, options);
    case 'count':
      return collection.count(filter, options);
    case 'estimatedDocumentCount':
      return collection.estimatedDocumentCount(options);
    case 'distinct':
      return collection.distinct(args.fieldName, filter, options);
    case 'updateOne':
      return collection.updateOne(filter, args.update, options);
    case 'updateMany':
      return collection.updateMany(filter, args.update, options);
    case 'replaceOne':
      return collection.replaceOne(filter, args.replacement, options);
    case 'deleteOne':
      return collection.deleteOne(filter, options);
    case 'deleteMany':
      return collection.deleteMany(filter, options);
    case 'findOneAndUpdate':
      return collection.findOneAndUpdate(filter, args.update, returnDocument(options));
    case 'findOneAndReplace':
      return collection.findOneAndReplace(filter, args.replacement, returnDocument(options));
    case 'findOneAndDelete':
      return collection.findOneAndDelete(filter, options);
    case 'bulkWrite':
      return collection.bulkWrite(args.requests, options);
    case 'createIndex':
      return collection.createIndex(args.keys, options);
    case 'dropIndex':
      return collection.dropIndex(args.name);
    case 'listIndexes':
      return collection.listIndexes(options).toArray();
    default:
      throw new Refused(`the operation ${name}`);
  }
}

function checkError(error: Document, expected: Document): void {
  const { isClientError, errorContains, errorCode, errorCodeName, expectResult } = expected;
  const server = typeof error.code === 'number';
  if (isClientError === true && server)
    throw new Mismatch(`the server refused (${error.message}) what the driver should have`);
  if (isClientError === false && !server) throw new Mismatch(`the driver refused: ${error.message}`);
  if (
    typeof errorContains === 'string' &&
    !String(error.message).toLowerCase().includes(errorContains.toLowerCase())
  ) {
    throw new Mismatch(`the error "${error.message}" does not contain "${errorContains}"`);
  }
  if (errorCode !== undefined && error.code !== errorCode)
    throw new Mismatch(`error code ${error.code} instead of ${errorCode}`);
  if (errorCodeName !== undefined && error.codeName !== errorCodeName)
    throw new Mismatch(`error ${error.codeName} instead of ${errorCodeName}`);
  if (expectResult !== undefined)
    match(plain(error.result ?? error), plain(expectResult), true, 'error result');
}

/** Comparable values: JavaScript numbers, driver classes as plain objects. */
const plain = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : (JSON.parse(EJSON.stringify({ value }, { relaxed: true })) as Document).value;

function match(actual: unknown, expected: unknown, root: boolean, at: string): void {
  if (isObject(expected)) {
    const [operator] = Object.keys(expected);
    if (operator?.startsWith('$$')) return matchOperator(actual, operator, expected[operator], at);
    if (!isObject(actual))
      throw new Mismatch(`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    for (const [name, value] of Object.entries(expected)) match(actual[name], value, false, `${at}.${name}`);
    const extra = Object.keys(actual).filter((name) => !(name in expected));
    if (!root && extra.length > 0) throw new Mismatch(`${at}: unexpected ${extra.join()}`);
    return;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      throw new Mismatch(`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    for (const [i, value] of expected.entries()) match(actual[i], value, root, `${at}.${i}`);
    return;
  }
  if (!isDeepStrictEqual(actual, expected))
    throw new Mismatch(`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

function matchOperator(actual: unknown, operator: string, operand: unknown, at: string): void {
  if (operator === '$$unsetOrMatches') {
    if (actual !== undefined && actual !== null) match(actual, operand, true, at);
  } else if (operator === '$$exists') {
    const wanted = operand === true;
    if ((actual !== undefined) !== wanted) throw new Mismatch(`${at}: ${wanted ? 'missing' : 'unexpected'}`);
  } else if (operator !== '$$type') throw new Refused(`the operator ${operator}`);
}

const isObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
