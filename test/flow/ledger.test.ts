/** The ledger: four quantities on every card of staff, and a list from which the commission strikes off item by item. */
import { afterEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, contacted, pressOn, submitted, unpaidWork, writeResult } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive, file } from '../support/steps.js';

const { owner, officer, colleague, head, duty, supervisor, leader, auditor } = cast;

let channel: Channel;
afterEach(async () => await channel.stop());

const person = (id: number) => channel.person(id);

async function open(...people: readonly number[]): Promise<void> {
  channel = await startChannel();
  for (const id of people) await arrive(person(id));
}

async function ledger(id: number): Promise<string> {
  const since = person(id).mark();
  await person(id).say('/ledger');
  return (await person(id).waitFor(/台账|身份里/, { since })).text ?? '';
}

const labels = (id: number): string => person(id).buttons().join(' ');

test('each card of staff says who is responsible, which measures, by when and how satisfied', async () => {
  await open(owner, officer, head, duty, supervisor, auditor);
  const number = await contacted(channel);
  const early = (await cardOf(channel, person(officer), number)).text ?? '';
  expect(early).toMatch(
    /📒 台账\n责任：审批局 · P2002\n措施：还没上报\n时限：\d+月\d+日.*\n满意：核销后回访/,
  );
  expect((await cardOf(channel, person(owner), number)).text).not.toMatch(/台账|P2002/);

  await writeResult(channel, { person: officer, number });
  await person(officer).press('📤 上报');
  expect((await cardOf(channel, person(duty), number)).text).toMatch(
    /责任：审批局 · P2002\n措施：与环评科会商，补齐内部流转。\n时限：.*，.* 按时上报\n满意：核销后回访/,
  );
  await pressOn(channel, { person: duty, number, label: /核销$/ });
  await quiet(channel);
  expect((await cardOf(channel, person(head), number)).text).toMatch(/满意：等企业评价/);
  for (const label of ['是', '部分解决', /⭐ 满意$/])
    await pressOn(channel, { person: owner, number, label });
  await quiet(channel);
  for (const id of [head, duty, officer])
    expect((await cardOf(channel, person(id), number)).text).toMatch(
      /按时上报\n回访：.*是.* · 部分解决 · 满意/,
    );

  await person(auditor).say(`/case ${number}`);
  const masked = (await person(auditor).waitFor(({ text = '' }) => text.includes(number))).text ?? '';
  expect(masked).toMatch(/责任：审批局 · P2002\n时限：/);
  expect(masked).not.toMatch(/环评科/);
});

test('the duty officer strikes off one after another from the list, and each enterprise is asked', async () => {
  await open(owner, officer, head, duty, supervisor, leader);
  const first = await submitted(channel);
  const second = await submitted(channel);
  const cardBefore = await cardOf(channel, person(duty), second);
  await ledger(duty);
  await person(duty).press('审批局');
  const list = await person(duty).waitFor(/审批局 台账\n待核销 2 件/);
  for (const number of [first, second]) expect(list.text).toContain(number);
  expect(list.text).toMatch(/措施：与环评科会商/);

  await person(duty).press(new RegExp(first.slice(-8)), { message: list });
  const read = await cardOf(channel, person(duty), first);
  expect(read.messageId).toBeGreaterThan(list.messageId);
  expect(read.text).toMatch(/待核销[\s\S]*批复已出，今日可到窗口领取/);

  const pressed = await person(duty).press('✅ 核销第 1 件', { message: list });
  expect(pressed.answer?.text).toMatch(/^已核销 ZT-/);
  const left = await person(duty).waitFor(/待核销 1 件/);
  expect(left.messageId).toBe(list.messageId);
  await person(duty).press('✅ 核销第 1 件', { message: left });
  const empty = await person(duty).waitFor(/待核销 0 件\n没有要核销的/);
  await quiet(channel);
  expect((await channel.state()).cases).toEqual({ closed: 2 });
  for (const number of [first, second])
    await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('请答三个问题'));
  // The card he held from before says so, too.
  const cards = person(duty).messages();
  expect(cards.find(({ messageId }) => messageId === cardBefore.messageId)?.text).toMatch(
    /^.*\n?.* · 已核销/,
  );

  await person(duty).press('已核销 2 件', { message: empty });
  await person(duty).waitFor(/已核销 2 件\n[\s\S]*满意：等企业评价/);
});

test('the head reads his own department, the leader any; neither can strike off, and a list drawn before changes nothing', async () => {
  await open(owner, officer, colleague, head, duty, supervisor, leader);
  const number = await submitted(channel);
  const foreign = await file(person(owner), unpaidWork);
  await pressOn(channel, { person: duty, number: foreign, label: '📮 交办 住房和城乡建设局' });
  await quiet(channel);

  expect(await ledger(head)).toMatch(/审批局 台账\n在办 0 件/);
  await person(head).press('待核销 1 件');
  const own = await person(head).waitFor(/待核销 1 件/);
  expect(own.text).toContain(number);
  expect(own.text).not.toContain(foreign);
  expect(labels(head)).not.toMatch(/核销第/);
  expect(await ledger(officer)).toMatch(/身份里/);

  await ledger(leader);
  await person(leader).press('住房和城乡建设局');
  await person(leader).waitFor(/住房和城乡建设局 台账\n待核销 0 件/);
  await person(leader).press('在办 1 件');
  expect((await person(leader).waitFor(/在办 1 件/)).text).toMatch(/未签收[\s\S]*时限：承诺/);
  expect(labels(leader)).not.toMatch(/核销第/);

  await ledger(duty);
  await person(duty).press('审批局');
  const list = await person(duty).waitFor(/待核销 1 件/);
  await pressOn(channel, { person: supervisor, number, label: '退回重办…' });
  await person(supervisor).say('材料不全，退回。');
  await quiet(channel);
  const since = person(owner).mark();
  const { answer } = await person(duty).press('✅ 核销第 1 件', { message: list });
  expect(answer?.text).toMatch(/已更新/);
  await person(duty).waitFor(/待核销 0 件/);
  await quiet(channel);
  expect(heard(person(owner), since)).toEqual([]);
  expect((await channel.state()).cases).toEqual({ handling: 1, dispatched: 1 });
});
