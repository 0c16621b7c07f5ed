import { existsSync, rmSync } from 'node:fs';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { createCursors } from './commands/cursors.js';
import { type Server } from './commands/request.js';
import { openEnvironment } from './storage/environment.js';
import { removeExpired } from './storage/expiry.js';
import { serveConnection, type Log } from './wire/connection.js';

export type Listen = { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };
export type ServerOptions = {
  readonly dataDir: string;
  readonly listen: Listen;
  readonly log?: Log;
  /** How often expired documents are removed; MongoDB's minute by default. */
  readonly expiryMs?: number;
  readonly cursorIdleMs?: number;
  readonly messageMs?: number;
  readonly mostWaitingBytes?: number;
};
export type RunningServer = { readonly uri: string; readonly close: () => Promise<void> };

const MOST_CONNECTIONS = 5000;
const MINUTE_MS = 60_000;

/** Opens the data folder and serves it; refuses a folder or an address in use. A port of 0 takes a free one. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, listen, log = () => undefined } = options;
  checkAddress(listen);
  const environment = await openEnvironment(dataDir);
  const sockets = new Set<Socket>();
  const cursors = createCursors(options.cursorIdleMs ?? 10 * MINUTE_MS);
  const server: Server = { environment, cursors, startedAt: new Date(), connections: () => sockets.size };
  const limits = {
    messageMs: options.messageMs ?? MINUTE_MS,
    waiting: { bytes: 0 },
    mostWaitingBytes: options.mostWaitingBytes ?? 256 * 1024 * 1024,
  };
  const net = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, server, log, limits);
  });
  net.maxConnections = MOST_CONNECTIONS;
  try {
    if ('path' in listen) await removeDeadSocket(listen.path);
    await listening(net, listen);
  } catch (error) {
    await environment.close();
    throw error;
  }
  const stopTimers = startTimers(server, options, log);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopTimers();
    const closed = new Promise((resolve) => net.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    await environment.close();
  };
  return { uri: uriOf(net, listen), close: () => (closing ??= close()) };
}

const MOST_PATH_BYTES = 107;

/** Drivers know a socket only by its ending, and the kernel keeps no longer path. */
function checkAddress(listen: Listen): void {
  if (!('path' in listen)) return;
  if (!listen.path.endsWith('.sock')) throw new Error(`the socket path has to end in .sock: ${listen.path}`);
  if (Buffer.byteLength(listen.path) >= MOST_PATH_BYTES) {
    throw new Error(`the socket path has to be shorter than ${MOST_PATH_BYTES} bytes: ${listen.path}`);
  }
}

function listening(net: NetServer, listen: Listen): Promise<void> {
  return new Promise((resolve, reject) => {
    net.once('error', reject);
    net.listen({ ...listen, backlog: 1024 }, () => {
      net.off('error', reject);
      net.on('error', () => undefined);
      resolve();
    });
  });
}

/** A server that was killed leaves its socket file behind; one that still answers is left alone. */
function removeDeadSocket(path: string): Promise<void> {
  if (!existsSync(path)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      reject(new Error(`the socket ${path} is in use by another server`));
    });
    probe.once('error', () => {
      rmSync(path, { force: true });
      resolve();
    });
  });
}

function startTimers(server: Server, options: ServerOptions, log: Log): () => void {
  let expiring: Promise<unknown> | undefined;
  const expire = (): void => {
    expiring ??= removeExpired(server.environment, new Date())
      .catch((error: unknown) =>
        log({ event: 'expiry failed', why: error instanceof Error ? error.name : 'unknown' }),
      )
      .finally(() => {
        expiring = undefined;
      });
  };
  const timers = [
    setInterval(expire, options.expiryMs ?? MINUTE_MS),
    setInterval(
      () => server.cursors.expire(Date.now()),
      Math.min(MINUTE_MS, options.cursorIdleMs ?? MINUTE_MS),
    ),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach((timer) => clearInterval(timer));
}

function uriOf(net: NetServer, listen: Listen): string {
  const address = net.address();
  const host =
    'path' in listen
      ? encodeURIComponent(listen.path)
      : `${listen.host}:${typeof address === 'object' && address ? address.port : listen.port}`;
  return `mongodb://${host}/?directConnection=true`;
}
