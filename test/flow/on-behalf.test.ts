import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, pressOn, slowPermit, writeResult } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive, numberIn } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    // The supervisor is the liaison of the first two enterprises, not of the third.
    organisation: (file) => ({
      ...file,
      enterprises: file.enterprises.map((one, i) => ({ ...one, liaison: i < 2 ? cast.supervisor : null })),
    }),
  });
  for (const id of [cast.owner, cast.duty, cast.supervisor, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** From /file to the receipt; gives the number. `enterprise` is typed, or pressed where it is a pattern. */
async function fileFor(person: TestPerson, source: string, enterprise: string | RegExp): Promise<string> {
  const since = person.mark();
  await person.say('/file');
  await person.press(source, { message: await person.waitFor(/从哪里得知/, { since }) });
  await person.waitFor(/请写企业反映的事情/, { since });
  await person.say(slowPermit);
  const which = await person.waitFor(/是哪家企业/, { since });
  if (typeof enterprise === 'string') await person.say(enterprise);
  else await person.press(enterprise, { message: which });
  const files = await person.waitFor(/有照片、文件/, { since });
  await person.press(/没有材料/, { message: files });
  await person.press(/仅委内可见$/, { message: files });
  await person.press('下一步 »', { message: files });
  await person.waitFor(/登记，确认提交/, { since });
  await person.press('📨 确认提交', { message: files });
  return numberIn((await person.waitFor(/ZT-\d/, { since })).text ?? '');
}

test('a visit is filed for an enterprise without a chat: it is told and asked by phone, and the answers are marked so', async () => {
  const [duty, officer] = [channel.person(cast.duty), channel.person(cast.officer)];
  const number = await fileFor(duty, '走访', '江城没有聊天食品厂');
  const card = await cardOf(channel, duty, number);
  expect(card.text).toContain('代企业登记 · 走访');
  expect(card.text).toContain('江城没有聊天食品厂');
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await pressOn(channel, { person: cast.officer, number, label: '✅ 签收' });
  await pressOn(channel, { person: cast.officer, number, label: /首次联系/ });
  await officer.say('请转告：材料已收到，本周出批复。');
  const call = await duty.waitFor(
    ({ text = '' }) => text.includes(number) && text.includes('请电话告知企业'),
  );
  expect(call.text).toContain('本周出批复');

  await writeResult(channel, { person: cast.officer, number });
  await officer.press('📤 上报');
  await quiet(channel);
  const since = duty.mark();
  await pressOn(channel, { person: cast.supervisor, number, label: /核销$/ });
  await quiet(channel);
  expect(heard(duty, since)).toContain('📞 该企业没有聊天，请电话回访并代为作答');
  for (const label of ['是', /解决/, /⭐⭐⭐⭐⭐/])
    await pressOn(channel, { person: cast.duty, number, label });
  const asked = await cardOf(channel, channel.person(cast.supervisor), number);
  expect(asked.text).toContain('满意度由委里电话询问');
  const stored = await channel.connection().collection('cases').findOne({ number });
  expect(stored?.['survey']).toMatchObject({ contacted: true, solved: 'yes', satisfied: 5 });
});

test('an enterprise with a chat is told of what was filed for it, and it is its case', async () => {
  const owner = channel.person(cast.owner);
  const number = await fileFor(channel.person(cast.duty), '来电', '江城精工机械有限公司');
  await owner.waitFor(({ text = '' }) => text.includes(number) && text.includes('委里代您登记了一件事'));
  await quiet(channel);
  const since = owner.mark();
  await owner.say('/my');
  expect((await owner.waitFor(/我的事项/, { since })).text).toContain(number);
});

test('a liaison files for his own enterprises only; an officer for nobody', async () => {
  const liaison = channel.person(cast.supervisor);
  await liaison.say('/role');
  await liaison.press(/联络员/);
  let since = liaison.mark();
  await liaison.say('/file');
  await liaison.press('座谈会', { message: await liaison.waitFor(/从哪里得知/, { since }) });
  await liaison.waitFor(/请写企业反映的事情/, { since });
  await liaison.say(slowPermit);
  const which = await liaison.waitFor(/是哪家企业/, { since });
  expect(liaison.buttons(which).toSorted()).toEqual(
    ['江城精工机械有限公司', 'Harbour Cold Chain Ltd', '取消'].toSorted(),
  );
  since = liaison.mark();
  await liaison.say('江城没有聊天食品厂');
  await liaison.waitFor(/请按|按钮/, { since });
  await liaison.press(/取消/);
  const number = await fileFor(liaison, '座谈会', /^江城精工机械有限公司$/);
  expect(number).toMatch(/^ZT/);

  const officer = channel.person(cast.officer);
  since = officer.mark();
  await officer.say('/file');
  await officer.waitFor(({ text = '' }) => !text.includes('从哪里得知') && text !== '', { since });
  expect(officer.buttons().join()).not.toContain('走访');
});

test('what it says on the phone is done in its name: redo once within its days, withdrawal with its reason', async () => {
  const duty = channel.person(cast.duty);
  const number = await fileFor(duty, '来电', '江城又一家没有聊天的厂');
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await pressOn(channel, { person: cast.officer, number, label: '✅ 签收' });
  await pressOn(channel, { person: cast.officer, number, label: /首次联系/ });
  await channel.person(cast.officer).say('请转告：本周出批复。');
  await quiet(channel);
  await writeResult(channel, { person: cast.officer, number });
  await channel.person(cast.officer).press('📤 上报');
  await quiet(channel);
  await pressOn(channel, { person: cast.supervisor, number, label: /核销$/ });

  await pressOn(channel, { person: cast.duty, number, label: '📞 企业来电要求重办…' });
  let since = duty.mark();
  await duty.say('10:20 来电：批复还没拿到。');
  await duty.waitFor(/已办/, { since });
  await quiet(channel);
  expect(await channel.connection().collection('cases').findOne({ number })).toMatchObject({
    state: 'handling',
    reopenCount: 1,
  });
  expect(heard(channel.person(cast.officer)).at(-1)).toMatch(/企业要求重办/);

  await pressOn(channel, { person: cast.duty, number, label: '📞 企业来电撤回…' });
  await duty.press('有人要我撤回');
  since = duty.mark();
  await duty.say('说单位的人让它别再追。');
  await duty.waitFor(/已办/, { since });
  await quiet(channel);
  expect(heard(channel.person(cast.supervisor)).at(-1)).toMatch(/🚨 企业说有人要求其撤回/);
  expect(await channel.connection().collection('cases').findOne({ number })).toMatchObject({
    state: 'withdrawn',
  });
  const officer = await cardOf(channel, channel.person(cast.officer), number);
  expect(officer.text).not.toMatch(/别再追/);

  // Whoever has a chat says so himself.
  const own = await fileFor(duty, '来电', '江城精工机械有限公司');
  await duty.press('更多操作…', { message: await cardOf(channel, duty, own) });
  expect(duty.buttons().join(' ')).not.toMatch(/来电撤回/);
});
