/** Fault 27: keys are rotated under load and the command is killed midway; also a lost, a wrong and an earlier version's key. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.js';
import { createSeal, keyIdOf } from '../../src/seal.js';
import { connectStore, type Connection } from '../../src/store/connect.js';
import { createStore } from '../../src/store/index.js';
import { openKeys } from '../../src/store/keys.js';
import { sealedPlaces } from '../../src/store/sealed-places.js';
import { slowPermit } from '../support/case-steps.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { runProgram } from '../support/program.js';
import { freshServices } from '../support/services.js';
import { arrive, file } from '../support/steps.js';

const first = usualMasterKeys.current;
const second = Buffer.alloc(32, 22);

let mongoUri = '';

interface Keyed {
  readonly DATA_KEY: string;
  readonly DATA_KEY_OLD?: string;
}
const onlyKey = (key: Buffer): Keyed => ({ DATA_KEY: key.toString('base64') });
const bothKeys: Keyed = { ...onlyKey(second), DATA_KEY_OLD: first.toString('base64') };

/** Runs the command as an operator does; `killAtLine` ends it with SIGKILL when it has said so many lines. */
async function keysCommand(
  command: string,
  env: Keyed,
  killAtLine?: number,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, ['dist/src/keys-command.js', command], {
    env: { ...env, MONGODB_URI: mongoUri, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      if (lines.length === killAtLine) child.kill('SIGKILL');
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: lines.join('\n') };
}

/** The key ids under which anything of the store is sealed, keys' own wrapping included. */
async function keyIdsInUse(connection: Connection): Promise<ReadonlySet<string | null>> {
  const ids = new Set<string | null>();
  for (const { collection, field } of [...sealedPlaces, { collection: 'keys', field: 'wrapped' }]) {
    for (const doc of await connection.collection(collection).find().toArray()) {
      const sealed: unknown = doc[field];
      if (typeof sealed === 'string') ids.add(keyIdOf(sealed));
    }
  }
  return ids;
}

describe('with the program running', () => {
  let channel: Channel;
  beforeEach(async () => {
    channel = await startChannel();
    mongoUri = channel.services.mongoUri;
  });
  afterEach(async () => await channel.stop());

  test('a rotation killed midway is taken up again; people notice nothing, and at the end the old key opens nothing', async () => {
    const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
    await arrive(owner);
    await arrive(duty);
    const before = await file(owner, slowPermit);
    // A store with some history, so that there is a middle to be killed in.
    const keys = await openKeys(channel.connection(), { current: first });
    for (let i = 0; i < 500; i += 50)
      await Promise.all(Array.from({ length: 50 }, async (_, j) => await keys.ofCase(`old-${i + j}`)));

    await channel.restart({ current: second, old: first });
    const killed = keysCommand('rotate', bothKeys, 3);
    const during = await file(owner, '开发区水压不足，车间每天停两小时，报修三次没有人来。');
    expect((await killed).code).toBeNull();
    const wrappedByFirst = { under: createSeal({ dataKey: first }).keyId };
    const left = await channel.connection().collection('keys').countDocuments(wrappedByFirst);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(502);
    // Half done, the new key alone will not do, and that is said at the start.
    await expect(openKeys(channel.connection(), { current: second })).rejects.toThrow(/DATA_KEY_OLD/);

    const done = await keysCommand('rotate', bothKeys);
    expect(done.output).toMatch(/still wrapped by the old key: 0\n.*: 0\nDATA_KEY alone is enough\.$/);
    expect(done.code).toBe(0);
    expect(await keyIdsInUse(channel.connection())).not.toContain(createSeal({ dataKey: first }).keyId);

    await channel.restart({ current: second });
    for (const [number, words] of [
      [before, '环评批复'],
      [during, '水压不足'],
    ] as const) {
      const since = duty.mark();
      await duty.say(`/case ${number}`);
      await duty.waitFor(({ text = '' }) => text.includes(number) && text.includes(words), { since });
    }
  }, 120_000);

  test('a key that is not the one of the store is refused at the start, in words that do not repeat it', async () => {
    const refused = await runProgram({
      dataDir: join(tmpdir(), 'never-made'),
      env: {
        MONGODB_URI: mongoUri,
        REDIS_URL: 'redis://127.0.0.1:1',
        BOT_TOKEN: '7001:a-token',
        ...onlyKey(second),
      },
    });
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringMatching(/DATA_KEY does not open/) as string,
    });
    expect(refused.output).not.toContain(second.toString('base64'));
  });
});

