/** The administrator changes departments and people in the chat; a restart with the same file undoes nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contacted } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { admin, owner, officer, colleague, head, duty, supervisor } = cast;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [admin, owner, officer, colleague, head, duty, supervisor])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** Opens /org and presses through it; gives the text of the page one lands on. */
const go = async (...labels: readonly (string | RegExp)[]): Promise<string> => {
  const person = channel.person(admin);
  const since = person.mark();
  await person.say('/org');
  const message = await person.waitFor(/机构与人员|Departments and people/, { since });
  for (const label of labels) await person.press(label, { message });
  await quiet(channel);
  return person.messages().find(({ messageId }) => messageId === message.messageId)?.text ?? '';
};

const saying = async (text: string, answer: RegExp): Promise<string> => {
  const person = channel.person(admin);
  const since = person.mark();
  await person.say(text);
  return (await person.waitFor(answer, { since })).text ?? '';
};

/** What was typed is shown first, and holds once it is confirmed. */
const confirming = async (text: string, page: RegExp): Promise<string> => {
  const person = channel.person(admin);
  expect(await saying(text, /请核对/)).toMatch(/还没有改/);
  await person.press('✅ 确认生效');
  return (await person.waitFor(page)).text ?? '';
};

test('a department is added, named, given words, subjects and a parent; a bad answer says so and is asked again', async () => {
  expect(await go('➕ 新单位')).toMatch(/代码，中文名，英文名/);
  expect(await saying('商务局', /没看懂/)).toMatch(/格式/);
  expect(await saying('SPJ，商务局，Commerce Bureau', /代码/)).toMatch(/已经有单位在用/);
  expect(await confirming('swj，商务局，Commerce Bureau', /上级：/)).toMatch(
    /商务局（SWJ）[^]*上级：没有上级[^]*还没有人/,
  );
  expect(await go('商务局', '✏️ 关键词')).toMatch(/全部关键词/);
  expect(await confirming('外资、展会 外贸', /关键词 3 个[^]*上级：/)).toMatch(/外资 展会 外贸/);
  expect(await go('商务局', '✏️ 方面', '惠企政策', '☑️ 其他')).toMatch(/加上或去掉/);
  expect(await go('商务局')).toMatch(/方面：惠企政策\n/);
  expect(await go('商务局', '✏️ 上级', '发展改革和经信局')).toMatch(/上级：发展改革和经信局/);
  // Not above itself.
  expect(await go('发展改革和经信局', '✏️ 上级', '商务局')).toMatch(/上级：没有上级/);
  expect(await go('商务局', /不审签：改为要/)).toMatch(/商务局/);
  const stored = await channel
    .connection()
    .collection<{ _id: string }>('departments')
    .findOne({ _id: 'SWJ' });
  expect(stored).toMatchObject({ parent: 'FGJ', domains: ['policy'], headSignsOff: true });
});

test('a rename is there after a restart with the same file, and two presses change nothing twice', async () => {
  await go('审批局', '✏️ 改名');
  await confirming('行政审批局，Approvals Office', /行政审批局（SPJ）[^]*方面：/);
  await go('审批局'.replace('审', '行政审'), /审签：改为/);
  await channel.restart();
  expect(await go('行政审批局')).toMatch(/行政审批局（SPJ）[^]*英文：Approvals Office/);
  await go('行政审批局', '✏️ 改名');
  await confirming('审批局，Approvals Bureau', /审批局（SPJ）[^]*方面：/);
  await go('审批局', /要审签：改为不要/);
  expect(await go('🕘 变更记录')).toMatch(/修改单位 SPJ\.name/);
});

test('a question that was cancelled, left or followed by another command takes no later words; a name seen and dropped changes nothing', async () => {
  const person = channel.person(admin);
  const named = async () =>
    (
      await channel
        .connection()
        .collection<{ _id: string; name: unknown }>('departments')
        .findOne({ _id: 'SPJ' })
    )?.name;
  const before = await named();
  await go('审批局', '✏️ 改名');
  expect(await saying('/cancel', /取消|没有在填写/)).toBe('已取消。');
  expect(await saying('/cancel', /取消|没有在填写/)).toBe('现在没有在填写的内容。');
  await saying('谢谢，OK', /没看懂这一步/);
  await go('审批局', '✏️ 改名');
  await saying('/health', /死信/);
  await saying('谢谢，OK', /没看懂这一步/);
  await go('审批局', '✏️ 改名', '取消');
  await saying('谢谢，OK', /没看懂这一步/);
  await go('审批局', '✏️ 改名');
  expect(await saying('谢谢，OK', /请核对/)).toMatch(/“审批局”将是[^]*谢谢（SPJ）[^]*英文：OK/);
  await person.press('不改了');
  await person.waitFor(/审批局（SPJ）/);
  await saying('谢谢，OK', /没看懂这一步/);
  expect(await named()).toEqual(before);
});

