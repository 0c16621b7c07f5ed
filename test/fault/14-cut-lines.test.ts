/** A call that was accepted and whose answer is lost: cut, 502, or never coming. The content comes once, the doubt is recorded. */
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { answerOnce } from '../../src/actions/answer-once.js';
import type { Outcome } from '../../src/actions/messenger.js';
import type { Gateway } from '../../src/telegram/gateway.js';
import { answerPress } from '../../src/telegram/messenger.js';
import { createTransport } from '../../src/telegram/transport.js';
import { createAnswers } from '../../src/store/answers.js';
import { connectStore } from '../../src/store/connect.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { contacted, dispatched, writeResult } from '../support/case-steps.js';
import { openTelegram } from '../support/intake-telegram.js';
import { quiet as quietLog } from '../support/intake-store.js';
import { heard, quiet } from '../support/listening.js';
import { openTelegramDoor } from '../support/telegram-door.js';
import { freshServices } from '../support/services.js';
import { arrive } from '../support/steps.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('the gateway', () => {
  const textTo = (chat: number, text: string) => ({ chat_id: chat, text });
  const open = async () => {
    const telegram = await openTelegram();
    closing.push(telegram.close);
    await telegram.everybodyStarts();
    return telegram;
  };
  const answer = { chat: 1001, urgency: 'answer' } as const;

  test.each(['dropAfter', 'dropBefore', '5xxAfter', '5xx'] as const)(
    '%s: a message that may have arrived is never sent again, it is reported as ambiguous',
    async (kind) => {
      const { sandbox, openGateway } = await open();
      sandbox.faults.add([{ method: 'sendMessage', kind, count: 1 }]);
      const sent = await openGateway().call('sendMessage', textTo(1001, 'only once'), answer);
      expect(sent).toMatchObject({ ok: false, error: { class: 'ambiguous' } });
      const copies = sandbox
        .person(1001)
        .messages()
        .filter(({ text }) => text === 'only once');
      expect(copies).toHaveLength(kind.endsWith('After') ? 1 : 0);
    },
  );

  test('an edit may be repeated, so it is, until it is known to be there', async () => {
    const { sandbox, openGateway } = await open();
    const gateway = openGateway();
    const sent = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001, 'hello'), answer);
    sandbox.faults.add([{ method: 'editMessageText', kind: 'dropAfter', count: 1 }]);
    const edit = { ...textTo(1001, 'edited'), message_id: sent.ok ? sent.result.message_id : 0 };
    expect((await gateway.call('editMessageText', edit, answer)).ok).toBe(true);
    expect(sandbox.person(1001).last()?.text).toBe('edited');
  });

  test('a request that something on the way takes for an upgrade is given up in time, too', async () => {
    const taken = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n'),
      );
    });
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    closing.push(() => taken.close());
    const transport = createTransport(`http://127.0.0.1:${(taken.address() as AddressInfo).port}`);
    closing.push(() => transport.close());
    const body = { contentType: 'application/json', bytes: Buffer.from('{}') };
    expect(await transport.post({ path: '/x', body, timeoutMs: 300 })).toEqual({ kind: 'cut' });
  });

  test('an answer that does not come within the time is ambiguous', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', kind: 'hangAfter', count: 1 }]);
    const sent = await openGateway().call('sendMessage', textTo(1001, 'hello'), {
      ...answer,
      timeoutMs: 200,
    });
    expect(sent).toEqual({ ok: false, error: { class: 'ambiguous' } });
  });

  test('the waiting circle on a pressed button is given up long before its handler has used up its time', async () => {
    const { openGateway } = await open();
    const gateway = openGateway();
    const limits: unknown[] = [];
    const noting: Pick<Gateway, 'call'> = {
      call: async (method, payload, options) => {
        limits.push(options.timeoutMs, options.maxWaitMs);
        return await gateway.call(method, payload, options);
      },
    };
    await answerPress(noting, 'an old press', undefined);
    expect(limits).toEqual([5_000, 5_000]);
  });

  test('where nobody listens, nothing was sent, and that is said', async () => {
    const { openGateway } = await open();
    const gateway = openGateway({ apiRoot: 'http://127.0.0.1:1' });
    const sent = await gateway.call('sendMessage', textTo(1001, 'hello'), { ...answer, maxWaitMs: 500 });
    expect(sent).toEqual({ ok: false, error: { class: 'unavailable' } });
  });

  test('nothing is begun that could outlive the lease it is sent under', async () => {
    const { sandbox, openGateway } = await open();
    const options = { ...answer, overBy: performance.now() + 100 };
    const sent = await openGateway().call('sendMessage', textTo(1001, 'too late'), options);
    expect(sent).toEqual({ ok: false, error: { class: 'unavailable' } });
    expect(sandbox.person(1001).sees('too late')).toBe(false);
  });
});

