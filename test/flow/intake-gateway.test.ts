import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { asUpload, defaultBudgets, type CallOptions } from '../../src/telegram/gateway.js';
import { openRedis, openTelegram } from '../support/intake-telegram.js';
import { freshServices } from '../support/services.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const open = async (options?: Parameters<typeof openTelegram>[0]) => {
  const telegram = await openTelegram(options);
  closing.push(telegram.close);
  await telegram.everybodyStarts();
  return telegram;
};

const answer = (chat: number): CallOptions => ({ chat, urgency: 'answer' });
const textTo = (chat: number, text = 'hello') => ({ chat_id: chat, text });

describe('what comes back', () => {
  test('a message arrives and its id comes back', async () => {
    const { sandbox, openGateway } = await open();
    const sent = await openGateway().call<{ message_id: number }>(
      'sendMessage',
      textTo(1001, '您好'),
      answer(1001),
    );
    expect(sent).toMatchObject({ ok: true, result: { text: '您好' } });
    expect(sandbox.person(1001).sees('您好')).toBe(true);
  });

  test('a document is uploaded together with its nested parameters', async () => {
    const { sandbox, openGateway } = await open();
    const gateway = openGateway();
    const first = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001), answer(1001));
    const document = asUpload({ bytes: Buffer.from('a letter'), fileName: '督办函.docx' });
    const reply = { message_id: first.ok ? first.result.message_id : 0 };
    const sent = await gateway.call(
      'sendDocument',
      { chat_id: 1001, document, caption: '请查收', reply_parameters: reply },
      answer(1001),
    );
    expect(sent.ok).toBe(true);
    const seen = sandbox.person(1001).last();
    expect(seen).toMatchObject({ caption: '请查收', document: { fileName: '督办函.docx', size: 8 } });
    expect(seen?.replyTo?.messageId).toBe(reply.message_id);
  });

  test('an album of uploads arrives as one', async () => {
    const { sandbox, openGateway } = await open();
    const media = ['a.txt', 'b.txt'].map((fileName) => ({
      type: 'document',
      media: asUpload({ bytes: Buffer.from(fileName), fileName, mimeType: 'text/plain' }),
    }));
    const sent = await openGateway().call('sendMediaGroup', { chat_id: 1001, media }, answer(1001));
    expect(sent.ok).toBe(true);
    const names = sandbox
      .person(1001)
      .messages()
      .flatMap(({ document }) => document?.fileName ?? []);
    expect(names).toEqual(['a.txt', 'b.txt']);
  });

  test('editing a message into what it already is counts as success', async () => {
    const { openGateway } = await open();
    const gateway = openGateway();
    const sent = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001), answer(1001));
    const edit = { ...textTo(1001), message_id: sent.ok ? sent.result.message_id : 0 };
    expect(await gateway.call('editMessageText', edit, answer(1001))).toEqual({ ok: true, result: true });
  });

  test('a person who blocked the bot is unreachable, one who never started as well (fault 13)', async () => {
    const { sandbox, openGateway } = await open();
    await sandbox.person(1001).block();
    const gateway = openGateway();
    for (const chat of [1001, 9999]) {
      const sent = await gateway.call('sendMessage', textTo(chat), answer(chat));
      expect(sent).toMatchObject({ ok: false, error: { class: 'unreachable' } });
    }
  });

  test('a message that is gone is told apart from a bad request', async () => {
    const { openGateway } = await open();
    const gateway = openGateway();
    const edit = { ...textTo(1001), message_id: 77_777 };
    expect(await gateway.call('editMessageText', edit, answer(1001))).toMatchObject({
      error: { class: 'message-gone' },
    });
    expect(await gateway.call('sendMessage', textTo(1001, ''), answer(1001))).toMatchObject({
      error: { class: 'bad-request' },
    });
  });

  test('a text whose markup breaks is sent once more as plain text (fault 15)', async () => {
    const { sandbox, openGateway } = await open();
    const broken = { ...textTo(1001, 'a <b>b & <script>'), parse_mode: 'HTML' };
    expect((await openGateway().call('sendMessage', broken, answer(1001))).ok).toBe(true);
    expect(sandbox.person(1001).last()?.text).toBe('a <b>b & <script>');
  });

  test('a wrong token stops all sending', async () => {
    const { sandbox, openGateway } = await open();
    const outcomes: string[] = [];
    const gateway = openGateway({ token: '1:wrong', onCall: ({ outcome }) => outcomes.push(outcome) });
    for (const chat of [1001, 1002]) {
      expect(await gateway.call('sendMessage', textTo(chat), answer(chat))).toMatchObject({
        error: { class: 'unauthorized' },
      });
    }
    expect(gateway.authorized()).toBe(false);
    expect(outcomes).toEqual(['unauthorized']);
    expect(sandbox.person(1001).sees('hello')).toBe(false);
  });
});

