/** Fault 25: a locked name seen alone, self-approved, by somebody with an interest, after expiry. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatched, filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, englishOwner, officer, head, duty, secondDuty, supervisor, leader } = cast;
const name = '江城精工';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    // The leader speaks for the English owner's enterprise as well: an interest.
    organisation: (file) => ({
      ...file,
      enterprises: file.enterprises.map((one) =>
        one.contacts.includes(englishOwner) ? { ...one, contacts: [englishOwner, leader] } : one,
      ),
    }),
  });
  for (const id of [owner, officer, head, duty, secondDuty, supervisor, leader])
    await arrive(channel.person(id));
  await arrive(channel.person(englishOwner));
});
afterAll(async () => await channel.stop());

/** Everything that stands in somebody's chat about a case now, old cards included. */
const standing = (id: number, number: string): string =>
  channel
    .person(id)
    .messages()
    .filter(({ text = '' }) => text.includes(number))
    .map(({ text = '' }) => text)
    .join('\n');

const shows = async (id: number, number: string): Promise<string> => {
  const person = channel.person(id);
  const since = person.mark();
  await person.say(`/case ${number}`);
  return (await person.waitFor(() => true, { since })).text ?? '';
};

const ask = async (id: number, number: string, why: string): Promise<void> => {
  await shows(id, number);
  await pressOn(channel, { person: id, number, label: '🔓 申请查看署名…' });
  await channel.person(id).say(why);
  await quiet(channel);
};

/** Presses a transition's button as if it had been drawn for the presser; gives what he was answered. */
const force = async (id: number, number: string, action: string): Promise<string> => {
  const c = await channel.connection().collection('cases').findOne({ number });
  const person = channel.person(id);
  const newest = person.messages().findLast(({ from }) => from === 'bot');
  const data = channel.drawPress({ action, id: String(c?._id), rev: Number(c?.['rev']) }, id);
  const { answer } = await person.pressData({ messageId: newest?.messageId ?? 0, data });
  await quiet(channel);
  return answer?.text ?? '';
};

test('alone nobody sees it: neither by asking nor by approving himself, whatever button he forges', async () => {
  const number = await filed(channel, { confidentiality: '锁定' });
  await quiet(channel);
  await ask(duty, number, '看');
  expect(channel.person(duty).sees(/至少写 4 个字/)).toBe(true);
  expect(heard(channel.person(supervisor)).join()).not.toMatch(/申请查看锁定的署名/);
  await channel.person(duty).say('企业来电说受到威胁，需要核对是不是同一家。');
  await quiet(channel);
  expect(heard(channel.person(supervisor)).join()).toMatch(/申请查看锁定的署名/);
  expect(await force(duty, number, 'approve-unmask')).toMatch(/不归您办/);
  expect(await force(secondDuty, number, 'approve-unmask')).toMatch(/不归您办/);
  expect(await force(supervisor, number, 'refuse-unmask')).toBe('');
  await ask(supervisor, number, '督办需要核实身份。');
  expect(await force(supervisor, number, 'approve-unmask')).toBe('要由另一个人同意。');
  for (const id of [duty, secondDuty, supervisor, leader])
    expect(everSeen(channel.person(id))).not.toContain(name);
});

test('two persons see it for a quarter of an hour, nobody else does, and the owner is told who and why', async () => {
  const number = await dispatched(channel, { confidentiality: '锁定' });
  // An older card of the same case: it must lose the name as well.
  await shows(duty, number);
  const since = channel.person(owner).mark();
  await ask(duty, number, '企业来电说受到威胁，需要核对。');
  await pressOn(channel, { person: supervisor, number, label: '✅ 同意查看署名（15 分钟）' });
  await quiet(channel);
  for (const id of [duty, supervisor]) expect(standing(id, number)).toMatch(/江城精工.*[^]*署名显示到/);
  await shows(duty, number);
  for (const id of [officer, head, leader, secondDuty])
    expect(everSeen(channel.person(id)), `to ${id}`).not.toContain(name);
  const told = channel
    .person(owner)
    .messages()
    .findLast(({ text = '' }) => text.includes(number));
  expect(heard(channel.person(owner), since).join()).toMatch(/两人一同看过您的名字/);
  expect(told?.text).toMatch(/值班受理员申请、督办批准[^]*企业来电说受到威胁/);

  await channel.restart();
  await channel.advance('PT14M');
  expect(await shows(supervisor, number)).toContain(name);
  await channel.advance('PT1M');
  await quiet(channel);
  for (const id of [duty, supervisor]) expect(standing(id, number)).not.toContain(name);
  expect(await shows(duty, number)).toMatch(/署名已锁定/);
  // The look is over; a new one needs two persons again.
  expect(await force(leader, number, 'approve-unmask')).toMatch(/还没有人提出/);
});

