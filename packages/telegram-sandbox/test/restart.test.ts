import { spawn, type ChildProcess } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Update } from '../src/wire.js';
import { makeBed, somebody, token } from './bed.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('after a restart everything is as it was: messages, files, updates, numbers, commands', async () => {
  const first = await makeBed({ dataDir });
  const owner = first.sandbox.person(1001);
  await owner.start();
  const photoId = await owner.photo({ caption: 'kept' });
  await first.call('sendMessage', { chat_id: 1001, text: 'before' });
  const sent = owner.last();
  await first.call('editMessageText', { chat_id: 1001, message_id: sent?.messageId, text: 'after' });
  await first.call('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
  const before = {
    messages: owner.messages(),
    history: owner.history(),
    pending: first.sandbox.pendingUpdates(),
    journal: first.sandbox.journal(),
  };
  await first.sandbox.close();

  const second = await makeBed({ dataDir });
  const again = second.sandbox.person(1001);
  expect({
    messages: again.messages(),
    history: again.history(),
    pending: second.sandbox.pendingUpdates(),
    journal: second.sandbox.journal(),
  }).toEqual(before);
  const photo = again.messages().find(({ messageId }) => messageId === photoId)?.photo;
  expect((await fetch(`${second.sandbox.url}${photo?.url}`)).status).toBe(200);
  expect((await second.call('getMyCommands')).result).toEqual([{ command: 'help', description: 'Help' }]);
  expect(await again.say('next')).toBe((sent?.messageId ?? 0) + 1);
  const ids = second.sandbox.pendingUpdates().map(({ update_id }) => update_id);
  expect(ids).toEqual([1, 2, 3]);
  await second.sandbox.close();
});

test('confirmed updates stay confirmed over a restart, and their numbers are not used again', async () => {
  const first = await makeBed({ dataDir });
  await first.sandbox.person(1001).say('one');
  await first.call('getUpdates', { offset: 2 });
  await first.sandbox.close();
  const second = await makeBed({ dataDir });
  expect((await second.call('getUpdates')).result).toEqual([]);
  await second.sandbox.person(1001).say('two');
  const [update] = (await second.call('getUpdates')).result as Update[];
  expect(update).toMatchObject({ update_id: 2, message: { text: 'two' } });
  await second.sandbox.close();
});

test('a last line torn by a crash is cut off, the rest stays', async () => {
  const first = await makeBed({ dataDir });
  await first.sandbox.person(1001).say('whole');
  await first.sandbox.close();
  await appendFile(join(dataDir, 'journal.jsonl'), '{"seq":2,"at":1,"by":"bot","meth');
  const second = await makeBed({ dataDir });
  expect(
    second.sandbox
      .person(1001)
      .messages()
      .map(({ text }) => text),
  ).toEqual(['whole']);
  await second.sandbox.person(1001).say('more');
  await second.sandbox.close();
  const third = await makeBed({ dataDir });
  expect(
    third.sandbox
      .person(1001)
      .messages()
      .map(({ text }) => text),
  ).toEqual(['whole', 'more']);
  await third.sandbox.close();
});

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const startCli = async (
  config: string,
): Promise<{ child: ChildProcess; apiRoot: string; ended: Promise<unknown> }> => {
  const child = spawn(process.execPath, [cli, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  if (!child.stdout) throw new Error('no stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as { ready: boolean; apiRoot: string };
    expect(ready.ready).toBe(true);
    return { child, apiRoot: ready.apiRoot, ended };
  }
  throw new Error('the sandbox ended before it was ready');
};

const writeConfig = async (): Promise<string> => {
  const config = join(dataDir, 'config.json');
  await writeFile(
    config,
    JSON.stringify({
      port: 0,
      token,
      people: [somebody(1001)],
      limits: 'off',
      dataDir: join(dataDir, 'state'),
    }),
  );
  return config;
};

const post = async (
  url: string,
  body: unknown,
): Promise<{ ok?: boolean; result?: { message_id: number }; messages?: { text: string }[] }> => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await (await fetch(url, init)).json()) as { ok?: boolean };
};

test('kill -9 under load: every answered message is there afterwards, once', async () => {
  const config = await writeConfig();
  const { child, apiRoot, ended } = await startCli(config);
  await post(`${apiRoot}/sandbox/people/1001/start`, {});
  const answered = new Set<string>();
  const run = async (worker: number): Promise<void> => {
    for (let index = 0; ; index += 1) {
      const text = `${worker}-${index}`;
      const answer = await post(`${apiRoot}/bot${token}/sendMessage`, { chat_id: 1001, text });
      if (answer.ok) answered.add(text);
      if (answered.size >= 300) child.kill('SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, (_, worker) => run(worker)));
  await ended;
  const again = await startCli(config);
  const response = await fetch(`${again.apiRoot}/sandbox/people/1001/messages?limit=1000`);
  const { messages } = (await response.json()) as { messages: { text: string; messageId: number }[] };
  const texts = messages.map(({ text }) => text);
  expect([...answered].filter((text) => !texts.includes(text))).toEqual([]);
  expect(new Set(texts).size).toBe(texts.length);
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
});

test('the process ends when its parent goes', async () => {
  const { child, ended } = await startCli(await writeConfig());
  child.disconnect();
  expect(await ended).toBe(0);
});
