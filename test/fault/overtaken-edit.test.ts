/** An edit whose answer was lost is repeated, and may arrive after a newer one: the card must not stay behind its case. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatched } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

const { owner, officer, duty } = cast;
let channel: Channel;
let door: TelegramDoor;

/** What the officer was shown first, and how often it came by. */
let first: string | undefined;
let repeats = 0;
let letThrough: () => void = () => undefined;
const released = new Promise<void>((resolve) => (letThrough = resolve));

beforeAll(async () => {
  channel = await startChannel({
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, async (method, { chat_id: chat, text }) => {
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
  for (const id of [owner, officer, duty]) await arrive(channel.person(id));
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
