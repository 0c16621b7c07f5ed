/** The machines' clocks are minutes apart, and are set while the program runs: nothing is told early by more than a second. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createConnection } from 'mongoose';
import { startSandbox, type Sandbox } from 'telegram-sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { startOwnRedis, type OwnRedis } from '../support/own-redis.js';
import { startProgram, type Program } from '../support/program.js';
import { freshServices } from '../support/services.js';
import { arrive, file } from '../support/steps.js';

const { owner, duty } = cast;
const token = '7001:sandbox-token-for-tests-0123456789abcdef';
const twoMinutesMs = 120_000;
const secondsBefore = 8;

let folder = '';
let redis: OwnRedis;
let sandbox: Sandbox;
const programs: Program[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-clocks-'));
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
  await Promise.all(programs.splice(0).map(async (program) => await program.kill()));
  await sandbox.close();
  await redis.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
});

test('three replicas, one two minutes ahead and one two minutes behind, set the other way in the middle: the reminder comes on time', async () => {
  const { mongoUri } = freshServices();
  const start = async (role: 'bot' | 'worker', aheadMs: number): Promise<Program> => {
    const program = await startProgram({
      dataDir: join(folder, `${role}${aheadMs}`),
      env: {
        BOT_TOKEN: token,
        TELEGRAM_API_ROOT: sandbox.apiRoot,
        MONGODB_URI: mongoUri,
        REDIS_URL: redis.url,
        DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
        TIME_TRAVEL: '1',
        ROLE: role,
        NODE_OPTIONS: `--import ${resolve('test/support/clock-ahead.mjs')}`,
        CLOCK_AHEAD_MS: String(aheadMs),
      },
    });
    programs.push(program);
    return program;
  };
  const bot = await start('bot', 0);
  const workers = [await start('worker', twoMinutesMs), await start('worker', -twoMinutesMs)];

  await arrive(sandbox.person(owner));
  await arrive(sandbox.person(duty));
  await file(sandbox.person(owner), slowPermit);
  await sandbox.person(duty).waitFor(/新件待受理/, { timeoutMs: 30_000 });

  const store = createConnection(mongoUri);
  try {
    // Triage wakes it for the reminder before the dispatch is due, and for nothing else before that.
    const due = await expect
      .poll(
        async () =>
          (await store.collection('cases').findOne({ proposal: { $ne: null } }))?.['wakeAt'] as Date,
        {
          timeout: 20_000,
        },
      )
      .toBeInstanceOf(Date)
      .then(async () => (await store.collection('cases').findOne({}))?.['wakeAt'] as Date);
    const { now } = (await (await fetch(`${bot.url}/dev/state`)).json()) as { now: string };
    const ms = due.getTime() - new Date(now).getTime() - secondsBefore * 1_000;
    await fetch(`${bot.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: `PT${(ms / 1_000).toFixed(3)}S` }),
    });
    // The clocks of the two are set the other way round while the reminder comes nearer.
    for (const { pid } of workers) process.kill(pid, 'SIGUSR2');
    const offsetMs = (await store.collection('business_time').findOne({}))?.['offsetMs'] as number;
    const reminder = await sandbox.person(duty).waitFor(/橙牌：交办马上到期/, { timeoutMs: 60_000 });
    const shown = sandbox
      .journal()
      .find(({ chatId, messageId }) => chatId === duty && messageId === reminder.messageId);
    const earlyMs = due.getTime() - ((shown?.at ?? 0) + offsetMs);
    expect(earlyMs).toBeLessThan(1_000);
    process.stdout.write(`the reminder came ${(-earlyMs / 1_000).toFixed(1)} s after it was due\n`);
  } finally {
    await store.close();
  }
}, 120_000);
