/**
 * Edits that meet something else than what they were meant for. One whose answer was lost is repeated, and may arrive after a
 * newer one: the card must not stay behind its case. One may find its message gone: the content was not seen by anybody.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatched } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

const { owner, officer, colleague, head, duty } = cast;
let channel: Channel;
let door: TelegramDoor;

/** How many edits in a chat find that their message was taken away. */
const clearing = new Map<number, number>();
const isCleared = (chat: unknown): boolean => {
  const left = clearing.get(Number(chat)) ?? 0;
  clearing.set(Number(chat), left - 1);
  return left > 0;
};
const gone = { ok: false, error_code: 400, description: 'Bad Request: message to edit not found' };

/** What the officer was shown first, and how often it came by. */
let first: string | undefined;
let repeats = 0;
let letThrough: () => void = () => undefined;
const released = new Promise<void>((resolve) => (letThrough = resolve));

beforeAll(async () => {
  channel = await startChannel({
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, async (method, { chat_id: chat, text }) => {
        if (method === 'editMessageText' && isCleared(chat)) return { status: 400, body: gone };
        if (method !== 'editMessageText' || chat !== officer || !String(text).includes('签收'))
          return undefined;
        first ??= String(text);
        if (text !== first) return undefined;
        repeats += 1;
        if (repeats > 1) await released;
        return undefined;
      });
      return door.apiRoot;
    },
  });
  for (const id of [owner, officer, colleague, head, duty]) await arrive(channel.person(id));
});
afterAll(async () => {
  letThrough();
  await channel.stop();
  await door.close();
});

test('a repeated edit that arrives after the presser has gone on does not take his next button away', async () => {
  channel.sandbox.faults.add([{ method: 'editMessageText', kind: '5xxAfter', chatId: officer, count: 1 }]);
  const number = await dispatched(channel);
  const person = channel.person(officer);
  const card = await person.waitFor(
    ({ text = '', inlineKeyboard }) => text.includes(number) && !!inlineKeyboard,
  );
  await expect.poll(() => repeats, { timeout: 5_000, interval: 10 }).toBe(2);
  await person.press('✅ 签收', { message: card });
  const offersContact = () => person.buttons().some((label) => label.includes('首次联系'));
  await expect.poll(offersContact, { timeout: 5_000, interval: 10 }).toBe(true);
  letThrough();
  await quiet(channel);
  expect(offersContact()).toBe(true);
  expect(person.last()?.text).toContain('办理中');
});

test('a notice that was taken away before its content came: the content comes in a new message; where none ever stays, it counts as failed', async () => {
  clearing.set(head, 1).set(colleague, 1_000);
  const [atHead, atColleague] = [head, colleague].map((id) => channel.person(id).mark());
  const number = await dispatched(channel);
  await quiet(channel);
  const cards = heard(channel.person(head), atHead).filter((line) => line.includes('等承办人签收'));
  expect(cards).toHaveLength(1);
  const notices = (id: number, since = 0) =>
    heard(channel.person(id), since).filter((line) => line === `🔔 ${number} 有新情况`);
  expect(notices(head, atHead)).toHaveLength(1);
  expect(notices(colleague, atColleague)).toHaveLength(4);
  const deliveries = channel.connection().collection('deliveries');
  expect(await deliveries.countDocuments({ state: 'dead' })).toBe(1);
});
