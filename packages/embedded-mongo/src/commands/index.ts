import { CommandError, notSupported } from '../errors.js';
import { aggregate } from './aggregate.js';
import {
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.js';
import { buildInfo, connectionStatus, hello, ping, serverStatus } from './diagnostics.js';
import { explain } from './explain.js';
import { findAndModify } from './find-and-modify.js';
import { count, distinct, find, getMore, killCursors } from './find.js';
import { createIndexes, dropIndexes, listIndexes } from './indexes.js';
import { checkOptions, type Answer, type Command, type Request, type Server } from './request.js';
import { insert, remove, update } from './write.js';

type Entry = {
  readonly run: Command;
  /** The options it knows beside those every command has; any other is refused. Absent: not checked. */
  readonly options?: readonly string[];
};

const BATCH = ['ordered', 'bypassDocumentValidation', 'let'];

/** Every command, and nothing else. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  find: {
    run: find,
    options: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'min',
      'max',
      'returnKey',
      'let',
      'showRecordId',
      'tailable',
      'awaitData',
      'oplogReplay',
      'noCursorTimeout',
      'allowPartialResults',
      'allowDiskUse',
    ],
  },
  getMore: { run: getMore, options: ['collection', 'batchSize'] },
  killCursors: { run: killCursors, options: ['cursors'] },
  count: { run: count, options: ['query', 'limit', 'skip', 'hint', 'fields'] },
  distinct: { run: distinct, options: ['key', 'query', 'hint'] },
  aggregate: {
    run: aggregate,
    options: ['pipeline', 'explain', 'allowDiskUse', 'cursor', 'bypassDocumentValidation', 'hint', 'let'],
  },
  insert: { run: insert, options: ['documents', ...BATCH] },
  update: { run: update, options: ['updates', ...BATCH] },
  delete: { run: remove, options: ['deletes', ...BATCH] },
  findAndModify: {
    run: findAndModify,
    options: [
      'query',
      'sort',
      'remove',
      'update',
      'new',
      'fields',
      'upsert',
      'bypassDocumentValidation',
      'arrayFilters',
      'hint',
      'let',
    ],
  },
  explain: { run: explain, options: ['verbosity'] },
  create: { run: create },
  drop: { run: drop },
  dropDatabase: { run: dropDatabase },
  renameCollection: { run: renameCollection, options: ['to', 'dropTarget'] },
  listCollections: {
    run: listCollections,
    options: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  },
  listDatabases: { run: listDatabases, options: ['filter', 'nameOnly', 'authorizedDatabases'] },
  createIndexes: { run: createIndexes, options: ['indexes', 'commitQuorum'] },
  listIndexes: { run: listIndexes, options: ['cursor'] },
  dropIndexes: { run: dropIndexes, options: ['index'] },
  collStats: { run: collStats },
  dbStats: { run: dbStats },
  serverStatus: { run: serverStatus },
  buildInfo: { run: buildInfo },
  connectionStatus: { run: connectionStatus },
  hello: { run: hello },
  isMaster: { run: hello },
  ping: { run: ping },
  endSessions: { run: ping },
  killSessions: { run: ping },
  refreshSessions: { run: ping },
};
const ALIASES: Readonly<Record<string, string>> = {
  ismaster: 'isMaster',
  buildinfo: 'buildInfo',
  findandmodify: 'findAndModify',
};

const KNOWN_BUT_REFUSED: Readonly<Record<string, string>> = {
  commitTransaction: 'a transaction',
  abortTransaction: 'a transaction',
  mapReduce: 'mapReduce',
  collMod: 'collMod',
  bulkWrite: 'the command bulkWrite of MongoDB 8',
  createUser: 'a user account',
  saslStart: 'authentication',
};

/** Runs a command; refuses unknown commands (59) and unknown options (40415). */
export function runCommand(request: Request, server: Server): Answer | Promise<Answer> {
  const name = ALIASES[request.name] ?? request.name;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const refused = KNOWN_BUT_REFUSED[name];
    throw refused === undefined
      ? new CommandError(59, 'CommandNotFound', `no such command: '${name}'`)
      : notSupported(refused);
  }
  checkOptions(request, command.options);
  return command.run(request, server);
}