describe('when the line breaks (fault 14)', () => {
  test.each(['dropAfter', 'dropBefore', '5xxAfter', '5xx'] as const)(
    '%s: a message that may have arrived is never sent again, it is reported as ambiguous',
    async (kind) => {
      const { sandbox, openGateway } = await open();
      sandbox.faults.add([{ method: 'sendMessage', kind, count: 1 }]);
      const sent = await openGateway().call('sendMessage', textTo(1001, 'only once'), answer(1001));
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
    const sent = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001), answer(1001));
    sandbox.faults.add([{ method: 'editMessageText', kind: 'dropAfter', count: 1 }]);
    const edit = { ...textTo(1001, 'edited'), message_id: sent.ok ? sent.result.message_id : 0 };
    expect((await gateway.call('editMessageText', edit, answer(1001))).ok).toBe(true);
    expect(sandbox.person(1001).last()?.text).toBe('edited');
  });

  test('an answer that does not come within the time is ambiguous', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', kind: 'hangAfter', count: 1 }]);
    const options = { ...answer(1001), timeoutMs: 200 };
    const sent = await openGateway().call('sendMessage', textTo(1001), options);
    expect(sent).toEqual({ ok: false, error: { class: 'ambiguous' } });
  });

  test('where nobody listens, nothing was sent, and that is said', async () => {
    const { openGateway } = await open();
    const gateway = openGateway({ apiRoot: 'http://127.0.0.1:1' });
    const sent = await gateway.call('sendMessage', textTo(1001), { ...answer(1001), maxWaitMs: 500 });
    expect(sent).toEqual({ ok: false, error: { class: 'unavailable' } });
  });
});

describe('budgets and pauses (fault 12)', () => {
  test('a chat that gets 429 waits in full; others flow meanwhile', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', chatId: 1001, kind: '429', retryAfter: 1, count: 1 }]);
    const gateway = openGateway();
    const startedAt = performance.now();
    const slow = gateway
      .call('sendMessage', textTo(1001), answer(1001))
      .then(() => performance.now() - startedAt);
    const quick = gateway
      .call('sendMessage', textTo(1002), answer(1002))
      .then(() => performance.now() - startedAt);
    expect(await quick).toBeLessThan(900);
    expect(await slow).toBeGreaterThanOrEqual(1_000);
    expect(sandbox.person(1001).sees('hello')).toBe(true);
  });

  test('two chats that get 429 at once silence the whole bot until both are over', async () => {
    const { sandbox, openGateway } = await open({ people: [1001, 1002, 1003] });
    sandbox.faults.add([
      { method: 'sendMessage', chatId: 1001, kind: '429', retryAfter: 1, count: 1 },
      { method: 'sendMessage', chatId: 1002, kind: '429', retryAfter: 1, count: 1 },
    ]);
    const gateway = openGateway();
    const startedAt = performance.now();
    const both = [1001, 1002].map((chat) => gateway.call('sendMessage', textTo(chat), answer(chat)));
    await expect
      .poll(
        async () => {
          const probe = { ...answer(1003), maxWaitMs: 0 };
          const sent = await gateway.call('sendChatAction', { chat_id: 1003, action: 'typing' }, probe);
          return sent.ok ? 'ok' : sent.error.class;
        },
        { interval: 5 },
      )
      .toBe('too-many');
    expect((await gateway.call('sendMessage', textTo(1003), answer(1003))).ok).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    for (const sent of await Promise.all(both)) expect(sent.ok).toBe(true);
  });

  test('a wait longer than the caller can afford is reported with its length', async () => {
    const { sandbox, openGateway } = await open();
    sandbox.faults.add([{ method: 'sendMessage', kind: '429', retryAfter: 50, count: 1 }]);
    const gateway = openGateway();
    const sent = await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(sent).toMatchObject({ ok: false, error: { class: 'too-many', retryAfterMs: 50_000 } });
    const next = await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(next.ok || next.error.retryAfterMs).toBeGreaterThan(49_000);
    expect(sandbox.journal().filter(({ method }) => method === 'sendMessage')).toHaveLength(0);
  });

  test('two replicas together stay within what a strict Telegram allows', async () => {
    const people = Array.from({ length: 70 }, (_, index) => 2000 + index);
    const { sandbox, openGateway } = await open({ people, limits: {} });
    const redis = openRedis(freshServices().redis);
    closing.push(() => redis.disconnect());
    await once(redis, 'ready');
    const outcomes: string[] = [];
    const parts = {
      redis,
      limits: defaultBudgets,
      onCall: ({ outcome }: { outcome: string }) => void outcomes.push(outcome),
    };
    const gateways = [openGateway(parts), openGateway(parts)];
    const sent = await Promise.all(
      people.map((id, index) =>
        gateways[index % 2]?.call('sendMessage', textTo(id), { chat: id, urgency: 'notice' }),
      ),
    );
    expect(sent.every((one) => one?.ok)).toBe(true);
    expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([]);
    expect(sandbox.journal().filter(({ method }) => method === 'sendMessage')).toHaveLength(70);
  });

  test('Redis keeps the chats’ ids to itself: its keys are hashes (fault 26)', async () => {
    const { openGateway } = await open({ people: [13_800_001] });
    const redis = openRedis(freshServices().redis);
    closing.push(() => redis.disconnect());
    await once(redis, 'ready');
    await openGateway({ redis, limits: defaultBudgets }).call(
      'sendMessage',
      textTo(13_800_001),
      answer(13_800_001),
    );
    const keys = await redis.keys('gateway:*');
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.join(' ')).not.toMatch(/13800001|424242/);
  });

  test('without Redis sending goes on at once, paced by the process alone (fault 9)', async () => {
    const { openGateway } = await open();
    const redis = openRedis({ path: '/nonexistent/redis.sock', password: 'x' });
    closing.push(() => redis.disconnect());
    const gateway = openGateway({ redis, limits: { ...defaultBudgets, chatBurst: 2 } });
    const startedAt = performance.now();
    for (let count = 0; count < 2; count += 1) await gateway.call('sendMessage', textTo(1001), answer(1001));
    expect(performance.now() - startedAt).toBeLessThan(500);
    const third = await gateway.call('sendMessage', textTo(1001), { ...answer(1001), maxWaitMs: 0 });
    expect(third).toMatchObject({ ok: false, error: { class: 'too-many' } });
  });
});
