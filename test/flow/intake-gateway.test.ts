import { afterEach, describe, expect, test } from 'vitest';
import { asUpload, type CallOptions } from '../../src/telegram/gateway.js';
import { openTelegram } from '../support/intake-telegram.js';

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

  test('many calls that wait at once are no leak to be warned of', async () => {
    const { sandbox, openGateway } = await open();
    const warnings: string[] = [];
    const note = ({ name }: Error) => void warnings.push(name);
    process.on('warning', note);
    closing.push(() => process.off('warning', note));
    const gateway = openGateway();
    const sent = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001), answer(1001));
    const message_id = sent.ok ? sent.result.message_id : 0;
    sandbox.faults.add([{ method: 'editMessageText', kind: '5xx', count: 15 }]);
    const edits = Array.from({ length: 15 }, async (_, i) =>
      gateway.call('editMessageText', { ...textTo(1001, `edit ${i}`), message_id }, answer(1001)),
    );
    for (const edited of await Promise.all(edits)) expect(edited.ok).toBe(true);
    expect(warnings).toEqual([]);
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

  test('once the program is ending no notice is begun, and what was begun is filled and answered', async () => {
    const { sandbox, openGateway } = await open();
    const gateway = openGateway();
    const notice = { chat: 1001, urgency: 'notice' } as const;
    const begun = await gateway.call<{ message_id: number }>('sendMessage', textTo(1001, 'begun'), notice);
    gateway.stopWaiting();
    expect(await gateway.call('sendMessage', textTo(1001, 'too late'), notice)).toMatchObject({
      error: { class: 'unavailable' },
    });
    const filled = { ...textTo(1001, 'filled'), message_id: begun.ok ? begun.result.message_id : 0 };
    expect((await gateway.call('editMessageText', filled, notice)).ok).toBe(true);
    expect((await gateway.call('sendMessage', textTo(1001, 'an answer'), answer(1001))).ok).toBe(true);
    const texts = sandbox.person(1001).messages();
    expect(texts.flatMap(({ from, text }) => (from === 'bot' ? [text] : []))).toEqual([
      'filled',
      'an answer',
    ]);
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
