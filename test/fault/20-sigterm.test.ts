/** SIGTERM while people file reports, again and again: nothing lost, nothing doubled, nothing ambiguous (fault 20). */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestPerson } from 'telegram-sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { connectStore, type Connection } from '../../src/store/connect.js';
import { cast } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import type { Program } from '../support/program.js';
import { arrive } from '../support/steps.js';
import { openTown, type Town } from '../support/town.js';

/** 25 by hand: SIGTERM_ROUNDS=25 npx vitest run test/fault/20-sigterm.test.ts */
const rounds = Number(process.env['SIGTERM_ROUNDS'] ?? 2);
const reporters = [1001, 1002, 1003, 1004, 1005, 1006];
const timeoutMs = 120_000;
const exitMs = 25_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let folder = '';
let town: Town;
let store: Connection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-sigterm-'));
  town = await openTown([...reporters, cast.duty]);
  store = await connectStore(town.services.mongoUri, { log: createLog('silent') });
});
afterEach(async () => {
  await store.close();
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

/** All reporters speak for one enterprise, so that none of them is asked for it. */
async function start(): Promise<Program> {
  const file = join(folder, 'organisation.json');
  const sample = JSON.parse(await readFile('config/sample-organisation.json', 'utf8')) as {
    readonly enterprises: readonly object[];
  };
  const [enterprise] = sample.enterprises;
  const enterprises = [{ ...enterprise, contacts: reporters }];
  await writeFile(file, JSON.stringify({ ...sample, enterprises }));
  return await town.start({ ORG_FILE: file });
}

/** One report from the first word to the receipt, however long the program is away in between. */
async function fileOne(person: TestPerson): Promise<void> {
  const since = person.mark();
  await person.say(slowPermit);
  const message = await person.waitFor(/有照片、文件/, { since, timeoutMs });
  for (const label of [/没有材料/, /仅委内可见$/, '下一步 »', '📨 确认提交'])
    await person.press(label, { message, timeoutMs });
  await person.waitFor(({ messageId, text = '' }) => messageId === message.messageId && /ZT-\d/.test(text), {
    since,
    timeoutMs,
  });
}

const numbersIn = (person: TestPerson, pattern: RegExp): readonly string[] =>
  person
    .messages()
    .filter(({ from, text = '' }) => from === 'bot' && pattern.test(text))
    .flatMap(({ text = '' }) => /ZT-\d{3}-\d{3}-\d{4}/.exec(text)?.[0] ?? []);

const count = async (collection: string, filter: object): Promise<number> =>
  await store.collection(collection).countDocuments(filter);

const underWay = async (): Promise<number> =>
  town.sandbox.pendingUpdates().length +
  (await count('inbox', { state: 'new' })) +
  (await count('cases', { $or: [{ state: 'filed', proposal: null }, { relayAt: { $exists: true } }] })) +
  (await count('deliveries', { state: 'pending' }));

test(
  `${rounds} times in the middle of it: every report has one receipt and is laid before the duty officer once`,
  async () => {
    let program = await start();
    for (const id of [...reporters, cast.duty]) await arrive(town.person(id));
    // Long enough for the end to come while a send is on its way.
    town.sandbox.faults.add([{ method: 'sendMessage', chatId: cast.duty, kind: 'latency', ms: 300 }]);
    const load = new AbortController();
    let filed = 0;
    const working = Promise.all(
      reporters.map(async (id) => {
        while (!load.signal.aborted) {
          await fileOne(town.person(id));
          filed += 1;
        }
      }),
    );
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = filed;
      await expect.poll(() => filed, { timeout: timeoutMs, interval: 5 }).toBeGreaterThan(before);
      await expect
        .poll(() => count('deliveries', { sending: true }), { timeout: timeoutMs, interval: 5 })
        .toBeGreaterThan(0);
      const { code, ms } = await program.end();
      expect([code, ms < exitMs]).toEqual([0, true]);
      took.push(ms);
      expect(await count('deliveries', { sending: true })).toBe(0);
      program = await start();
    }
    load.abort();
    await working;
    // They all go to one chat, and a chat takes one message a second.
    await expect.poll(underWay, { timeout: timeoutMs + filed * 2_000 }).toBe(0);

    const cases = (
      await store
        .collection('cases')
        .find({}, { projection: { number: 1 } })
        .toArray()
    ).map((one) => String(one['number']));
    const sorted = (numbers: readonly string[]) => numbers.toSorted((a, b) => a.localeCompare(b));
    const receipts = reporters.flatMap((id) => numbersIn(town.person(id), /已提交/));
    expect(cases).toHaveLength(filed);
    expect(sorted(receipts)).toEqual(sorted(cases));
    expect(sorted(numbersIn(town.person(cast.duty), /新件待受理/))).toEqual(sorted(cases));
    const orphans = town
      .person(cast.duty)
      .messages()
      .filter(({ text = '' }) => text.startsWith('🔔'));
    const ambiguous =
      (await count('deliveries', { ambiguous: { $gt: 0 } })) +
      (await count('answers', { ambiguous: { $gt: 0 } }));
    const dead = (await count('inbox', { state: 'dead' })) + (await count('deliveries', { state: 'dead' }));
    expect({ orphans: orphans.length, ambiguous, dead }).toEqual({ orphans: 0, ambiguous: 0, dead: 0 });
    const slowest = Math.round(Math.max(...took));
    say(`${rounds} SIGTERM, ${filed} reports: 0 lost, doubled or ambiguous; slowest end ${slowest} ms`);
  },
  120_000 + rounds * 60_000,
);

test('a handler that hangs does not hold the program up; its update is handled by the next one', async () => {
  const [owner, other] = [town.person(1001), town.person(1002)];
  const program = await start();
  await arrive(owner);
  await arrive(other);
  town.sandbox.faults.add([{ method: 'sendMessage', chatId: 1001, kind: 'hangBefore', count: 1 }]);
  const since = owner.mark();
  await owner.say('/help');
  await expect.poll(() => count('lanes', { _id: { $ne: 'poller' } }), { timeout: timeoutMs }).toBe(1);
  const { code, ms } = await program.end();
  expect([code, ms < exitMs]).toEqual([0, true]);
  expect(await count('inbox', { state: 'new' })).toBe(1);
  await start();
  await owner.waitFor(/\/my/, { since, timeoutMs });
  await expect.poll(underWay, { timeout: timeoutMs }).toBe(0);
  expect(
    owner.messages().filter(({ from, text = '' }) => from === 'bot' && text.includes('/my')),
  ).toHaveLength(1);
  say(`ended ${Math.round(ms)} ms after SIGTERM with a handler that hung`);
}, 240_000);
