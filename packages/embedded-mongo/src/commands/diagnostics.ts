import { type Command } from './request.js';

const VERSION = '7.0.0';
// 21 is what MongoDB 7.0 announces; a driver may then use everything this store knows.
const WIRE_VERSION = 21;
const MAX_MESSAGE_BYTES = 48_000_000;

export const hello: Command = (_request, server) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: server.connections(),
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
  ok: 1,
});

export const ping: Command = () => ({ ok: 1 });

export const buildInfo: Command = () => ({
  version: VERSION,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'embedded',
  modules: [],
  bits: 64,
  maxBsonObjectSize: 16 * 1024 * 1024,
  storageEngines: ['lmdb'],
  ok: 1,
});

export const serverStatus: Command = (_request, server) => {
  const uptime = (Date.now() - server.startedAt.getTime()) / 1000;
  const { rss } = process.memoryUsage();
  return {
    host: 'localhost',
    version: VERSION,
    process: 'embedded-mongo',
    pid: process.pid,
    uptime,
    localTime: new Date(),
    connections: { current: server.connections() },
    metrics: { cursor: { open: { total: server.cursors.count() } } },
    mem: { resident: Math.round(rss / 1024 / 1024) },
    ok: 1,
  };
};

export const connectionStatus: Command = () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  ok: 1,
});
