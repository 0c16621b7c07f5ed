/** The least a queue can do: a worker that makes one call to Telegram a job. */
import http from 'node:http';
import { Worker } from 'bullmq';
import { deliveriesAtOnce } from '../jobs/workers.js';
import type { RedisAddress } from '../src/redis-address.js';

export interface BareOrder {
  readonly redis: RedisAddress;
  readonly apiRoot: string;
  readonly token: string;
}

const { redis, apiRoot, token } = JSON.parse(process.argv[2] ?? '{}') as BareOrder;
process.on('disconnect', () => process.exit(0));
const agent = new http.Agent({ keepAlive: true });

const send = (chat: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ chat_id: chat, text: '您的事项有新进展。' });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = http.request(
      `${apiRoot}/bot${token}/sendMessage`,
      { method: 'POST', agent, headers },
      (answer) => {
        answer.resume().on('end', resolve);
      },
    );
    call.on('error', reject);
    call.end(body);
  });

const worker = new Worker<{ readonly chat: number }>('bare', async ({ data }) => await send(data.chat), {
  connection: { ...redis, maxRetriesPerRequest: null },
  concurrency: deliveriesAtOnce,
});
worker.on('error', (error) => void process.stderr.write(`${String(error)}\n`));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    usage: { cpuMs: (user + system) / 1_000, rssMb: process.memoryUsage.rss() / 2 ** 20, commands: {} },
  });
});
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
