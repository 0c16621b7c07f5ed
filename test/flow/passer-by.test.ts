import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  await arrive(channel.person(cast.passerBy));
  for (const id of [cast.duty, cast.supervisor, cast.leader, cast.officer, cast.head])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const words = '窗口一直不给我们办变更登记，拖了三个月，去了五次都让回去等。';

test('somebody whose enterprise nobody knows names it and is marked as not verified', async () => {
  const person = channel.person(cast.passerBy);
  const duty = channel.person(cast.duty);
  const { number } = await report(person, words, { enterprise: '东门小吃店' });
  const card = await cardOf(duty, number, /新件待受理/);
  expect(card.text).toMatch(/东门小吃店（未核验） · P1999/);

  await duty.press(/交办 审批局/, { message: card });
  const dispatched = await cardOf(channel.person(cast.officer), number, /请签收/);
  expect(dispatched.text).not.toMatch(/东门小吃店|P1999/);
});

test('a typed credit code finds the registered enterprise whatever name is typed: who speaks for it is kept out as staff', async () => {
  const person = channel.person(cast.passerBy);
  const { number } = await report(person, words, { enterprise: '东门二店 91330800MA27CP9Q5D' });
  interface Filed {
    readonly number: string;
    readonly verified: boolean;
    readonly access: { readonly interestedIds: readonly string[] };
  }
  const found = await channel.connection().collection<Filed>('cases').findOne({ number });
  // Its contact is an officer as well.
  const contact = await channel
    .connection()
    .collection<{ _id: string }>('people')
    .findOne({ $and: [{ 'grants.role': 'enterprise' }, { 'grants.department': 'FGJ' }] });
  expect(found?.access.interestedIds).toEqual([contact?._id ?? 'the contact']);
  // Who he is has still to be verified.
  expect(found?.verified).toBe(false);
});

test('without a name only “locked” is offered, and not even the duty officer sees who it was', async () => {
  const person = channel.person(cast.passerBy);
  const since = person.mark();
  await person.say(words);
  const { screen: review, asked } = await fillIn(person, { until: 'review', since, enterprise: null });
  // The level follows from having no name, so it is not asked.
  expect(asked).not.toContain('confidentiality');
  expect(review.text).toMatch(/企业：未署名[^]*保密：锁定/);
  const edited = person.mark();
  await person.press('✏️ 保密', { message: review });
  const level = await person.waitFor(/没有写企业名称，只能锁定提交/, { since: edited });
  expect(person.buttons(level)).toEqual(['👉 锁定', '« 返回', '取消']);
  await person.press(/锁定$/, { message: level });
  const { screen } = await fillIn(person, { until: 'consent', since: edited });
  expect(screen.text).toMatch(/没有写企业名称[^]*两人批准/);
  await person.press('📨 确认提交', { message: screen });
  const receipt = await person.waitFor(/✅ 已提交/, { since: edited });
  const number = /ZT-[\d-]+/.exec(receipt.text ?? '')?.[0] ?? '';

  for (const id of [cast.duty]) {
    const card = await cardOf(channel.person(id), number, /新件待受理/);
    expect(card.text).toMatch(/署名已锁定/);
  }
  for (const id of [cast.supervisor, cast.leader, cast.duty]) {
    const reader = channel.person(id);
    const from = reader.mark();
    await reader.say(`/case ${number}`);
    const card = await cardOf(reader, number, /变更登记/, from);
    expect(card.text).not.toMatch(/P1999|未署名/);
  }
});

test('naming the enterprise after all opens the choice of who sees it', async () => {
  const person = channel.person(cast.passerBy);
  let since = person.mark();
  await person.say(words);
  const { screen } = await fillIn(person, { until: 'review', since, enterprise: null });
  since = person.mark();
  await person.press('✏️ 企业', { message: screen });
  await person.waitFor(/哪家企业/, { since });
  await person.say('东门小吃店');
  const review = await person.waitFor(/企业：东门小吃店/, { since });
  await person.press('✏️ 保密', { message: review });
  const level = await person.waitFor(/谁可以看到/, { since });
  expect(person.buttons(level)).toEqual(['公开', '仅委内可见', '👉 锁定', '« 返回', '取消']);
});
