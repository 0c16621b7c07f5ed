import { badValue, CommandError, failedToParse, notSupported, typeMismatch } from '../errors.js';
import { evaluate } from '../aggregate/expression.js';
import { type Variables } from '../query/filter.js';
import { type Collection } from '../storage/catalog.js';
import { type Environment } from '../storage/environment.js';
import { decode, encode, toPlain } from '../values/codec.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { checkDocument } from '../values/raw.js';
import { type Cursors } from './cursors.js';

/** One command as it came over the wire. */
export type Request = {
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  /** Documents sent beside the body, still encoded. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
};
export type Server = {
  readonly environment: Environment;
  readonly cursors: Cursors;
  readonly startedAt: Date;
  readonly connections: () => number;
};
/** Answers with fields, or with a reply already encoded. */
export type Answer = Doc | Buffer;
export type Command = (request: Request, server: Server) => Answer | Promise<Answer>;

/** The namespace of the collection a command names. */
export function namespaceOf({ name, database, body }: Request): string {
  return fullName(database, body[name]);
}

export function fullName(database: string, collection: unknown): string {
  if (typeof collection !== 'string') {
    throw new CommandError(73, 'InvalidNamespace', 'collection name has invalid type');
  }
  const invalid =
    collection === '' || collection.startsWith('.') || collection.endsWith('.') || /[$\0]/.test(collection);
  if (invalid || database === '' || Buffer.byteLength(`${database}.${collection}`) > 255) {
    throw new CommandError(73, 'InvalidNamespace', `Invalid namespace specified '${database}.${collection}'`);
  }
  return `${database}.${collection}`;
}

export const collectionOf = (request: Request, server: Server): Collection | undefined =>
  server.environment.catalog().get(namespaceOf(request));

/** Documents of a batch, encoded, whether they came beside the body or in it. */
export function encodedDocuments({ body, sequences }: Request, field: string): readonly Buffer[] {
  const beside = sequences.get(field);
  if (beside) return beside;
  return listField(body, field).map((document) => {
    if (!isDocument(document)) throw typeMismatch(`BSON field '${field}' must hold objects`);
    return encode(document);
  });
}
export function documents({ body, sequences }: Request, field: string): readonly Doc[] {
  const beside = sequences.get(field);
  if (beside) {
    return beside.map((bytes) => {
      checkDocument(bytes);
      return decode(bytes);
    });
  }
  return listField(body, field).map((document) => {
    if (!isDocument(document)) throw typeMismatch(`BSON field '${field}' must hold objects`);
    return document;
  });
}
export function listField(body: Doc, field: string): readonly unknown[] {
  const list = body[field];
  if (!Array.isArray(list)) throw failedToParse(`BSON field '${field}' is missing or not an array`);
  return list as unknown[];
}

/** A count in a command: an integer, not below zero; `fallback` when absent. */
export function countField(body: Doc, field: string, fallback: number): number {
  const value = body[field];
  if (value === undefined || value === null) return fallback;
  const number = toNumber(value);
  if (number === undefined || !Number.isFinite(number))
    throw typeMismatch(`BSON field '${field}' is the wrong type, expected a number`);
  if (number < 0)
    throw new CommandError(
      51024,
      'Location51024',
      `BSON field '${field}' value must be >= 0, actual value '${number}'`,
    );
  return Math.trunc(number);
}

export function documentField(body: Doc, field: string): Doc | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value))
    throw typeMismatch(`BSON field '${field}' is the wrong type, expected type 'object'`);
  return value;
}

/** The variables of `let`, evaluated. */
export function variablesOf(body: Doc, extra?: unknown): Variables {
  const all = { ...documentField(body, 'let'), ...(isDocument(extra) ? extra : {}) };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, evaluate({}, toPlain(value), {})]),
  );
}

/** Refuses a collation other than the simple one: it would change which documents match. */
export function refuseCollation(collation: unknown): void {
  if (collation === undefined || collation === null) return;
  if (isDocument(collation) && (collation.locale === 'simple' || Object.keys(collation).length === 0)) return;
  throw notSupported('a collation other than simple');
}

const EVERYWHERE = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'comment',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'maxTimeMSOpOnly',
]);

/** Refuses options the command does not know, transactions, and write concerns a single server cannot keep. */
export function checkOptions({ name, body }: Request, known: readonly string[] | undefined): void {
  if (body.startTransaction !== undefined || body.autocommit !== undefined || body.txnNumber !== undefined) {
    throw new CommandError(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  const concern = body.writeConcern;
  if (isDocument(concern) && (toNumber(concern.w) ?? 0) > 1)
    throw badValue("cannot use 'w' > 1 when a host is not replicated");
  refuseCollation(body.collation);
  if (!known) return;
  for (const field of Object.keys(body)) {
    if (field !== name && field !== 'collation' && !EVERYWHERE.has(field) && !known.includes(field)) {
      throw new CommandError(40415, 'Location40415', `BSON field '${name}.${field}' is an unknown field.`);
    }
  }
}
