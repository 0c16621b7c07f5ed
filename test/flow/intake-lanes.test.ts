import { afterEach, describe, expect, test } from 'vitest';
import { botId, gate, messageFrom, openIntakeStore } from '../support/intake-store.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (options?: Parameters<typeof openIntakeStore>[0]) => {
  const store = await openIntakeStore(options);
  closing.push(store.close);
  return store;
};

describe('many at once', () => {
  test('many people are served at once', async () => {
    const { inbox, startLanes, replicas } = await open();
    const all = gate();
    let inside = 0;
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      handle: async () => {
        inside += 1;
        if (inside === 10) all.open();
        await all.passed;
      },
      maxParallel: 10,
    });
    await inbox.insert(
      botId,
      Array.from({ length: 10 }, (_, index) => messageFrom(1000 + index, index)),
    );
    await lanes.drainIdle();
    expect(inside).toBe(10);
  });
});

describe('owners', () => {
  test('when an owner vanishes, another takes its lane over after the lease, and the attempt counts', async () => {
    const { inbox, leases, replicas, startLanes } = await open({ replicas: 2, leaseMs: 400 });
    await inbox.insert(botId, [messageFrom(1001, 1)]);
    const [head] = await inbox.heads({ except: [], limit: 1 });
    expect(await leases.acquire(head ?? [], 'the one that dies')).toBe('taken');
    const done = gate();
    const diedAt = performance.now();
    const lanes = startLanes(replicas[1] ?? expect.fail(), {
      handle: () => Promise.resolve(done.open()),
    });
    lanes.kick();
    await done.passed;
    expect(performance.now() - diedAt).toBeGreaterThan(390);
    await lanes.drainIdle();
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 0 });
  });

  test('an update that ended its owner again and again is set aside in the end', async () => {
    const { connection, inbox, leases, replicas, startLanes } = await open({ leaseMs: 1 });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    await connection.collection('inbox').updateOne({ updateId: 1 }, { $set: { orphanings: 8 } });
    const [head] = await inbox.heads({ except: [], limit: 1 });
    await leases.acquire(head ?? [], 'the one that dies');
    const told: string[] = [];
    const lanes = startLanes(
      { inbox, leases: { ...(replicas[0] ?? expect.fail()).leases, leaseMs: 10_000 } },
      { handle: () => Promise.resolve(), onDead: (ref) => Promise.resolve(void told.push(ref)) },
    );
    await lanes.drainIdle();
    expect(told).toEqual([inbox.referenceOf(`${botId}:1`)]);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
  });

  test('a deadly update is set aside, and none of those that were in hand beside it each time', async () => {
    const { inbox, replicas, startLanes } = await open({ leaseMs: 1 });
    const people = 20;
    const deadly = 7;
    await inbox.insert(
      botId,
      Array.from({ length: people }, (_, index) => messageFrom(1000 + index, index)),
    );
    const told: string[] = [];
    const handled = new Set<number>();
    const { leases } = replicas[0] ?? expect.fail();
    const isOver = async (): Promise<boolean> => (await inbox.count()).waiting === 0;
    for (let life = 0; life < 50 && !(await isOver()); life++) {
      const death = gate();
      let isDead = false;
      // Whoever has died neither asks nor answers any more.
      const never = new Promise<never>(() => undefined);
      const untilDeath = <T extends object>(of: T): T =>
        new Proxy(of, {
          get: (target, name) => {
            const found: unknown = Reflect.get(target, name);
            if (typeof found !== 'function') return found;
            return (...given: unknown[]): unknown => (isDead ? never : found.apply(target, given));
          },
        });
      const lanes = startLanes(
        { inbox: untilDeath(inbox), leases: untilDeath({ ...leases, leaseMs: 10_000 }) },
        {
          handle: async ({ update_id: id }) => {
            if (id === deadly) {
              isDead = true;
              death.open();
            }
            for (let step = 0; step < 3; step++) await new Promise((resolve) => setImmediate(resolve));
            if (isDead) return await never;
            handled.add(id);
          },
          onDead: (ref) => Promise.resolve(void told.push(ref)),
        },
      );
      await Promise.race([death.passed, lanes.drainIdle()]);
    }
    expect(told).toEqual([inbox.referenceOf(`${botId}:${deadly}`)]);
    expect(handled.size).toBe(people - 1);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
  });

  test('a lease is one owner’s: renewed by him alone, released by him alone, all lanes or none', async () => {
    const { leases } = await open();
    expect(await leases.acquire(['a', 'b'], 'first')).toBe('taken');
    expect(await leases.acquire(['b', 'c'], 'second')).toBe('busy');
    expect(await leases.acquire(['c'], 'third')).toBe('taken');
    await leases.release(['a', 'b'], 'second');
    expect(await leases.renew(['a', 'b', 'c'], 'first')).toEqual(['a', 'b']);
    expect(await leases.acquire(['a'], 'first')).toBe('taken');
    await leases.release(['a', 'b'], 'first');
    expect(await leases.acquire(['a', 'b'], 'second')).toBe('taken');
  });

  test('20 owners who come to a free lane at once: one gets it', async () => {
    const { leases } = await open();
    const owners = Array.from({ length: 20 }, (_, index) => `owner ${index}`);
    const answers = await Promise.all(owners.map((owner) => leases.acquire(['a'], owner)));
    expect(answers.filter((answer) => answer !== 'busy')).toEqual(['taken']);
  });

  test('stop waits for what is in hand, starts nothing new and gives the lane back', async () => {
    const { inbox, leases, replicas, startLanes } = await open();
    const [inside, finish] = [gate(), gate()];
    const seen: number[] = [];
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      handle: async (update) => {
        seen.push(update.update_id);
        inside.open();
        await finish.passed;
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    lanes.kick();
    await inside.passed;
    const stopped = lanes.stop();
    finish.open();
    await stopped;
    expect(seen).toEqual([1]);
    const [head] = await inbox.heads({ except: [], limit: 1 });
    expect(await leases.acquire(head ?? [], 'the next one')).toBe('taken');
  });
});

describe('what the store shows (fault 26)', () => {
  test('nothing of an update is in clear, and after handling only its id is left', async () => {
    const { connection, inbox, replicas, startLanes, rows } = await open();
    await inbox.insert(botId, [messageFrom(13_800_001, 1, { text: '我的手机 13900000000' })]);
    const dump = JSON.stringify([await rows(), await connection.collection('lanes').find().toArray()]);
    for (const secret of ['13800001', '13900000000', '我的手机']) expect(dump).not.toContain(secret);
    const lanes = startLanes(replicas[0] ?? expect.fail(), { handle: () => Promise.resolve() });
    await lanes.drainIdle();
    const [row] = await rows();
    expect(Object.keys(row ?? {}).sort()).toEqual(['_id', 'doneAt', 'state', 'updateId']);
    expect(await connection.collection('lanes').countDocuments()).toBe(0);
  });

  test('a swapped content is noticed, set aside, and the person’s next update is handled', async () => {
    const { connection, inbox, replicas, startLanes } = await open();
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    const stored = connection.collection('inbox');
    const other = await stored.findOne({ updateId: 2 });
    await stored.updateOne({ updateId: 1 }, { $set: { payload: other?.['payload'] } });
    const seen: number[] = [];
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      handle: (update) => Promise.resolve(void seen.push(update.update_id)),
    });
    await lanes.drainIdle();
    expect(seen).toEqual([2]);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
  });
});