test('whoever speaks for the enterprise himself is not asked, and cannot approve', async () => {
  const text = '我们的冷库许可证拖了三个月，窗口一直说材料在流转，没有答复。';
  const number = await filed(channel, { owner: englishOwner, text, confidentiality: '锁定' });
  await quiet(channel);
  const before = everSeen(channel.person(leader));
  await ask(duty, number, '需要核对是哪一家。');
  expect(await force(leader, number, 'approve-unmask')).toMatch(/不归您办/);
  expect(everSeen(channel.person(leader))).toBe(before);
  expect(await shows(leader, number)).toMatch(/找不到这件事/);
  expect(await force(supervisor, number, 'approve-unmask')).toBe('');
  expect(standing(duty, number)).toContain('Harbour Cold Chain');
});

test('whoever was let in by the one who asks is no second person', async () => {
  const number = await filed(channel, { confidentiality: '锁定' });
  await quiet(channel);
  await ask(supervisor, number, '核对线索。');
  const people = channel.connection().collection<{ _id: string }>('people');
  const asker = await people.findOne({ 'grants.role': 'supervisor' });
  await people.updateOne({ 'grants.role': 'leader' }, { $set: { inviters: [asker?._id] } });
  expect(await force(leader, number, 'approve-unmask')).toMatch(/邀请与被邀请/);
  await people.updateOne({ 'grants.role': 'leader' }, { $unset: { inviters: 1 } });
  await shows(leader, number);
  await pressOn(channel, { person: leader, number, label: '✅ 同意查看署名（15 分钟）' });
  await quiet(channel);
  expect(standing(leader, number)).toContain(name);
});

test('a supervisor may put the news off to a date, and then the owner is told without anybody thinking of it', async () => {
  const number = await filed(channel, { confidentiality: '锁定' });
  await quiet(channel);
  await ask(duty, number, '核对线索。');
  await pressOn(channel, { person: supervisor, number, label: '🤫 推迟告知企业…' });
  await channel.person(supervisor).press('7');
  await channel.person(supervisor).say('正在初核，提前告知会惊动对方。');
  await quiet(channel);
  expect(standing(duty, number)).toMatch(/推迟告知企业/);
  const since = channel.person(owner).mark();
  await pressOn(channel, { person: leader, number, label: '✅ 同意查看署名（15 分钟）' });
  await quiet(channel);
  await channel.advance('PT20M');
  expect(await shows(owner, number)).not.toMatch(/看过您的名字|惊动/);
  await channel.restart();
  await channel.advance('P11D');
  await quiet(channel);
  const told = standing(owner, number);
  expect(
    heard(channel.person(owner), since).filter((line) => /两人一同看过您的名字/.test(line)),
  ).toHaveLength(1);
  expect(told).toMatch(/值班受理员申请、委领导批准[^]*核对线索/);
  expect(told).not.toMatch(/惊动/);
});

test('a request that nobody answers in three days is over', async () => {
  const number = await filed(channel, { confidentiality: '锁定' });
  await quiet(channel);
  await ask(duty, number, '核对线索。');
  await channel.advance('P3D');
  await quiet(channel);
  expect(await force(supervisor, number, 'approve-unmask')).toMatch(/还没有人提出/);
  expect(heard(channel.person(duty)).join()).toMatch(/3 天没有人批准/);
  expect(standing(duty, number)).not.toContain(name);
});
