// How many sendMessage calls a second the server takes on loopback, the journal on disk: node bench/send-rate.mjs [calls] [clients]
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { writeFile } from 'node:fs/promises';

const calls = Number(process.argv[2] ?? 10_000);
const clients = Number(process.argv[3] ?? 50);
const token = '1:bench';
const people = Array.from({ length: 100 }, (_, index) => ({
  id: 1000 + index,
  firstName: `P${index}`,
  languageCode: 'en',
  label: { zh: '人', en: 'Person' },
  group: { zh: '人', en: 'People' },
}));

const folder = await mkdtemp(join(tmpdir(), 'sandbox-bench-'));
const config = join(folder, 'config.json');
await writeFile(
  config,
  JSON.stringify({ port: 0, token, people, limits: 'off', dataDir: join(folder, 'state') }),
);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const child = fork(cli, ['--config', config], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
const [line] = await once(child.stdout, 'data');
const { apiRoot } = JSON.parse(String(line));
const agent = new http.Agent({ keepAlive: true, maxSockets: clients });

const post = (path, body) =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const request = http.request(`${apiRoot}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end(text);
  });

for (const { id } of people) await post(`/sandbox/people/${id}/start`, {});
let next = 0;
const times = [];
const worker = async () => {
  while (next < calls) {
    const chat_id = 1000 + (next % people.length);
    next += 1;
    const before = performance.now();
    await post(`/bot${token}/sendMessage`, {
      chat_id,
      text: `第 ${next} 条 message`,
      reply_markup: { inline_keyboard: [[{ text: 'OK', callback_data: 'ok' }]] },
    });
    times.push(performance.now() - before);
  }
};
const begin = performance.now();
await Promise.all(Array.from({ length: clients }, worker));
const seconds = (performance.now() - begin) / 1000;
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
console.log(
  `${calls} sendMessage by ${clients} clients: ${Math.round(calls / seconds)}/s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`,
);
child.kill('SIGTERM');
await once(child, 'exit');
agent.destroy();
await rm(folder, { recursive: true, force: true });
