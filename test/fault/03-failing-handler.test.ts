/** A handler that throws in the middle of a batch (fault 3), and one that dies before its update counts as handled. */
import { afterEach, describe, expect, test } from 'vitest';
import { Fault, InvariantError, TelegramFault } from '../../src/errors.js';
import { createSeal } from '../../src/seal.js';
import { createDeadLetters } from '../../src/store/dead-letters.js';
import { cast, startChannel } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { botId, gate, messageFrom, openIntakeStore } from '../support/intake-store.js';
import { quiet } from '../support/listening.js';
import { arrive, file } from '../support/steps.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async (options?: Parameters<typeof openIntakeStore>[0]) => {
  const store = await openIntakeStore(options);
  closing.push(store.close);
  return store;
};

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

  test('an update that is handled again waits from then on, however old it is', async () => {
    const { connection, inbox } = await open();
    const deadLetters = createDeadLetters(connection, createSeal({ dataKey: Buffer.alloc(32, 3) }));
    await inbox.insert(botId, [messageFrom(1001, 1)]);
    await inbox.bury(`${botId}:1`, 5, 'Error');
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    await connection.collection('inbox').updateOne({ updateId: 1 }, { $set: { receivedAt: longAgo } });
    const revivedAt = Date.now();
    expect(await deadLetters.revive('all', { causeId: 'a press', byPersonId: 'the admin' })).toBe(1);
    const { waiting, oldestWaitingAt } = await inbox.count();
    expect(waiting).toBe(1);
    expect(oldestWaitingAt?.getTime()).toBeGreaterThanOrEqual(revivedAt);
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

  test('what Telegram asks to wait for rests as long as that, costs no try, holds nobody else up, and is handled then', async () => {
    const { connection, inbox, replicas, startLanes } = await open({ replicas: 2 });
    const rows = connection.collection('inbox');
    const seen: string[] = [];
    const note = (who: string) => (update: { update_id: number }) =>
      void seen.push(`${who} ${update.update_id}`);
    const asked = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [1, 1, 1, 1],
      onDead: () => Promise.resolve(void seen.push('dead')),
      handle: (update) => {
        note('asked')(update);
        if (update.update_id === 1) throw new TelegramFault('come back in an hour', 3_600_000);
        return Promise.resolve();
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2), messageFrom(1002, 3)]);
    // No more than a quarter of an hour is left to it, and it is old.
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    await rows.updateMany({}, { $set: { receivedAt: longAgo } });
    await rows.updateOne({ updateId: 1 }, { $set: { failures: 20 } });
    const from = Date.now();
    await asked.drainIdle();
    await asked.stop();
    expect(seen.toSorted((a, b) => a.localeCompare(b))).toEqual(['asked 1', 'asked 3']);
    const putOff = await rows.findOne<{ nextAttemptAt: Date }>({ updateId: 1, failures: 20 });
    expect(putOff?.nextAttemptAt.getTime()).toBeGreaterThanOrEqual(from + 3_600_000);
    // Whoever has to wait, and what queues behind, is no sign that updates are not handled.
    const { waiting, dead, oldestWaitingAt } = await inbox.count();
    expect({ waiting, dead }).toEqual({ waiting: 2, dead: 0 });
    expect(oldestWaitingAt).toEqual(putOff?.nextAttemptAt);

    await rows.updateOne({ updateId: 1 }, { $set: { nextAttemptAt: new Date() } });
    const later = startLanes(replicas[1] ?? expect.fail(), {
      handle: (update) => Promise.resolve(note('later')(update)),
    });
    await later.drainIdle();
    expect(seen.slice(2)).toEqual(['later 1', 'later 2']);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 0 });
  });

  test('Telegram may be away for a day: nothing is set aside for it, and a try is left for what fails after it', async () => {
    const { connection, inbox, replicas, startLanes } = await open();
    const rows = connection.collection('inbox');
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [60_000, 60_000, 60_000, 60_000],
      handle: () => {
        throw new TelegramFault('nobody knows whether it arrived');
      },
    });
    const all = [1, 2, 3].map((id) => messageFrom(1000 + id, id));
    await inbox.insert(botId, all);
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    await rows.updateOne({ updateId: 1 }, { $set: { failures: 20, receivedAt: hoursAgo(23) } });
    await rows.updateOne({ updateId: 2 }, { $set: { failures: 3 } });
    await rows.updateOne({ updateId: 3 }, { $set: { failures: 20, receivedAt: hoursAgo(25) } });
    await lanes.drainIdle();
    const found = await rows.find().sort({ updateId: 1 }).toArray();
    expect(found.map(({ state, failures }) => [state, failures])).toEqual([
      ['new', 20],
      ['new', 3],
      ['dead', 21],
    ]);
  });

  test('trouble on the way to the store passes, by whatever name the driver calls it; a write that was refused does not', async () => {
    const { connection, inbox, replicas, startLanes } = await open();
    const named = (name: string, more: object = {}) => Object.assign(new Error('trouble'), { name, ...more });
    const troubles = [
      named('MongoNetworkTimeoutError'),
      named('PoolClearedOnNetworkError'),
      named('MongoBulkWriteError', { writeErrors: [] }),
      named('MongoBulkWriteError', { writeErrors: [{ code: 121 }] }),
    ];
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [],
      handle: (update) => Promise.reject(troubles[update.update_id - 1] ?? expect.fail()),
    });
    await inbox.insert(
      botId,
      troubles.map((_, i) => messageFrom(1001 + i, i + 1)),
    );
    await lanes.drainIdle();
    const found = await connection.collection('inbox').find().sort({ updateId: 1 }).toArray();
    expect(found.map(({ state }) => state as string)).toEqual(['new', 'new', 'new', 'dead']);
  });

  test('a handler that hangs is trouble that passes: it is tried as long as that, and does not hold its person up for ever', async () => {
    const { connection, inbox, replicas, startLanes } = await open();
    const seen: number[] = [];
    const lanes = startLanes(replicas[0] ?? expect.fail(), {
      pausesMs: [],
      handlingMs: 20,
      handle: (update) => {
        seen.push(update.update_id);
        return update.update_id === 2 ? Promise.resolve() : new Promise(() => undefined);
      },
    });
    await inbox.insert(botId, [messageFrom(1001, 1), messageFrom(1001, 2), messageFrom(1002, 3)]);
    await connection.collection('inbox').updateOne({ updateId: 1 }, { $set: { failures: 19 } });
    await lanes.drainIdle();
    expect(new Set(seen)).toEqual(new Set([1, 2, 3]));
    expect(seen.indexOf(1)).toBeLessThan(seen.indexOf(2));
    expect(await inbox.count()).toMatchObject({ waiting: 1, dead: 1 });
    const [waiting] = await inbox.waiting((await inbox.heads({ except: [], limit: 1 }))[0] ?? [], 1);
    // Each of its tries takes a minute by itself.
    expect(waiting).toMatchObject({ updateId: 3, failures: 2 });
  });

  test('an update that failed often is not set aside because the one who had it in hand died', async () => {
    const { connection, inbox, leases, replicas, startLanes } = await open({ leaseMs: 1 });
    await inbox.insert(botId, [messageFrom(1001, 1)]);
    await connection.collection('inbox').updateOne({ updateId: 1 }, { $set: { failures: 8 } });
    const [head] = await inbox.heads({ except: [], limit: 1 });
    await leases.acquire(head ?? [], 'the one that dies');
    const seen: number[] = [];
    const lanes = startLanes(
      { inbox, leases: { ...(replicas[0] ?? expect.fail()).leases, leaseMs: 10_000 } },
      { handle: (update) => Promise.resolve(void seen.push(update.update_id)) },
    );
    await lanes.drainIdle();
    expect(seen).toEqual([1]);
    expect(await inbox.count()).toMatchObject({ waiting: 0, dead: 0 });
  });
});

describe('handled, but not yet marked as handled', () => {
  test('an update counts as handled only after its handler: whoever dies in between handles it again, and nothing is done twice', async () => {
    // Each update dies once at the boundary between what its handler wrote and the mark.
    let passed = 0;
    const channel = await startChannel({
      crashPoint: (name) => {
        if (name === 'update-handled' && ++passed % 2 === 1) throw new Fault('died here');
      },
    });
    closing.push(channel.stop);
    const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
    await arrive(owner);
    await arrive(duty);
    const number = await file(owner, slowPermit);
    await quiet(channel);
    expect(passed).toBeGreaterThan(12);
    expect((await channel.state()).cases).toEqual({ filed: 1 });
    for (const person of [owner, duty]) {
      const about = person
        .messages()
        .filter(({ from, text = '' }) => from === 'bot' && text.includes(number));
      expect(about, `${person.id}`).toHaveLength(1);
    }
    const cases = channel.connection().collection<{ history: { transition: string }[] }>('cases');
    const [c] = await cases.find().toArray();
    expect(c?.history.map(({ transition }) => transition)).toEqual(['file', 'propose']);
    expect((await channel.state()).deadLetters).toBe(0);
  });
});
