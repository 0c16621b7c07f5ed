// Whatever arrives, the server answers or hangs up; it goes on serving others and does not grow.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { serialize, setInternalBufferSize } from 'bson';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../src/index.js';
import { newFolder, type Loose } from './support/store.js';

let server: RunningServer;
let socketPath: string;
let client: MongoClient;
const dropped: unknown[] = [];
beforeAll(async () => {
  const folder = newFolder();
  socketPath = join(folder, 's.sock');
  server = await startServer({
    dataDir: join(folder, 'data'),
    listen: { path: socketPath },
    messageMs: 300,
    mostWaitingBytes: 64 * 1024 * 1024,
    log: ({ why }) => dropped.push(why),
  });
  client = await new MongoClient(server.uri).connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const stillServes = async (): Promise<void> => {
  expect(await client.db('admin').command({ ping: 1 })).toEqual({ ok: 1 });
};

async function open(): Promise<Socket> {
  const socket = connect(socketPath);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
const closed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : once(socket, 'close');

function message(opcode: number, body: Uint8Array, length = body.length + 16): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  return Buffer.concat([head, body]);
}
const command = (bytes: Uint8Array): Buffer =>
  message(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), bytes]));
const ping = command(serialize({ ping: 1, $db: 'admin' }));

/** The code of the reply to a raw command. */
async function codeOf(bytes: Uint8Array): Promise<number> {
  const socket = await open();
  socket.write(command(bytes));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  const at = reply.indexOf('code\0');
  return at < 0 ? 0 : reply.readInt32LE(at + 5);
}

test.each<readonly [string, Buffer]>([
  ['a negative length', message(2013, Buffer.alloc(8), -5)],
  ['a length of zero', message(2013, Buffer.alloc(8), 0)],
  ['a length over the limit', message(2013, Buffer.alloc(8), 2_000_000_000)],
  ['an unknown opcode', message(2012, Buffer.alloc(16))],
  ['an old opcode', message(2002, Buffer.alloc(16))],
  ['unknown flags', message(2013, Buffer.concat([Buffer.from([8, 0, 0, 0, 0]), serialize({ ping: 1 })]))],
  [
    'an unknown section',
    message(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), serialize({ ping: 1 })])),
  ],
  ['no body', message(2013, Buffer.from([0, 0, 0, 0, 1, 9, 0, 0, 0, 97, 0, 0, 0, 0]))],
  ['a document longer than its message', message(2013, Buffer.from([0, 0, 0, 0, 0, 255, 255, 0, 0, 0]))],
  ['a request over HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
])('%s ends the connection', async (_name, bytes) => {
  const socket = await open();
  socket.write(bytes);
  await closed(socket);
  await stillServes();
});

test('a message in single bytes is understood', async () => {
  const socket = await open();
  for (const byte of ping) socket.write(Buffer.from([byte]));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  expect(reply.includes('ok\0')).toBe(true);
  socket.destroy();
});

test('several commands in one piece are answered in order', async () => {
  const socket = await open();
  socket.write(Buffer.concat([ping, ping, ping]));
  let received = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    received = Buffer.concat([received, piece]);
  });
  const replies = (): number[] => {
    const ids: number[] = [];
    for (let at = 0; at + 16 <= received.length; at += received.readInt32LE(at))
      ids.push(received.readInt32LE(at + 4));
    return ids;
  };
  await expect.poll(replies).toEqual([1, 2, 3]);
  socket.destroy();
});

test('a message that does not go on is given up', async () => {
  const socket = await open();
  socket.write(ping.subarray(0, 20));
  await closed(socket);
  await stillServes();
});

