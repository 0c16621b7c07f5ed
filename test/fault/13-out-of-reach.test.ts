/** Somebody blocks the bot, or never pressed Start: what is his is kept, somebody else hears it instead, and on his return he gets it once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, until, wd, workingTime } from '../support/business-time.js';
import { contacted, dispatched, pressOn, signed } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive, file } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

const { owner, officer, head, duty, secondDuty, supervisor, leader } = cast;

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
});
afterEach(async () => await channel.stop());

const everybodyArrives = async (...people: readonly number[]): Promise<void> => {
  for (const id of people) await arrive(channel.person(id));
  await quiet(channel);
};
const block = async (id: number): Promise<void> => {
  await channel.person(id).block();
  await quiet(channel);
};
/** The first line of what somebody heard since a mark. */
const linesOf = (id: number, since: number): readonly string[] => heard(channel.person(id), since);
const mark = (): number => channel.person(owner).mark();

test('a handler who blocks the bot: the head hears the reminder instead, once; back again, he hears it once himself', async () => {
  await everybodyArrives(owner, duty, officer, head);
  await tillMorning(channel);
  await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  await block(officer);
  const since = mark();
  await until(channel, new Date(workingTime.subtract(due, 5 * wd).getTime() + 60_000));
  expect(linesOf(head, since)).toEqual([expect.stringMatching(/^📵 承办人在这里联系不上/)]);
  const told = channel.person(head).last()?.text ?? '';
  expect(told).toContain('⏳ 提醒：办理时限已过半');
  expect([duty, supervisor].map((id) => linesOf(id, since))).toEqual([[], []]);

  await channel.person(officer).unblock();
  await channel.person(officer).start();
  await channel.person(officer).waitFor(/办理时限已过半/, { since });
  await quiet(channel);
  expect(linesOf(officer, since).filter((line) => line.includes('办理时限已过半'))).toHaveLength(1);
  expect(linesOf(head, since)).toHaveLength(1);
});

test('a head who has been told already is not told again in place of his handler', async () => {
  await everybodyArrives(owner, duty, officer, head);
  await tillMorning(channel);
  await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  await block(officer);
  await until(channel, new Date(workingTime.subtract(due, 1 * wd).getTime() - 60_000));
  const since = mark();
  await until(channel, new Date(workingTime.subtract(due, 1 * wd).getTime() + 60_000));
  expect(linesOf(head, since)).toEqual(['🟨 黄牌：办理时限将尽']);
});

test('a department in which nobody but the head ever pressed Start: he hears of the case; nobody there at all: the duty officer', async () => {
  await everybodyArrives(owner, duty, head);
  let since = mark();
  await dispatched(channel);
  await quiet(channel);
  // As head he heard of it himself.
  expect(linesOf(head, since)).toEqual([expect.stringContaining('等承办人签收')]);
  await block(head);
  since = mark();
  await dispatched(channel);
  await quiet(channel);
  expect(linesOf(duty, since).filter((line) => line.startsWith('📵'))).toEqual([
    expect.stringContaining('承办人在这里联系不上'),
  ]);
  await arrive(channel.person(officer));
  await quiet(channel);
  const cards = linesOf(officer, since).filter((line) => line.includes('请签收'));
  expect(cards).toHaveLength(2);
  const unread = channel
    .person(officer)
    .messages()
    .filter(({ text = '' }) => text.startsWith('🔔'));
  expect(unread).toEqual([]);
});

test('one of two duty officers is out of reach: the other one heard it anyway; both are: the supervisor hears it', async () => {
  await everybodyArrives(owner, duty, supervisor, leader);
  const since = mark();
  await dispatched(channel);
  await quiet(channel);
  expect(linesOf(supervisor, since)).toEqual([]);
  await block(duty);
  const later = mark();
  const person = channel.person(owner);
  await file(person, '我们厂的用电增容申请交了两个月，供电所一直没有答复，也没有人来看现场。');
  await quiet(channel);
  expect(linesOf(supervisor, later)).toEqual([expect.stringMatching(/^📵 值班/)]);
  expect(linesOf(leader, later)).toEqual([]);
  await arrive(channel.person(secondDuty));
  await quiet(channel);
  expect(linesOf(secondDuty, since).filter((line) => line.includes('新件待受理'))).toHaveLength(2);
});