describe('the whole channel', () => {
  const { owner, duty, officer } = cast;
  const open = async (): Promise<Channel> => {
    const channel = await startChannel();
    closing.push(channel.stop);
    for (const id of [owner, duty, officer]) await arrive(channel.person(id));
    return channel;
  };
  const ambiguousOf = async (channel: Channel): Promise<number> => {
    const rows = await channel.connection().collection('deliveries').find().toArray();
    return rows.reduce((sum, { ambiguous }) => sum + Number(ambiguous), 0);
  };

  test.each([
    ['sendMessage', 'dropAfter', 1],
    ['sendMessage', '5xxAfter', 1],
    ['sendMessage', 'dropBefore', 1],
    ['editMessageText', 'dropAfter', 0],
    ['editMessageText', '5xxAfter', 0],
  ] as const)('%s, %s: the content comes once, what is in doubt is counted', async (method, kind, doubts) => {
    const channel = await open();
    channel.sandbox.faults.add([{ method, kind, chatId: officer, count: 1 }]);
    await dispatched(channel);
    await quiet(channel);
    const person = channel.person(officer);
    expect(heard(person).filter((line) => line.includes('请签收'))).toHaveLength(1);
    const orphans = person.messages().filter(({ text = '' }) => text.startsWith('🔔'));
    expect(orphans).toHaveLength(method === 'sendMessage' && kind !== 'dropBefore' ? 1 : 0);
    expect(await ambiguousOf(channel)).toBe(doubts);
    const state = (await channel.state()) as unknown as { ambiguous: number };
    expect(state.ambiguous).toBe(doubts);
  });
});

/** A channel whose officer is there, with somebody at the door before Telegram. */
async function startBehindDoor(answer: Parameters<typeof openTelegramDoor>[1]): Promise<Channel> {
  const channel = await startChannel({
    door: async (apiRoot) => {
      const door = await openTelegramDoor(apiRoot, answer);
      closing.push(door.close);
      return door.apiRoot;
    },
  });
  closing.push(channel.stop);
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
  return channel;
}

test.each([
  ['of which there is nothing to say any more', 'dropped', { caseId: 'erased' }],
  ['which cannot be rendered any more', 'dead', { event: null }],
] as const)(
  'a notice that may have arrived, %s when another takes it over, is counted as in doubt',
  async (_, state, meanwhile) => {
    const { officer } = cast;
    const deliveries = () => channel.connection().collection('deliveries');
    let left = 1;
    const channel = await startBehindDoor(async (method, { chat_id: chat, text = '' }) => {
      if (method !== 'sendMessage' || chat !== officer || !String(text).startsWith('🔔') || left-- <= 0)
        return undefined;
      // As it is found where whoever wrote the request has died.
      await deliveries().updateOne(
        { role: 'officer', sending: true },
        { $inc: { fence: 1 }, $set: { ...meanwhile, leaseUntil: new Date(0) } },
      );
      return undefined;
    });
    await dispatched(channel);
    await quiet(channel);
    const orphans = channel.person(officer).messages();
    expect(orphans.filter(({ text = '' }) => text.startsWith('🔔'))).toHaveLength(1);
    const doubtful = await deliveries()
      .find({ ambiguous: { $gt: 0 } })
      .toArray();
    expect(doubtful).toMatchObject([{ role: 'officer', state, ambiguous: 1, sending: false }]);
  },
);