test('deep nesting and malformed documents are refused with a code', async () => {
  let deep: Record<string, unknown> = {};
  for (let i = 0; i < 500; i += 1) deep = { a: deep };
  expect(await codeOf(serialize({ insert: 'c', documents: [deep], $db: 'hostile' }))).toBe(15);
  const cut = Buffer.from(serialize({ ping: 1, $db: 'admin' }));
  cut[4] = 0x2f;
  expect(await codeOf(cut)).toBe(22);
  expect(await codeOf(serialize({ find: 'c', filter: { a: 1 } }))).toBe(40571);
  expect(await codeOf(serialize({ find: '', $db: 'hostile' }))).toBe(73);
  expect(await codeOf(serialize({ find: 'a\0b', $db: 'hostile' }))).toBe(73);
});

test('field names of the prototype are fields like others', async () => {
  const collection = client.db('hostile').collection<Loose>('proto');
  const bytes = Buffer.from(
    Buffer.from(serialize({ _id: 1, xxproto__: { polluted: true }, constructor: 1 }))
      .toString('latin1')
      .replace('xxproto__', '__proto__'),
    'latin1',
  );
  const insert = Buffer.concat([
    Buffer.from([0, 0, 0, 0, 0]),
    serialize({ insert: 'proto', $db: 'hostile' }),
    Buffer.from([1, 0, 0, 0, 0]),
    Buffer.from('documents\0'),
    bytes,
  ]);
  insert.writeInt32LE(4 + 10 + bytes.length, insert.length - bytes.length - 14);
  const socket = await open();
  socket.write(message(2013, insert));
  await once(socket, 'data');
  socket.destroy();
  await collection.updateOne({ _id: 1 }, { $set: { a: 1 } });
  const found = await collection.findOne({ _id: 1 });
  expect(Object.keys(found ?? {})).toEqual(['_id', '__proto__', 'constructor', 'a']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('random bytes in place of a command never stop the server', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const bytes = Buffer.from(
          command(
            serialize({
              find: 'c',
              filter: { a: { $in: [1, 'x', { b: [true] }] } },
              sort: { a: 1 },
              limit: 5,
              $db: 'hostile',
            }),
          ),
        );
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        bytes.writeInt32LE(bytes.length, 0);
        const socket = await open();
        // A message may have become one that wants no reply; the ping after it gets one.
        socket.write(Buffer.concat([bytes, ping]));
        await Promise.race([once(socket, 'data'), closed(socket)]);
        socket.destroy();
      },
    ),
    { numRuns: 300 },
  );
  await stillServes();
});

test('1,000 connections, half-open ones among them, neither stop it nor stay', async () => {
  const sockets = await Promise.all(Array.from({ length: 1000 }, open));
  for (const [i, socket] of sockets.entries()) socket.write(i % 2 === 0 ? ping : ping.subarray(0, 10));
  await stillServes();
  const connections = async (): Promise<number> =>
    (await client.db('admin').command({ serverStatus: 1 })).connections.current;
  await expect.poll(connections, { timeout: 10_000 }).toBeGreaterThan(400);
  for (const socket of sockets) socket.destroy();
  await expect.poll(connections, { timeout: 10_000 }).toBeLessThan(20);
});

test('unfinished messages of many connections together stay within a limit', async () => {
  const sockets = await Promise.all(Array.from({ length: 10 }, open));
  const part = message(2013, Buffer.alloc(20 * 1024 * 1024), 40_000_000);
  for (const socket of sockets) socket.write(part);
  await Promise.any(sockets.map(closed));
  expect(dropped).toContain('too many unfinished messages');
  await stillServes();
  await Promise.all(sockets.map(closed));
  await stillServes();
});

test('large messages that are refused do not stay in memory', async () => {
  const collection = client.db('hostile').collection<Loose>('large');
  await collection.insertOne({ _id: 1 });
  setInternalBufferSize(64 * 1024 * 1024);
  const big = 'x'.repeat(17 * 1024 * 1024);
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 30; i += 1) {
    const bytes = serialize({ insert: 'large', documents: [{ text: big }], $db: 'hostile' });
    expect(await codeOf(bytes)).toBe(10334);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  expect(await collection.countDocuments()).toBe(1);
});
