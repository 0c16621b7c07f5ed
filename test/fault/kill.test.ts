/** The built program, really killed and started again on the same data; the judge is what people saw. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type TestPerson } from 'telegram-sandbox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { heard } from '../support/listening.js';
import { commandOf, isAlive, runProgram, startProgram, type Program } from '../support/program.js';
import { freshServices } from '../support/services.js';
import { openTcpDoor } from '../support/tcp-door.js';
import { arrive, numberIn } from '../support/steps.js';

const { owner, duty, officer, colleague, head, supervisor } = cast;
const token = '7001:sandbox-token-for-tests-0123456789abcdef';

let folder = '';
let sandbox: Sandbox;
let program: Program | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dct-kill-'));
  sandbox = await startSandbox({
    port: 0,
    token,
    limits: 'off',
    people: [owner, duty, officer, colleague, head, supervisor].map((id) => ({
      id,
      firstName: `P${id}`,
      languageCode: 'zh-hans',
      label: { zh: String(id), en: String(id) },
      group: { zh: '测试', en: 'Test' },
    })),
  });
});
afterEach(async () => {
  await program?.kill();
  program = undefined;
  await sandbox.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
});

const person = (id: number): TestPerson => sandbox.person(id);
const start = async (env: Readonly<Record<string, string | undefined>> = {}): Promise<Program> => {
  program = await startProgram({
    dataDir: join(folder, 'data'),
    env: { BOT_TOKEN: token, TELEGRAM_API_ROOT: sandbox.apiRoot, TIME_TRAVEL: '1', ...env },
  });
  return program;
};
const killAndStart = async (): Promise<void> => {
  await program?.kill();
  await start();
};

/** Everything a person was told as news, a line each: a line that comes twice is a content that came twice. */
const newsOf = (id: number): readonly string[] =>
  heard(person(id)).filter((line) => /^(🆕|📮|✅|📤|🔒|💬|您的事|责任单位)/u.test(line));
const expectNothingTwice = (): void => {
  for (const id of [owner, duty, officer, colleague, head, supervisor])
    expect(newsOf(id), `news of ${id}`).toEqual([...new Set(newsOf(id))]);
};

/** Messages that ever were a receipt, by the number on them: a number that comes twice is a receipt that came twice. */
const receiptsOf = (id: number): readonly string[] => {
  const shown = person(id)
    .history()
    .filter(({ by, text }) => by === 'bot' && text.includes('已提交'));
  return [...new Set(shown.map(({ messageId, text }) => `${messageId} ${numberIn(text)}`))].map((one) =>
    one.replace(/^\d+ /, ''),
  );
};

/** What died in the middle of its work is taken up again when its lease of half a minute is over. */
const timeoutMs = 80_000;