test('a page in place of Telegram’s answer, whatever its status, loses nobody: the card arrives once and its reader stays reachable', async () => {
  const { officer } = cast;
  const pages = ['sendMessage 403', 'editMessageText 403', 'editMessageText 404'];
  const channel = await startBehindDoor((method, { chat_id: chat, text = '' }) => {
    const [expected, status] = pages[0]?.split(' ') ?? [];
    // The officer's card on its way out, be it the notice or the content in its place.
    if (method !== expected || chat !== officer || !/🔔|请签收/.test(String(text))) return undefined;
    pages.shift();
    return { status: Number(status), body: '<html><h1>Forbidden</h1></html>' };
  });
  await dispatched(channel);
  await quiet(channel);
  expect(pages).toEqual([]);
  expect(heard(channel.person(officer)).filter((line) => line.includes('请签收'))).toHaveLength(1);
  const people = channel.connection().collection('people');
  expect(await people.countDocuments({ reachable: false })).toBe(0);
  expect((await channel.state()).deliveries).not.toHaveProperty('dead');
});

test('a result whose answer could not be written: handled again, it was sent once, and the card that says so is kept up to date', async () => {
  const channel = await startChannel();
  closing.push(channel.stop);
  const { owner, duty, officer } = cast;
  for (const id of [owner, duty, officer]) await arrive(channel.person(id));
  const number = await contacted(channel);
  await writeResult(channel, { person: officer, number });
  const person = channel.person(officer);
  // More than the gateway repeats: the handler fails after everything was stored.
  channel.sandbox.faults.add([{ method: 'editMessageText', kind: '5xx', chatId: officer, count: 3 }]);
  await person.press(/上报$/, { message: await person.waitFor(/请核对后上报/) });
  await expect.poll(() => person.last()?.text ?? '', { timeout: 20_000, interval: 20 }).toMatch(/待核销/);
  await quiet(channel);
  const cards = channel.connection().collection<{ telegramMessageId: number }>('cards');
  const people = await cards.find({ current: true, role: 'officer' }).toArray();
  const standing = person
    .messages()
    .filter(({ messageId }) => people.some((card) => card.telegramMessageId === messageId));
  for (const { text = '' } of standing) expect(text).not.toContain('办理中');
});

test('a part of an answer that may have arrived is not sent again when its update is handled again; one that was refused is', async () => {
  const connection = await connectStore(freshServices().mongoUri, { log: quietLog });
  closing.push(async () => await connection.close());
  const answers = createAnswers(connection);
  const once = answerOnce({ store: { answers }, log: quietLog });
  const sent: string[] = [];
  const send = (name: string, outcome: Outcome) => async () => {
    sent.push(name);
    return outcome;
  };
  const arrived = { kind: 'sent', messageId: 1 } as const;
  await once('update', 0, send('first', arrived));
  await once('update', 1, send('cut', { kind: 'unknown' }));
  await once('update', 2, send('refused for now', { kind: 'later', pauseMs: 1 }));
  for (const [part, name] of ['first', 'cut', 'refused for now'].entries())
    await once('update', part, send(name, arrived));
  expect(sent).toEqual(['first', 'cut', 'refused for now', 'refused for now']);
  // Killed between the note and the request, or just after it: nobody knows, and it is counted.
  await answers.begin('another', 0);
  expect(await once('another', 0, send('killed', arrived))).toBe(null);
  const doubts = await connection.collection('answers').countDocuments({ ambiguous: 1 });
  expect(doubts).toBe(2);
});
