/** Letters with numbers (rules §4): who gets which, as a document, once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { tillMorning, until, wd, workingTime } from '../support/business-time.js';
import { contacted, filed, pressOn } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

const cannotBe = { ok: false, error_code: 400, description: 'Bad Request: wrong type of the media' };
let channel: Channel;
let door: TelegramDoor;
/** What happens while a document goes up. */
let meanwhile: () => Promise<unknown> = async () => undefined;
/** What happens while a document follows a notice that could not become one; undefined where each can. */
let following: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  channel = await startChannel({
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, async (method) => {
        if (method === 'editMessageMedia') await meanwhile();
        if (following === undefined) return undefined;
        if (method === 'sendDocument') await following();
        return method === 'editMessageMedia' ? { status: 400, body: cannotBe } : undefined;
      });
      return door.apiRoot;
    },
  });
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor, cast.leader])
    await arrive(channel.person(id));
  await tillMorning(channel);
});
afterEach(async () => {
  await channel.stop();
  await door.close();
  meanwhile = async () => undefined;
  following = undefined;
});

const documents = (telegramId: number) =>
  channel
    .person(telegramId)
    .messages()
    .filter(({ document }) => document !== undefined)
    .map(({ document, caption }) => ({ name: document?.fileName, caption }));

const overdue = async (number: string, days: number): Promise<void> => {
  const found = await channel
    .connection()
    .collection<{ number: string; clocks: { name: string; dueAt: Date }[] }>('cases')
    .findOne({ number });
  const resolve = found?.clocks.find(({ name }) => name === 'resolve');
  await until(channel, workingTime.add(resolve?.dueAt ?? new Date(0), days * wd + 1));
};

test('the supervision letter comes as a numbered document to head and supervisor, the second one with its own number, and again at a press', async () => {
  const number = await contacted(channel);
  await overdue(number, 1);
  const head = channel.person(cast.head);
  const year = new Date((await channel.state()).now).getFullYear();
  const first = `督〔${year}〕001号`;
  await quiet(channel);
  expect(documents(cast.head)).toEqual([
    { name: `督办函 ${first}.docx`, caption: `📄 督办函 ${first} · ${number}` },
  ]);
  expect(documents(cast.supervisor)).toHaveLength(1);
  expect(documents(cast.officer)).toEqual([]);
  expect(documents(cast.duty)).toEqual([]);
  expect(head.messages().some(({ text }) => text?.includes(`督办函 ${first}`))).toBe(true);

  // The answer to the upload is lost on the way: the letter stands there once all the same.
  channel.sandbox.faults.add([
    { kind: 'dropAfter', method: 'editMessageMedia', count: 1 },
    { kind: '5xx', method: 'editMessageMedia', count: 1 },
  ]);
  await overdue(number, 2);
  await quiet(channel);
  expect(documents(cast.head).map(({ name }) => name)).toEqual([
    `督办函 ${first}.docx`,
    `督办函 督〔${year}〕002号.docx`,
  ]);
  expect(documents(cast.owner)).toEqual([]);

  expect(documents(cast.leader)).toEqual([]);

  await pressOn(channel, { person: cast.head, number, label: '📄 函件（2）' });
  await quiet(channel);
  expect(documents(cast.head)).toHaveLength(4);

  // Another worker took a letter over while it went up and has sent it: it has no card that could lag behind.
  const deliveries = channel.connection().collection('deliveries');
  meanwhile = async () =>
    await deliveries.updateMany(
      { letterId: { $ne: null }, telegramMessageId: { $ne: null }, state: 'pending' },
      { $inc: { fence: 1 }, $set: { state: 'sent' } },
    );
  // Both letters ignored: interview notice and draft transfer lie before the leader, and before nobody of the department.
  await overdue(number, 5);
  await quiet(channel);
  expect(documents(cast.leader).map(({ name }) => name)).toEqual([
    `约谈通知书（拟稿） 约〔${year}〕001号.docx`,
    `移送函（拟稿） 移稿〔${year}〕001号.docx`,
  ]);
  expect(documents(cast.head)).toHaveLength(4);
  expect(await deliveries.countDocuments({ state: 'dead' })).toBe(0);
});

test('a letter that follows its notice and may not have arrived is sent once and counted as in doubt; one that has arrived is not', async () => {
  const number = await contacted(channel);
  const deliveries = channel.connection().collection('deliveries');
  const doubts = async () =>
    (await deliveries.find({ ambiguous: { $gt: 0 } }).toArray()).map((one) => ({
      role: String(one['role']),
      ambiguous: Number(one['ambiguous']),
      ofLetter: one['letterId'] !== null,
    }));
  channel.sandbox.faults.add([{ kind: 'dropAfter', method: 'sendDocument', chatId: cast.head, count: 1 }]);
  // As it is found where whoever sent it to the supervisor has died before he heard that it had arrived.
  following = async () =>
    await deliveries.updateMany(
      { role: 'supervisor', letterId: { $ne: null }, state: 'pending', sending: true },
      { $inc: { fence: 1 }, $set: { leaseUntil: new Date(0) } },
    );
  await overdue(number, 1);
  await quiet(channel);
  for (const id of [cast.head, cast.supervisor]) expect(documents(id)).toHaveLength(1);
  const both = [
    { role: 'head', ambiguous: 1, ofLetter: true },
    { role: 'supervisor', ambiguous: 1, ofLetter: true },
  ];
  expect((await doubts()).toSorted((a, b) => (a.role < b.role ? -1 : 1))).toEqual(both);

  following = async () => undefined;
  await overdue(number, 2);
  await quiet(channel);
  for (const id of [cast.head, cast.supervisor]) expect(documents(id)).toHaveLength(2);
  expect(await doubts()).toHaveLength(2);
});

test('a transfer sends its letter and the receipt form to the supervisor, with organ and basis as he wrote them, and to nobody else', async () => {
  const number = await filed(channel);
  await pressOn(channel, { person: cast.duty, number, label: '更多操作…' });
  await pressOn(channel, { person: cast.duty, number, label: /转委内直接办理/ });
  await channel.person(cast.duty).say('涉嫌吃拿卡要，转委内办理。');
  await quiet(channel);
  await pressOn(channel, { person: cast.supervisor, number, label: '更多操作…' });
  await pressOn(channel, { person: cast.supervisor, number, label: /提出移交/ });
  await channel.person(cast.supervisor).say('区监委；监察法第三十四条。');
  await quiet(channel);
  await pressOn(channel, { person: cast.leader, number, label: /同意移交/ });
  await quiet(channel);

  expect(documents(cast.supervisor).map(({ name }) => name?.slice(0, 4))).toEqual(['移交函 ', '移交回执']);
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.leader])
    expect(documents(id)).toEqual([]);
  const stored = await channel.connection().collection('letters').find().toArray();
  expect(JSON.stringify(stored)).not.toMatch(/区监委|监察法/);
});
