import { afterEach, describe, expect, test } from 'vitest';
import { Fault, InvariantError } from '../../src/errors.js';
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

const drainAll = async (lanes: readonly { drainIdle(): Promise<void> }[]) => {
  await Promise.all(lanes.map((one) => one.drainIdle()));
  // Once more: what one replica left resting may have been finished by another meanwhile.
  await Promise.all(lanes.map((one) => one.drainIdle()));
};

describe('once and in order', () => {
  test('one update that arrives 5 times in parallel at 3 replicas is handled once (fault 1)', async () => {
    const { replicas, startLanes } = await open({ replicas: 3 });
    const handled: string[] = [];
    const lanes = replicas.map((replica) =>
      startLanes(replica, { handle: (_update, causeId) => Promise.resolve(void handled.push(causeId)) }),
    );
    const arrivals = Array.from({ length: 5 }, (_, index) => replicas[index % 3]);
    await Promise.all(
      arrivals.map(async (replica, index) => {
        await replica?.inbox.insert(botId, [messageFrom(1001, 7)]);
        lanes[index % 3]?.kick();
      }),
    );
    await drainAll(lanes);
    await replicas[0]?.inbox.insert(botId, [messageFrom(1001, 7), messageFrom(1001, 8)]);
    await drainAll(lanes);
    expect(handled).toEqual([`${botId}:7`, `${botId}:8`]);
  });

  test('100 updates of one chat are handled in order by 3 replicas (fault 17)', async () => {
    const { inbox, replicas, startLanes } = await open({ replicas: 3 });
    const handled: number[] = [];
    const handle = (update: { update_id: number }) => Promise.resolve(void handled.push(update.update_id));
    const lanes = replicas.map((replica) => startLanes(replica, { handle }));
    for (let start = 0; start < 100; start += 10) {
      await inbox.insert(
        botId,
        Array.from({ length: 10 }, (_, index) => messageFrom(1001, start + index)),
      );
      for (const one of lanes) one.kick();
    }
    await drainAll(lanes);
    expect(handled).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

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

  test('the order of a group and of a person in it both hold, on 2 replicas at once', async () => {
    const { inbox, replicas, startLanes } = await open({ replicas: 2 });
    const busy = new Set<number>();
    const seen = new Map<number, number[]>();
    const overlaps: number[] = [];
    const handle = async (update: { update_id: number }) => {
      const mine = sent.find(({ updateId }) => updateId === update.update_id)?.lanes ?? [];
      for (const lane of mine) {
        if (busy.has(lane)) overlaps.push(update.update_id);
        busy.add(lane);
      }
      await new Promise(setImmediate);
      for (const lane of mine) {
        busy.delete(lane);
        seen.set(lane, [...(seen.get(lane) ?? []), update.update_id]);
      }
    };
    const sent = Array.from({ length: 60 }, (_, index) => {
      const person = 1 + (index % 4);
      return messageFrom(person, index, index % 3 === 0 ? { group: -(1 + (index % 2)) } : {});
    });
    const lanes = replicas.map((replica) => startLanes(replica, { handle }));
    await inbox.insert(botId, sent);
    await drainAll(lanes);
    expect(overlaps).toEqual([]);
    expect([...seen.values()].flat()).toHaveLength(sent.flatMap((one) => one.lanes).length);
    for (const order of seen.values()) expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});

describe('failures', () => {
  test('what fails is tried again with the same cause; the lane waits for it, other people do not (fault 3)', async () => {
    const { inbox, replicas, startLanes } = await open();
    const seen: string[] = [];
    let failures = 2;
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [1, 1, 1, 1],
      handle: async (update, causeId) => {
        seen.push(causeId);
        if (update.update_id === 2 && failures-- > 0) throw new Error('not yet');
        return Promise.resolve();
      },
    });
    const [one, two, three] = [messageFrom(1001, 1), messageFrom(1001, 2), messageFrom(1001, 3)];
    await inbox.insert(botId, [one, two, three, messageFrom(1002, 4)]);
    await lanes.drainIdle();
    await expect.poll(() => seen.filter((cause) => cause.endsWith(':3'))).toHaveLength(1);
    const ofFirst = seen.filter((cause) => !cause.endsWith(':4'));
    expect(ofFirst).toEqual([1, 2, 2, 2, 3].map((id) => `${botId}:${id}`));
    expect(seen.filter((cause) => cause.endsWith(':4'))).toHaveLength(1);
  });

  test('after five failures the person is told a reference number and the lane goes on', async () => {
    const { inbox, replicas, startLanes } = await open();
    const told: { ref: string; update: unknown }[] = [];
    const seen: number[] = [];
    const after = gate();
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [1, 1, 1, 1],
      onDead: (ref, update) => Promise.resolve(void told.push({ ref, update })),
      handle: (update) => {
        seen.push(update.update_id);
        if (update.update_id === 1) throw new Error('always');
        after.open();
        return Promise.resolve();
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    lanes.kick();
    await after.passed;
    await lanes.drainIdle();
    expect(seen).toEqual([1, 1, 1, 1, 1, 2]);
    expect(told).toEqual([{ ref: inbox.referenceOf(`${botId}:1`), update: messageFrom(1001, 1).update }]);
    expect(told[0]?.ref).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
  });

  test('the pause after a failure holds on another replica, too, and for what comes after it', async () => {
    const { inbox, replicas, startLanes } = await open({ replicas: 2 });
    const seen: string[] = [];
    const note = (who: string) => (update: { update_id: number }) =>
      void seen.push(`${who} ${update.update_id}`);
    const [one, other] = [replicas[0] ?? expect.fail(), replicas[1] ?? expect.fail()];
    const first = startLanes(one, {
      pausesMs: [60_000],
      handle: (update) => {
        note('first')(update);
        throw new Error('not yet');
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    await first.drainIdle();
    await first.stop();
    const second = startLanes(other, { handle: (update) => Promise.resolve(note('second')(update)) });
    await inbox.insert(botId, [messageFrom(1002, 3)]);
    await second.drainIdle();
    expect(seen).toEqual(['first 1', 'second 3']);
    expect(await inbox.count()).toMatchObject({ waiting: 2, dead: 0 });
  });

  test('a bug is not tried again; trouble of the store is given more tries than a failing handler', async () => {
    const { inbox, replicas, startLanes } = await open();
    const tries = new Map<number, number>();
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [1],
      handle: (update) => {
        const count = (tries.get(update.update_id) ?? 0) + 1;
        tries.set(update.update_id, count);
        if (update.update_id === 1) throw new InvariantError('cannot be');
        if (update.update_id === 2 && count === 1) throw new Fault('away');
        return Promise.resolve();
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1002, 2)]);
    await lanes.drainIdle();
    await expect.poll(() => tries.get(2)).toBe(2);
    await lanes.drainIdle();
    expect(tries.get(1)).toBe(1);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
  });

  test('a handler that hangs counts as failed and does not hold its person up for ever', async () => {
    const { inbox, replicas, startLanes } = await open();
    const seen: number[] = [];
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [],
      handlingMs: 20,
      handle: (update) => {
        seen.push(update.update_id);
        return update.update_id === 1 ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2)]);
    await lanes.drainIdle();
    expect(seen).toEqual([1, 2]);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 1 });
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
    await connection.collection('inbox').updateOne({ updateId: 1 }, { $set: { failures: 8 } });
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
