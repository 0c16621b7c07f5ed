import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import type { Gateway } from '../../../src/telegram/gateway.js';
import { createDownload, createPeek } from '../../../src/telegram/download.js';

const closing: (() => unknown)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Where files are fetched from; `transfers` are those that nobody has ended. */
async function openFiles(answer: (response: ServerResponse) => void) {
  const transfers = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    transfers.add(response);
    response.on('close', () => transfers.delete(response));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const gateway = { call: async () => ({ ok: true, result: { file_path: 'a-file' } }) } as Pick<
    Gateway,
    'call'
  >;
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { transfers, source: { gateway, apiRoot, token: '1:a', patienceMs: 500 } };
}

test.each([
  ['before it begins', () => undefined],
  ['in the middle', (response: ServerResponse) => void response.write('begun')],
])(
  'a file that stalls %s is given up in time, whatever is collected as garbage meanwhile',
  async (_, answer) => {
    const { source, transfers } = await openFiles(answer);
    setFlagsFromString('--expose-gc');
    const collecting = setInterval(runInNewContext('gc') as () => void, 50);
    closing.push(() => clearInterval(collecting));
    expect(await createDownload(source)('a file', 1_000)).toBe(null);
    await expect.poll(() => transfers.size).toBe(0);
  },
);

test('the beginning of a file is enough for a look at it: the rest is not waited for', async () => {
  const { source, transfers } = await openFiles((response) => void response.write('x'.repeat(100)));
  expect(await createPeek(source)('a file', 10)).toEqual(Buffer.from('x'.repeat(10)));
  await expect.poll(() => transfers.size).toBe(0);
});

test('a file that is larger than allowed is let go of, one that is not comes whole', async () => {
  const { source } = await openFiles((response) => void response.end('x'.repeat(100)));
  expect(await createDownload(source)('a file', 99)).toBe(null);
  expect(await createDownload(source)('a file', 100)).toEqual(Buffer.from('x'.repeat(100)));
});
