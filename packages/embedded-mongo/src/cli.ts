#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { startServer, type Listen } from './server.js';

const USAGE = `usage: embedded-mongo <folder> <socket path or port>        serve a data folder
       embedded-mongo dump <folder or MongoDB URI> > file    write everything as lines of JSON
       embedded-mongo restore <folder or MongoDB URI> < file
`;

/** Serves until SIGTERM, SIGINT, or the end of the process that started it with an IPC channel. */
async function serve(dataDir: string, address: string): Promise<void> {
  const listen: Listen = /^\d+$/.test(address)
    ? { host: '127.0.0.1', port: Number(address) }
    : { path: address };
  const log = (entry: object): void => {
    process.stderr.write(`${JSON.stringify(entry)}\n`);
  };
  const server = await startServer({ dataDir, listen, log });
  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.connected) process.once('disconnect', stop);
  process.stdout.write(`${JSON.stringify({ ready: true, uri: server.uri })}\n`);
}

async function transfer(how: string, place: string): Promise<void> {
  const { dump, restore, withClient } = await import('./transfer.js');
  await withClient(place, async (client) => {
    if (how === 'dump') {
      const lines = async function* (): AsyncGenerator<string> {
        for await (const line of dump(client)) yield `${line}\n`;
      };
      await pipeline(lines, process.stdout, { end: false });
      return;
    }
    const { collections, documents } = await restore(client, createInterface({ input: process.stdin }));
    process.stderr.write(`restored ${documents} documents in ${collections} collections\n`);
  });
}

async function main([first, second]: readonly string[]): Promise<void> {
  if (first === undefined || second === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  } else if (first === 'dump' || first === 'restore') {
    await transfer(first, second);
  } else {
    await serve(first, second);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