test('an owner who cannot be reached: what he has to answer becomes a call of the duty officer, without his name for a department; back again he gets everything once, in order', async () => {
  await everybodyArrives(owner, duty, officer, head);
  const number = await signed(channel);
  await block(owner);
  const since = mark();
  await pressOn(channel, { person: officer, number, label: /首次联系/ });
  await channel.person(officer).say('您好，请问受理回执的编号是多少？');
  await quiet(channel);
  await pressOn(channel, { person: officer, number, label: /发消息/ });
  await channel.person(officer).say('另请补一张现场照片。');
  await quiet(channel);
  expect(linesOf(duty, since)).toEqual([
    expect.stringMatching(/^📵 企业联系人在这里联系不上/),
    expect.stringMatching(/^📵 企业联系人在这里联系不上/),
  ]);
  expect(everSeen(channel.person(officer)) + everSeen(channel.person(head))).not.toMatch(/江城精工|P1001/);

  await channel.person(owner).unblock();
  await channel.person(owner).start();
  await channel.person(owner).waitFor(/补一张现场照片/, { since });
  await quiet(channel);
  expect(linesOf(owner, since).filter((line) => line.startsWith('💬'))).toHaveLength(2);
  expect(
    channel
      .person(owner)
      .messages()
      .filter(({ text = '' }) => text.startsWith('🔔')),
  ).toEqual([]);
  expect(linesOf(duty, since).filter((line) => line.startsWith('📵'))).toHaveLength(2);

  // The liaison of his enterprise is there now: a call is his, unless whose case it is may not be known to him.
  await everybodyArrives(supervisor);
  await block(owner);
  const sayAgain = async (words: string): Promise<readonly (readonly string[])[]> => {
    const before = mark();
    await pressOn(channel, { person: officer, number, label: /发消息/ });
    await channel.person(officer).say(words);
    await quiet(channel);
    return [supervisor, duty].map((id) => linesOf(id, before).filter((line) => line.startsWith('📵')));
  };
  const call = expect.stringMatching(/^📵 企业联系人在这里联系不上/) as string;
  expect(await sayAgain('再请补一份平面图。')).toEqual([[call], []]);
  await channel
    .connection()
    .collection('cases')
    .updateOne({ number }, { $set: { confidentiality: 'locked' } });
  expect(await sayAgain('平面图请盖章。')).toEqual([[], [call]]);
});

test('whoever stood still with a refusal in hand silences nobody who has come back meanwhile', async () => {
  await channel.stop();
  let refuse = (): void => undefined;
  const refused = new Promise<void>((resolve) => (refuse = resolve));
  let isAtTheDoor = (): void => undefined;
  const atTheDoor = new Promise<void>((resolve) => (isAtTheDoor = resolve));
  let holds = false;
  const forbidden = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };
  let door: TelegramDoor | undefined;
  channel = await startChannel({
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, async (method, payload) => {
        if (!holds || method !== 'sendMessage' || payload['chat_id'] !== duty) return undefined;
        holds = false;
        isAtTheDoor();
        await refused;
        return { status: 403, body: forbidden };
      });
      return door.apiRoot;
    },
  });
  await everybodyArrives(owner, duty, supervisor);
  const since = mark();
  holds = true;
  await file(channel.person(owner), '我们厂的用电增容申请交了两个月，供电所一直没有答复，也没有人来看现场。');
  await atTheDoor;
  // While it slept another one has taken the delivery up.
  const another = { $inc: { fence: 1 }, $set: { leaseUntil: new Date(0), sending: false } };
  await channel.connection().collection('deliveries').updateMany({ sending: true }, another);
  refuse();
  await channel.person(duty).waitFor(/新件待受理/, { since });
  await quiet(channel);
  expect(linesOf(duty, since).filter((line) => line.includes('新件待受理'))).toHaveLength(1);
  expect(linesOf(supervisor, since)).toEqual([]);
  await door?.close();
});