describe('kill -9 in the middle of a case', () => {
  test('in the middle of a draft, right after send, and while notices go out: the case goes on, nobody gets anything twice', async () => {
    await start();
    for (const id of [owner, duty, officer, colleague, head]) await arrive(person(id));

    // In the middle of the draft.
    await person(owner).say(slowPermit);
    let screen = await person(owner).waitFor(/有照片、文件/);
    await person(owner).press(/没有材料/, { message: screen });
    await person(owner).waitFor(/谁可以看到/);
    await killAndStart();
    screen = await person(owner).waitFor(/谁可以看到/);
    await person(owner).press(/仅委内可见$/, { message: screen, timeoutMs });
    await person(owner).press('下一步 »', { message: screen });

    // Right after send: the receipt is on the screen, the duty officer may or may not have heard.
    await person(owner).press('📨 确认提交', { message: screen });
    const receipt = await person(owner).waitFor(/已提交[\s\S]*ZT-/);
    const number = numberIn(receipt.text ?? '');
    await killAndStart();
    // The router's half minute of patience for its queue is business time.
    await fetch(`${program?.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 'PT1M' }),
    });
    const triage = await person(duty).waitFor(/新件待受理/, { timeoutMs });

    // While notices go out: the officers' empty notices are there, their contents are on the way.
    sandbox.faults.add([{ method: 'editMessageText', chatId: officer, kind: 'hangBefore', count: 1 }]);
    const press = person(duty).press('📮 交办 审批局', { message: triage });
    await person(officer).waitFor(/有新情况/, { timeoutMs });
    await press;
    await killAndStart();
    const card = await person(officer).waitFor(/请签收/, { timeoutMs });
    await person(owner).waitFor(/已交责任单位/, { timeoutMs });
    await person(head).waitFor(/等承办人签收/, { timeoutMs });

    // And on to the first contact.
    await person(officer).press('✅ 签收', { message: card });
    await person(owner).waitFor(/责任单位已签收/, { timeoutMs });
    await person(officer).press(/首次联系/);
    await person(officer).waitFor(/算首次联系/);
    await killAndStart();
    await person(officer).say('您好，请问受理回执的编号是多少？');
    await person(owner).waitFor(/受理回执的编号/, { timeoutMs });

    expectNothingTwice();
    expect(receiptsOf(owner)).toEqual([number]);
    const orphans = [owner, duty, officer, colleague, head].flatMap((id) =>
      person(id)
        .messages()
        .filter(({ text = '' }) => text.startsWith('🔔')),
    );
    expect(orphans.length).toBeLessThanOrEqual(8 * 4);
    const state = (await (await fetch(`${program?.url}/dev/state`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({ cases: { handling: 1 }, deadLetters: 0 });
  }, 300_000);

  test('killed again and again at every step of one report: no press is lost, one case, one receipt', async () => {
    await start();
    for (const id of [owner, duty, officer, colleague, head]) await arrive(person(id));
    await person(owner).say(slowPermit);
    await person(owner).waitFor(/有照片、文件/);
    const steps = [
      [/没有材料/, /谁可以看到企业/],
      [/仅委内可见$/, /请看一遍/],
      ['下一步 »', /提交前请确认/],
      ['📨 确认提交', /已提交/],
    ] as const;
    for (const [i, [label, next]] of steps.entries()) {
      const since = person(owner).mark();
      // Pressed once and killed, either at once or when Telegram has let go of the press: it is not lost.
      const pressed = person(owner)
        .press(label)
        .catch(() => undefined);
      if (i % 2 === 1)
        await expect.poll(() => sandbox.pendingUpdates().length, { timeout: timeoutMs, interval: 1 }).toBe(0);
      await program?.kill();
      await start();
      await pressed;
      await person(owner).waitFor(next, { since, timeoutMs });
    }
    const receipt = await person(owner).waitFor(/已提交[\s\S]*ZT-/, { timeoutMs });
    expectNothingTwice();
    expect(receiptsOf(owner)).toEqual([numberIn(receipt.text ?? '')]);
    const state = (await (await fetch(`${program?.url}/dev/state`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({ cases: { filed: 1 }, deadLetters: 0 });
  }, 300_000);
});

describe('starting and ending', () => {
  test('SIGTERM and SIGINT end the program and all its children within 25 s, with exit code 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const running = await start();
      const children = await running.children();
      expect(children.length).toBeGreaterThanOrEqual(2);
      const { code, ms } = await running.end(signal);
      program = undefined;
      expect(code).toBe(0);
      expect(ms).toBeLessThan(25_000);
      await expect
        .poll(async () => (await Promise.all(children.map(isAlive))).some(Boolean), { timeout: 5_000 })
        .toBe(false);
    }
  });

  test('after kill -9 no child outlives the program', async () => {
    const running = await start();
    const children = await running.children();
    await running.kill();
    program = undefined;
    await expect
      .poll(async () => (await Promise.all(children.map(isAlive))).some(Boolean), { timeout: 10_000 })
      .toBe(false);
  });

  test('a second instance on the same data is refused with a sentence that says what to do', async () => {
    const running = await start();
    const second = await runProgram({
      dataDir: join(folder, 'data'),
      env: { BOT_TOKEN: token, TELEGRAM_API_ROOT: sandbox.apiRoot },
    });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`in use by another running instance (pid ${running.pid})`);
    expect(second.output).toMatch(/Stop that one first/);
    expect((await fetch(`${running.url}/readyz`)).ok).toBe(true);
  });

  test('with everything configured nothing embedded is loaded or started, and no test clock is served', async () => {
    const services = freshServices();
    const redis = `redis://:${services.redis.password}@unused`;
    const gateway = await openTcpDoor(services.redis.path);
    try {
      const running = await start({
        NODE_ENV: 'production',
        MONGODB_URI: services.mongoUri,
        REDIS_URL: redis.replace('unused', `127.0.0.1:${gateway.port}`),
        DATA_KEY: Buffer.alloc(32, 5).toString('base64'),
        TIME_TRAVEL: undefined,
        // Node notes here every file it has loaded.
        NODE_V8_COVERAGE: join(folder, 'loaded'),
      });
      expect(await running.children()).toEqual([]);
      expect(await commandOf(running.pid)).toContain('dist/src/main.js');
      expect((await fetch(`${running.url}/dev/state`)).status).toBe(404);
      await arrive(person(owner));
      expect(running.output()).not.toMatch(/embedded|sandbox/i);
      expect((await running.end()).code).toBe(0);
      program = undefined;
      const loaded = await loadedFiles(join(folder, 'loaded'));
      expect(loaded.some((url) => url.endsWith('dist/src/app.js'))).toBe(true);
      expect(loaded.filter((url) => /src\/embedded\/|embedded-mongo|telegram-sandbox/.test(url))).toEqual([]);
    } finally {
      await gateway.close();
    }
  });
});

async function loadedFiles(notes: string): Promise<readonly string[]> {
  const texts = await Promise.all(
    (await readdir(notes)).map(async (name) => await readFile(join(notes, name), 'utf8')),
  );
  return texts.flatMap((text) =>
    (JSON.parse(text) as { result: { url: string }[] }).result.map(({ url }) => url),
  );
}