describe('a store of its own', () => {
  let connection: Connection;
  beforeEach(async () => {
    ({ mongoUri } = freshServices());
    connection = await connectStore(mongoUri, { log: createLog('silent') });
  });
  afterEach(async () => await connection.close());

  describe('of an earlier version, sealed with one key', () => {
    const caseId = 'case-of-then';
    const put = async (collection: string, doc: { _id: string } & Record<string, unknown>): Promise<void> =>
      void (await connection.collection<{ _id: string }>(collection).insertOne(doc));
    beforeEach(async () => {
      const then = createSeal({ dataKey: first });
      const sealed = (collection: string, id: string, field: string, value: unknown) =>
        then.seal({ collection, id, field }, value);
      await put('people', {
        _id: 'p1',
        telegramKey: then.lookup('telegram-id', cast.owner),
        contact: sealed('people', 'p1', 'contact', {
          telegramId: cast.owner,
          name: '王老板',
          username: null,
        }),
        language: 'zh',
        grants: [],
      });
      await put('identities', {
        _id: caseId,
        identity: sealed('identities', caseId, 'identity', { contactName: '王老板' }),
      });
      await put('messages', {
        _id: 'm1',
        caseId,
        kind: 'report',
        side: 'enterprise',
        personId: 'p1',
        at: new Date(),
        content: sealed('messages', 'm1', 'content', { text: '窗口不收材料', files: [] }),
        departmentContent: sealed('messages', 'm1', 'departmentContent', '窗口不收材料'),
      });
    });
    const readable = async (current: Buffer): Promise<void> => {
      const store = createStore(connection, await openKeys(connection, { current }));
      expect(await store.messages.ofCase(caseId)).toMatchObject([
        { text: '窗口不收材料', departmentText: '窗口不收材料' },
      ]);
      expect(await store.identities.ofCase(caseId)).toEqual({ contactName: '王老板' });
      const contact = { telegramId: cast.owner, name: '王老板', username: null };
      expect((await store.people.meet(contact, { rename: true })).id).toBe('p1');
    };

    test('stays readable, moves under keys of its own, and people are still found by their hashes', async () => {
      await readable(first);
      expect((await keysCommand('status', onlyKey(first))).output).toMatch(/earlier version: 4\n.*migrate$/);
      const moved = await keysCommand('migrate', onlyKey(first));
      expect(moved.output).toMatch(/earlier version: 0\nDATA_KEY alone is enough\.$/);
      await connection.close();
      connection = await connectStore(mongoUri, { log: createLog('silent') });
      await readable(first);
      const wrapping = createSeal({ dataKey: first }).keyId;
      for (const { collection, field } of sealedPlaces)
        for (const doc of await connection.collection(collection).find().toArray())
          expect(keyIdOf(String(doc[field])), `${collection}.${field}`).not.toBe(wrapping);
    });

    test('is moved on by a rotation in one go', async () => {
      expect((await keysCommand('rotate', bothKeys)).code).toBe(0);
      expect(await keyIdsInUse(connection)).not.toContain(createSeal({ dataKey: first }).keyId);
      await readable(second);
    });

    test('is not touched with another key', async () => {
      await expect(openKeys(connection, { current: second })).rejects.toThrow(
        /DATA_KEY does not open this store/,
      );
      expect(await connection.collection('keys').countDocuments()).toBe(0);
    });
  });

  test('a key that was destroyed is never made again, and what it sealed is not there', async () => {
    const keys = await openKeys(connection, { current: first });
    const store = createStore(connection, keys);
    await store.identities.put('c1', { enterpriseName: '甲', contactName: '乙', username: null });
    const sealedThen = await connection.collection('identities').findOne();
    await keys.destroy('c1');
    expect(await store.identities.ofCase('c1')).toBeNull();
    await expect(
      store.identities.put('c1', { enterpriseName: '甲', contactName: '乙', username: null }),
    ).rejects.toThrow(/destroyed/);
    expect(keyIdOf(String(sealedThen?.['identity']))).not.toBe(keys.seal.keyId);
    // Two cases, two keys: one destroyed leaves the other.
    await store.identities.put('c2', { enterpriseName: '丙', contactName: '丁', username: null });
    expect(await store.identities.ofCase('c2')).toMatchObject({ contactName: '丁' });
  });
});
