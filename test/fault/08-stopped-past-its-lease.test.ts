/** A replica is stopped in the middle of a delivery for longer than its lease; another takes over; then the first goes on. One content. */
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { createConnection } from 'mongoose';
import { startSandbox, type Sandbox } from 'telegram-sandbox';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CrashAt } from '../../chaos/crash-at.js';
import type { ReplicaOrder } from '../../chaos/replica.js';
import type { CrashPointName } from '../../src/crash-point.js';
import { createLog } from '../../src/log.js';
import { connectStore } from '../../src/store/connect.js';
import { createDeliveries, type Claimed } from '../../src/store/deliveries.js';
import { slowPermit } from '../support/case-steps.js';
import { cast } from '../support/channel.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';
import { isAlive } from '../support/program.js';
import { freshServices } from '../support/services.js';
import { cardOf } from '../support/reporting.js';
import { arrive, file } from '../support/steps.js';

const { owner, duty } = cast;
const token = '7001:sandbox-token-for-tests-0123456789abcdef';
const replicaFile = 'dist/test/replica.mjs';
const leases = { laneMs: 3_000, deliveryMs: 3_000 };
const timeoutMs = 40_000;

let redis: OwnRedis;
let sandbox: Sandbox;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    entryPoints: ['chaos/replica.ts'],
    outfile: replicaFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
});
beforeEach(async () => {
  redis = await startOwnRedis();
  sandbox = await startSandbox({
    port: 0,
    token,
    limits: 'off',
    people: [owner, duty].map((id) => ({
      id,
      firstName: `P${id}`,
      languageCode: 'zh-hans',
      label: { zh: String(id), en: String(id) },
      group: { zh: '测试', en: 'Test' },
    })),
  });
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await sandbox.close();
  await redis.close();
});

interface Replica {
  readonly child: ChildProcess;
  readonly url: string;
  /** Resolves when it has fallen into its sleep. */
  readonly stopped: Promise<void>;
}

/** Starts one; resolves when it is up. */
async function startReplica(mongoUri: string, first: boolean, crashAt?: CrashAt): Promise<Replica> {
  const order: ReplicaOrder = {
    mongoUri,
    redisUrl: redis.url,
    apiRoot: sandbox.apiRoot,
    token,
    dataKey: Buffer.alloc(32, 5).toString('base64'),
    leases,
    ...(first ? { organisationFile: 'config/sample-organisation.json' } : {}),
    ...(crashAt ? { crashAt } : {}),
  };
  const child = fork(replicaFile, [JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  children.push(child);
  const told = new Map<string, (value: string) => void>();
  const when = (name: string): Promise<string> => new Promise((resolve) => told.set(name, resolve));
  const [up, stopped] = [when('ready'), when('crashed')];
  if (child.stdout)
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as { ready?: boolean; url?: string; crashed?: string };
      if (said.ready) told.get('ready')?.(said.url ?? '');
      if (said.crashed) told.get('crashed')?.(said.crashed);
    });
  return { child, url: await up, stopped: stopped.then(() => undefined) };
}

const end = async ({ child }: Replica): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};

/** Once it answers again it has gone on with whatever it had in hand. */
const wake = async ({ child, url }: Replica): Promise<void> => {
  child.kill('SIGCONT');
  await expect
    .poll(async () => (await fetch(`${url}/dev/state`).catch(() => undefined))?.ok, { timeout: timeoutMs })
    .toBe(true);
};

const points: readonly CrashPointName[] = ['sending-noted', 'id-stored'];

test.each(points)(
  'stopped at "%s"',
  async (point) => {
    const { mongoUri } = freshServices();
    const first = await startReplica(mongoUri, true, { point, passing: 1, how: 'stop' });
    await arrive(sandbox.person(owner));
    await arrive(sandbox.person(duty));
    await file(sandbox.person(owner), slowPermit);
    await first.stopped;
    await startReplica(mongoUri, false);
    const card = await sandbox.person(duty).waitFor(/新件待受理/, { timeoutMs });

    const store = createConnection(mongoUri);
    const open = async (): Promise<number> =>
      await store.collection('deliveries').countDocuments({ state: 'pending' });
    await expect.poll(open, { timeout: timeoutMs }).toBe(0);
    const calls = (): number => sandbox.journal().filter(({ chatId }) => chatId === duty).length;
    const before = calls();
    await wake(first);
    await expect.poll(open, { timeout: timeoutMs }).toBe(0);
    expect(await isAlive(first.child.pid ?? 0)).toBe(true);

    const person = sandbox.person(duty);
    const cards = person.messages().filter(({ text = '' }) => text.includes('新件待受理'));
    expect(cards.map(({ messageId }) => messageId)).toEqual([card.messageId]);
    expect(person.messages().filter(({ text = '' }) => text.startsWith('🔔'))).toEqual([]);
    // The late one wrote nothing: no notice of its own, and nothing into the card somebody else had written meanwhile.
    expect(calls() - before).toBe(0);
    await store.close();
  },
  150_000,
);

