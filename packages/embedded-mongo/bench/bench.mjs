// Prints, in one run: writes and reads per second with 1 and 50 clients, the cost of an indexed read at 1,000 and at
// 100,000 documents and their ratio, and the memory at 100,000. Build first; run: node packages/embedded-mongo/bench/bench.mjs
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';

const folder = mkdtempSync(join(tmpdir(), 'em-bench-'));
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const server = spawn(process.execPath, [cli, join(folder, 'data'), join(folder, 's.sock')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(createInterface(server.stdout), 'line');
const client = await new MongoClient(JSON.parse(line).uri, { maxPoolSize: 50, minPoolSize: 50 }).connect();
const database = client.db('bench');

// Every owner has 50 documents, however many there are in all, so that the result stays the same size.
let owners = 20;
let made = 0;
const makeDocument = () => {
  made += 1;
  return {
    key: `key ${made}`,
    owner: `owner ${made % owners}`,
    n: made,
    title: `Title ${made}`,
    tags: ['a', 'b'],
    text: 'x'.repeat(300),
    at: new Date(),
  };
};
const pick = (count) => `key ${1 + Math.floor(Math.random() * count)}`;

async function measure(label, total, clients, run) {
  const started = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < total) {
        next += 1;
        await run();
      }
    }),
  );
  const perSecond = Math.round(total / ((performance.now() - started) / 1000));
  console.log(
    `${label.padEnd(44)} ${String(clients).padStart(2)} clients ${String(perSecond).padStart(7)}/s`,
  );
  return perSecond;
}

async function prepare(name, count) {
  const collection = database.collection(name);
  made = 0;
  owners = Math.max(20, count / 50);
  await collection.createIndexes([{ key: { key: 1 }, unique: true }, { key: { owner: 1, n: -1 } }]);
  for (let at = 0; at < count; at += 1000) {
    await collection.insertMany(Array.from({ length: Math.min(1000, count - at) }, makeDocument));
  }
  return collection;
}
const memory = async () => (await client.db('admin').command({ serverStatus: 1 })).mem.resident;

const writes = await prepare('writes', 0);
for (const clients of [1, 50]) await measure('insert', 3000, clients, () => writes.insertOne(makeDocument()));
for (const clients of [1, 50])
  await measure('update ($inc, by key)', 3000, clients, () =>
    writes.updateOne({ key: pick(made) }, { $inc: { n: 1 } }),
  );
for (const clients of [1, 50]) {
  const change = {
    $inc: { rev: 1 },
    $set: { state: 's' },
    $push: { history: { $each: [{ at: 1 }], $slice: -20 } },
  };
  await measure('findOneAndUpdate (by key, three operators)', 3000, clients, () =>
    writes.findOneAndUpdate({ key: pick(made) }, change),
  );
}

const small = await prepare('small', 1000);
const large = await prepare('large', 100_000);
const reads = [
  { label: 'read by unique key', read: (collection, count) => collection.findOne({ key: pick(count) }) },
  {
    label: '20 newest of an owner',
    read: (collection, count) => {
      const owner = `owner ${Math.floor((Math.random() * count) / 50)}`;
      return collection.find({ owner }).sort({ n: -1 }).limit(20).toArray();
    },
  },
];
for (const { label, read } of reads) {
  const rates = { small: [], large: [] };
  for (let round = 0; round < 5; round += 1) {
    rates.small.push(await measure(`${label}, 1,000 documents`, 2000, 1, () => read(small, 1000)));
    rates.large.push(await measure(`${label}, 100,000 documents`, 2000, 1, () => read(large, 100_000)));
  }
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
  const ratio = (median(rates.small) / median(rates.large)).toFixed(2);
  console.log(`${label}: 100,000 documents cost ${ratio} times what 1,000 cost`);
}
await measure('read by unique key, 100,000 documents', 10_000, 50, () =>
  large.findOne({ key: pick(100_000) }),
);
console.log(`memory of the server at 100,000 documents: ${await memory()} MB`);

await client.close();
server.kill('SIGTERM');
await once(server, 'exit');
rmSync(folder, { recursive: true, force: true });
