/** Words that say nothing are no reason and no first contact: the question stays open, and the next answer counts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filed, pressOn, signed } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, duty, officer } = cast;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [owner, duty, officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const answerTo = async (id: number, words: string): Promise<string> => {
  await quiet(channel);
  const person = channel.person(id);
  const since = person.mark();
  await person.say(words);
  return (await person.waitFor(() => true, { since })).text ?? '';
};

const stored = async (number: string) =>
  await channel
    .connection()
    .collection<{ number: string; state: string; contactedAt: Date | null }>('cases')
    .findOne({ number });

test('a case is not declined with one character, but with a reason after it', async () => {
  const number = await filed(channel);
  await pressOn(channel, { person: duty, number, label: '不予受理…' });
  for (const nothing of ['不', 'n', '。。。。。'])
    expect(await answerTo(duty, nothing)).toMatch(/至少写 4 个字[^]*还在这一步/);
  expect((await stored(number))?.state).toBe('filed');
  await answerTo(duty, '不属于本通道。');
  await quiet(channel);
  expect((await stored(number))?.state).toBe('declined');
  expect(everSeen(channel.person(owner))).toContain('不属于本通道。');
});

test('“ok” is no first contact and stops no clock; later messages may be as short as one likes', async () => {
  const number = await signed(channel);
  await pressOn(channel, { person: officer, number, label: /首次联系/ });
  expect(await answerTo(officer, 'ok')).toMatch(/至少写 4 个字/);
  expect((await stored(number))?.contactedAt).toBe(null);
  await answerTo(officer, '您好，我是承办人。');
  await quiet(channel);
  expect((await stored(number))?.contactedAt).toBeInstanceOf(Date);
  await pressOn(channel, { person: officer, number, label: /发消息/ });
  await answerTo(officer, '好');
  await quiet(channel);
  expect(everSeen(channel.person(owner))).toMatch(/\n好(\n|$)/);
});