test('words that were in the hands of a sleeper answer no question that was asked since', async () => {
  const { mongoUri } = freshServices();
  const before = await startReplica(mongoUri, true);
  const person = sandbox.person(owner);
  await arrive(person);
  await arrive(sandbox.person(duty));
  const number = await file(person, slowPermit);
  let since = person.mark();
  await person.press('查看');
  await person.press(/发消息/, { message: await cardOf(person, number, /待受理/, since) });
  await person.waitFor(/请写消息/, { since });
  await end(before);

  const first = await startReplica(mongoUri, false, { point: 'update-taken', passing: 1, how: 'stop' });
  await person.say('这句话是给承办单位的。');
  await first.stopped;
  await startReplica(mongoUri, false);
  await cardOf(sandbox.person(duty), number, /这句话是给承办单位的/);
  since = person.mark();
  await person.say(`/case ${number}`);
  const card = await cardOf(person, number, /待受理/, since);
  await person.press('更多操作…', { message: card });
  await person.press('撤回…', { message: card });
  const asked = await person.waitFor(/为什么撤回/, { since });
  since = person.mark();
  await person.press('别的原因', { message: asked });
  await person.waitFor(/用一句话写明/, { since });
  since = person.mark();
  await wake(first);
  // Nothing is said to him about it, and the case is not withdrawn for a sentence that belongs elsewhere.
  await person.say('已经找到别的办法。');
  await cardOf(person, number, /已撤回/, since);
  expect(person.messages().filter(({ text = '' }) => text.includes('刚刚才处理到'))).toEqual([]);
  const store = createConnection(mongoUri);
  const waiting = async (): Promise<number> =>
    await store.collection('inbox').countDocuments({ state: 'new' });
  await expect.poll(waiting, { timeout: timeoutMs }).toBe(0);
  // Had the case been withdrawn for it, this sentence would have begun another report.
  expect(await store.collection('drafts').countDocuments({ form: 'report', state: 'open' })).toBe(0);
  await store.close();
}, 150_000);

test('a screen that was answered while a sleeper had its words in hand is not shown again', async () => {
  const { mongoUri } = freshServices();
  const before = await startReplica(mongoUri, true);
  const person = sandbox.person(owner);
  await arrive(person);
  await end(before);

  const first = await startReplica(mongoUri, false, { point: 'update-taken', passing: 1, how: 'stop' });
  const since = person.mark();
  await person.say(slowPermit);
  await first.stopped;
  await startReplica(mongoUri, false);
  const message = await person.waitFor(/有照片、文件/, { since, timeoutMs });
  for (const label of [/没有材料/, /仅委内可见$/, '下一步 »', '📨 确认提交'])
    await person.press(label, { message });
  await person.waitFor(/✅ 已提交/, { since });
  const shown = person.messages().length;
  await wake(first);
  const store = createConnection(mongoUri);
  const waiting = async (): Promise<number> =>
    await store.collection('inbox').countDocuments({ state: 'new' });
  await expect.poll(waiting, { timeout: timeoutMs }).toBe(0);
  // The lane is in order: whatever the sleeper meant to say stands before the answer to this.
  await person.say('/help');
  await person.waitFor(/\/report/, { since: person.mark() - 1, timeoutMs });
  expect(
    person
      .messages()
      .filter(({ inlineKeyboard = [] }) => inlineKeyboard.flat().some(({ text }) => text === '📨 确认提交')),
  ).toEqual([]);
  expect(person.messages().length).toBe(shown + 2);
  await store.close();
}, 150_000);

test('whoever has been overtaken writes nothing more into a delivery, whatever he still means to do', async () => {
  const { mongoUri } = freshServices();
  const connection = await connectStore(mongoUri, { log: createLog('silent') });
  // A lease of no time is over at once.
  const deliveries = createDeliveries(connection, 0);
  const told = { id: 'one', caseId: 'case', personId: 'somebody', role: 'duty', event: 'filed' } as const;
  await deliveries.insert([{ ...told, order: '1' }]);
  const claim = async (): Promise<Claimed> => {
    const claimed = await deliveries.claimNext(told.personId);
    if (claimed === null || claimed === 'busy') throw new Error('it was free');
    return claimed;
  };
  const late = await claim();
  const holder = await claim();
  const before = await connection.collection('deliveries').findOne();

  expect(await deliveries.markSending(late)).toBeNull();
  expect(await deliveries.noteSent(late, 7)).toBeNull();
  expect(await deliveries.markSent(late, { doubtful: false })).toBe(false);
  expect(await deliveries.drop(late)).toBe(false);
  expect(await deliveries.forgetNotice(late, { maybeSeen: false })).toBe(false);
  await deliveries.postpone(late, 60_000, { outcome: 'unknown' });
  expect(await connection.collection('deliveries').findOne()).toEqual(before);

  expect(await deliveries.markSending(holder)).not.toBeNull();
  expect(await deliveries.noteSent(holder, 8)).not.toBeNull();
  expect(await deliveries.markSent(holder, { doubtful: false })).toBe(true);
  await connection.close();
});