test('a role taken away is gone at the next press; his cases surface, his cards are empty', async () => {
  const number = await contacted(channel, { confidentiality: '公开' });
  expect(await go('审批局', /撤销.*P2002/)).toMatch(/他在办 1 件/);
  await go('审批局', /撤销.*P2002/, '🚫 撤销');
  await quiet(channel);
  const person = channel.person(officer);
  const standing = person.messages().map(({ text = '' }) => text);
  expect(standing.filter((text) => text.includes(number)).join('\n')).not.toMatch(/环评批复|江城精工/);
  const since = person.mark();
  await person.say(`/case ${number}`);
  expect((await person.waitFor(() => true, { since })).text).toMatch(/找不到这件事/);
  // The next one takes over, asked for by nobody but the missing handler.
  await channel.person(head).say('/team');
  await channel.person(head).waitFor(/P2002.*已不在岗|已不在岗/);
  await channel.restart();
  expect(await go('审批局')).not.toMatch(/P2002/);
  expect(await go('🕘 变更记录')).toMatch(/撤销身份.*officer\.SPJ/);
});

test('the last duty officers’ supervisor stays, and nobody but the administrator gets in', async () => {
  expect(await go('🏛 委', /撤销.*督办/, '🚫 撤销')).toMatch(/督办/);
  expect(
    await channel.connection().collection('people').countDocuments({ 'grants.role': 'supervisor' }),
  ).toBe(1);
  for (const id of [owner, head, duty, supervisor]) {
    const person = channel.person(id);
    const since = person.mark();
    await person.say('/org');
    expect((await person.waitFor(() => true, { since })).text).toMatch(/不在您的身份里/);
    const message = person.messages().findLast(({ from }) => from === 'bot');
    for (const press of [
      { action: 'org', arg: '-commission' },
      { action: 'org-ask', arg: 'add' },
      { action: 'org-domain', arg: 'ZJJ.policy.1' },
      { action: 'org-parent', arg: 'ZJJ.SPJ' },
      { action: 'org-sign', arg: 'ZJJ.0' },
      { action: 'org-person', arg: 'duty' },
      { action: 'org-revoke', arg: 'duty' },
    ]) {
      const data = channel.drawPress(press, id);
      const { answer } = await person.pressData({ messageId: message?.messageId ?? 0, data });
      expect(answer?.text, `${press.action} by ${id}`).toMatch(/不在您的身份里/);
    }
  }
  const housing = await channel
    .connection()
    .collection<{ _id: string }>('departments')
    .findOne({ _id: 'ZJJ' });
  expect(housing).toMatchObject({ parent: null, headSignsOff: true });
});

test('the administrator sees staff and counts, nothing of a case and no reporter', async () => {
  const seen = everSeen(channel.person(admin));
  expect(seen).toMatch(/P2003/);
  expect(seen).not.toMatch(/江城精工|五个多月|P1001|ZT-/);
});

test('roles that a changed organisation file gives and takes stand in the audit before they count', async () => {
  const chain = channel.connection().collection('audit');
  const ofFile = { kind: 'act', what: 'roles-imported' };
  await channel.advance('PT1S');
  const before = await chain.countDocuments(ofFile);
  await channel.reorganise((file) => ({
    ...file,
    departments: file.departments.map((one) =>
      one.code === 'SPJ' ? { ...one, officers: one.officers.filter((id) => id !== colleague) } : one,
    ),
    commission: [...file.commission, { telegramId: colleague, name: '王转岗', roles: ['duty'] }],
  }));
  await channel.advance('PT1S');
  const acts = await channel.connection().collection('audit').find(ofFile).sort({ _id: 1 }).toArray();
  expect(acts.length).toBeGreaterThan(before);
  expect(acts.map(({ by, role }) => [by, role])).toEqual(acts.map(() => ['system', null]));
  const details = acts.slice(before).map(({ detail }) => String(detail).split(' ')[0]);
  expect(details).toContain('duty');
});
