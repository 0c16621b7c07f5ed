/** Whoever a complaint names never receives it: no card, no list, no search, no notice, not as a head either (rules §6). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, pressOn, slowPermit } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { reportWithout, wishFor } from '../support/keeping-out.js';
import { arrive, numberIn } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  const { owner, duty, secondDuty, supervisor, leader, officer, colleague, head } = cast;
  const { housingHead, housingOfficer } = cast;
  for (const id of [owner, duty, secondDuty, supervisor, leader, officer, colleague, head])
    await arrive(channel.person(id));
  for (const id of [housingHead, housingOfficer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const answer = async (id: number, words: string, pattern: RegExp): Promise<string> => {
  const since = channel.person(id).mark();
  await channel.person(id).say(words);
  return (await channel.person(id).waitFor(pattern, { since })).text ?? '';
};

test('a department that is kept out is proposed to nobody, offered to nobody, and finds nothing', async () => {
  const number = await reportWithout(channel, slowPermit, ['审批局']);
  const duty = channel.person(cast.duty);
  const card = await cardOf(channel, duty, number);
  expect(card.text).toMatch(/🚫 回避：审批局/);
  // The fallback is the department that is kept out: it is not proposed either.
  expect(duty.buttons(card).join(' ')).not.toMatch(/审批局/);
  await duty.press('📮 交办其他单位…', { message: card });
  expect(duty.buttons(await cardOf(channel, duty, number)).join(' ')).not.toMatch(/审批局/);
  await pressOn(channel, { person: cast.duty, number, label: '住房和城乡建设局' });
  await pressOn(channel, { person: cast.duty, number, label: '➕ 增加协办单位…' });
  expect(duty.buttons(await cardOf(channel, duty, number)).join(' ')).not.toMatch(/审批局/);
  await quiet(channel);
  for (const id of [cast.officer, cast.colleague, cast.head]) {
    expect(await answer(id, `/case ${number}`, /./)).toMatch(/找不到这件事/);
    expect(await answer(id, '/find 环评批复', /./)).not.toContain(number);
    expect(everSeen(channel.person(id)).replaceAll(`/case ${number}`, '')).not.toContain(number);
  }
  await pressOn(channel, { person: cast.owner, number, label: /撤回/ });
  await channel.person(cast.owner).press('问题已经解决');
  await answer(cast.owner, '已经解决。', /已办/);
});

test('a person who is named is not there: the other duty officer triages, and nothing reaches him as head', async () => {
  const names = `P${cast.duty}，还有住建局的 p${cast.housingHead} 局长`;
  const number = await reportWithout(
    channel,
    '住建局下属平台公司拖欠我们工程款 312 万，一直不结算。',
    [],
    names,
  );
  const second = channel.person(cast.secondDuty);
  const card = await cardOf(channel, second, number);
  expect(card.text).toMatch(/🚫 回避：2 人/);
  expect(card.text).toContain(names);
  await pressOn(channel, { person: cast.secondDuty, number, label: '📮 交办 住房和城乡建设局' });
  await pressOn(channel, { person: cast.housingOfficer, number, label: '✅ 签收' });
  // Half a year without a word: everything that would go to the head goes to the commission.
  await channel.advanceWorking('P12D');
  await quiet(channel);
  for (const id of [cast.duty, cast.housingHead]) {
    expect(everSeen(channel.person(id))).not.toContain(number);
    expect(await answer(id, `/case ${number}`, /./)).toMatch(/找不到这件事/);
    expect(await answer(id, '/todo', /待办/)).not.toContain(number);
  }
  expect(heard(channel.person(cast.supervisor)).join('\n')).toMatch(/🟥 红牌：办理已超时/);
  expect(everSeen(channel.person(cast.housingOfficer))).not.toContain('回避');
  // His department wants the head's signature; with him kept out the officer submits himself.
  await pressOn(channel, { person: cast.housingOfficer, number, label: /首次联系/ });
  await answer(cast.housingOfficer, '您好，正在核实。', /已发出|已办/);
  const done = channel.person(cast.housingOfficer);
  expect(done.buttons(await cardOf(channel, done, number)).join(' ')).toMatch(/📤 上报办结/);
});

test('the duty officer keeps somebody out from the card, himself too; only the supervisor lets him in again', async () => {
  const number = await reportWithout(channel, `${slowPermit}第三次反映。`, []);
  const duty = channel.person(cast.duty);
  await pressOn(channel, { person: cast.duty, number, label: '🚫 回避…' });
  await pressOn(channel, { person: cast.duty, number, label: '综合执法局' });
  await pressOn(channel, { person: cast.duty, number, label: '🚫 综合执法局' });
  expect((await cardOf(channel, duty, number)).text).toMatch(/🚫 回避：综合执法局/);
  await pressOn(channel, { person: cast.duty, number, label: /审批局的人/ });
  await pressOn(channel, { person: cast.duty, number, label: /^P2003$/ });
  await pressOn(channel, { person: cast.duty, number, label: '« 返回' });
  await pressOn(channel, { person: cast.duty, number, label: /委的人/ });
  await pressOn(channel, { person: cast.duty, number, label: '周敏' });
  await quiet(channel);
  expect(await answer(cast.duty, `/case ${number}`, /./)).toMatch(/找不到这件事/);
  for (const { text = '', inlineKeyboard } of duty.messages())
    if (text.includes(number) && !text.includes('/case')) expect(inlineKeyboard ?? []).toEqual([]);

  await pressOn(channel, { person: cast.secondDuty, number, label: '📮 交办 审批局' });
  await quiet(channel);
  expect(heard(channel.person(cast.officer)).at(-1)).toMatch(/请签收/);
  expect(await answer(cast.colleague, `/case ${number}`, /./)).toMatch(/找不到这件事/);

  await channel.person(cast.supervisor).say(`/case ${number}`);
  await pressOn(channel, { person: cast.supervisor, number, label: '🚫 回避…' });
  await pressOn(channel, { person: cast.supervisor, number, label: /委的人/ });
  await pressOn(channel, { person: cast.supervisor, number, label: '🚫 周敏' });
  await quiet(channel);
  expect(await answer(cast.duty, `/case ${number}`, /ZT-/)).toContain(number);
  expect(heard(channel.person(cast.owner)).at(-1)).toMatch(/解除了一项回避/);
});

test('whoever wants the whole commission kept out is told that nobody would hear of it; the same of the last one on a card', async () => {
  const owner = channel.person(cast.owner);
  const filed = async (): Promise<number> => await channel.connection().collection('cases').countDocuments();
  const before = await filed();
  const review = await wishFor(channel, `${slowPermit}第四次反映。`, [], '周敏、许青、宋立新、钱卫东');
  await owner.press('下一步 »', { message: review });
  const refused = await owner.press('📨 确认提交', { message: review });
  expect(refused.answer?.text).toMatch(/没有人能看到这件事.*12388/);
  expect(await filed()).toBe(before);
  // One is left: it is heard.
  await owner.press('« 返回', { message: review });
  await owner.press('✏️ 回避', { message: review });
  await owner.say('周敏、许青、宋立新');
  await owner.press('好了 »', { message: await owner.waitFor(/已选：周敏、许青、宋立新(?!、)/) });
  const again = await owner.waitFor(/请看一遍[\s\S]*回避：周敏、许青、宋立新(?!、)/);
  await owner.press('下一步 »', { message: again });
  const since = owner.mark();
  await owner.press('📨 确认提交', { message: again });
  const number = numberIn((await owner.waitFor(/✅ 已提交/)).text ?? '');
  expect(since).toBeGreaterThan(0);
  await quiet(channel);
  expect(await filed()).toBe(before + 1);
  expect(heard(channel.person(cast.leader)).join('\n')).not.toBe('');
  expect(await answer(cast.leader, `/case ${number}`, /ZT-/)).toContain(number);

  const other = await reportWithout(channel, `${slowPermit}第五次反映。`, []);
  const { supervisor } = cast;
  await channel.person(supervisor).say(`/case ${other}`);
  await pressOn(channel, { person: supervisor, number: other, label: '🚫 回避…' });
  await pressOn(channel, { person: supervisor, number: other, label: /委的人/ });
  for (const label of ['周敏', '许青', '钱卫东'])
    await pressOn(channel, { person: supervisor, number: other, label });
  expect(await pressOn(channel, { person: supervisor, number: other, label: '宋立新' })).toMatch(
    /没有人能看到这件事/,
  );
});

test('what the reporter adds later keeps somebody out as well, before it is told: whom he wants kept out, and whom he names', async () => {
  const number = await reportWithout(channel, `${slowPermit}第六次反映。`, []);
  await pressOn(channel, { person: cast.duty, number, label: /请企业补充/ });
  await answer(cast.duty, `请补充受理回执，领导和 P${cast.officer} 都在问。`, /已办/);
  await pressOn(channel, { person: cast.owner, number, label: '补充材料…' });
  await answer(cast.owner, `回执已补，是窗口的P${cast.colleague}收的，领导没签字。\n回避：许青`, /已办/);
  await quiet(channel);
  const second = channel.person(cast.secondDuty);
  expect(heard(second).at(-1)).not.toMatch(/补/);
  expect(await answer(cast.secondDuty, `/case ${number}`, /./)).toMatch(/找不到这件事/);
  expect((await cardOf(channel, channel.person(cast.duty), number)).text).toMatch(/🚫 回避：2 人/);
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await quiet(channel);
  expect(await answer(cast.officer, `/case ${number}`, /ZT-/)).toContain(number);
  expect(await answer(cast.colleague, `/case ${number}`, /./)).toMatch(/找不到这件事/);
});

test('an officer who stands in the report is kept out of it, though nobody asked for that; a department of which nobody is left hands it up; the supervisor lets him in again', async () => {
  const { officer, colleague, head, duty, supervisor } = cast;
  const named = await reportWithout(channel, `${slowPermit}来的人是承办人P${officer}，态度很差。`, []);
  const card = await cardOf(channel, channel.person(duty), named);
  expect(card.text).toMatch(/🚫 回避：1 人/);
  expect(card.text).not.toMatch(/没有对上/);
  await pressOn(channel, { person: duty, number: named, label: '📮 交办 审批局' });
  await quiet(channel);
  expect(everSeen(channel.person(officer))).not.toContain(named);
  expect(await answer(officer, `/case ${named}`, /./)).toMatch(/找不到这件事/);
  expect(await answer(colleague, `/case ${named}`, /ZT-/)).toContain(named);
  // It is only mentioned: the supervisor looks, and lets him in.
  await channel.person(supervisor).say(`/case ${named}`);
  await pressOn(channel, { person: supervisor, number: named, label: '🚫 回避…' });
  await pressOn(channel, { person: supervisor, number: named, label: /审批局的人/ });
  await pressOn(channel, { person: supervisor, number: named, label: `🚫 P${officer}` });
  expect(await answer(officer, `/case ${named}`, /ZT-/)).toContain(named);

  const all = `P${officer}、P${colleague} 和局长 p${head} 都推`;
  const nobody = await reportWithout(channel, `${slowPermit}${all}。`, []);
  await pressOn(channel, { person: duty, number: nobody, label: '📮 交办 审批局' });
  await quiet(channel);
  for (const id of [officer, colleague, head]) expect(everSeen(channel.person(id))).not.toContain(nobody);
  expect(heard(channel.person(supervisor)).at(-1)).toMatch(/请签收/);
  expect(everSeen(channel.person(supervisor))).toContain(nobody);
});

test('whoever comes to speak for the enterprise after filing loses the case; who has it in hand is not taken from it by surprise', async () => {
  const open = await reportWithout(channel, `${slowPermit}第七次反映。`, []);
  await pressOn(channel, { person: cast.duty, number: open, label: '📮 交办 审批局' });
  const inHand = await reportWithout(channel, `${slowPermit}第八次反映。`, []);
  await pressOn(channel, { person: cast.duty, number: inHand, label: '📮 交办 审批局' });
  await pressOn(channel, { person: cast.colleague, number: inHand, label: '✅ 签收' });
  await quiet(channel);
  expect(await answer(cast.colleague, `/case ${open}`, /ZT-/)).toContain(open);
  const since = channel.person(cast.supervisor).mark();
  await channel.reorganise((file) => ({
    ...file,
    enterprises: file.enterprises.map((one) =>
      one.contacts.includes(cast.owner) ? { ...one, contacts: [...one.contacts, cast.colleague] } : one,
    ),
  }));
  await quiet(channel);
  // As an officer, which he still is, there is no such case.
  const both = { $and: [{ 'grants.role': 'enterprise' }, { 'grants.department': 'SPJ' }] };
  const person = await channel.connection().collection<{ _id: string }>('people').findOne(both);
  expect(await answer(cast.colleague, `/case ${open}`, /./)).toMatch(/找不到这件事/);
  const stored = channel.connection().collection<{ number: string; excludedPersonIds: string[] }>('cases');
  expect((await stored.findOne({ number: open }))?.excludedPersonIds).toEqual([person?._id ?? 'he']);
  expect((await stored.findOne({ number: inHand }))?.excludedPersonIds).toEqual([]);
  expect(heard(channel.person(cast.supervisor), since).join('\n')).toMatch(/有利害关系：请先换人/);
});

test('when the last one who may read a case loses his role, the administrator hears how many, and the commission of a department’s', async () => {
  await arrive(channel.person(cast.admin));
  const ofDepartment = await reportWithout(
    channel,
    `${slowPermit}第九次反映。`,
    [],
    `P${cast.officer}、P${cast.colleague}`,
  );
  await pressOn(channel, { person: cast.duty, number: ofDepartment, label: '📮 交办 审批局' });
  await reportWithout(channel, `${slowPermit}第十次反映。`, [], '周敏、许青、宋立新');
  await quiet(channel);
  const [admin, duty] = [channel.person(cast.admin), channel.person(cast.duty)];
  const [adminSince, dutySince] = [admin.mark(), duty.mark()];
  await channel.reorganise((file) => ({
    ...file,
    departments: file.departments.map((one) => (one.code === 'SPJ' ? { ...one, head: null } : one)),
    commission: file.commission.filter(({ telegramId }) => telegramId !== cast.leader),
  }));
  const told = await admin.waitFor(/没有人可以看的事项/, { since: adminSince });
  // The one above that only the leader may read, and this one.
  expect(told.text).toMatch(/没有人可以看的事项：2 件[^]*补充一名与之无关的/);
  expect(everSeen(admin)).not.toMatch(/ZT-|江城精工|环评/);
  await quiet(channel);
  const heardByDuty = duty.messages().filter(({ text = '' }) => text.includes(ofDepartment));
  expect(heard(duty, dutySince).join('\n')).toMatch(/承办人已不在岗/);
  expect(heardByDuty.at(-1)?.text).toMatch(/承办人已不在岗/);
});
