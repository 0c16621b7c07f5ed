import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { pressOn } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { cardOf, fillIn, report } from '../support/reporting.js';
import { arrive, numberIn } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** Nobody of the department has heard anything but the greeting. */
const departmentHeardNothing = (): void => {
  for (const id of [cast.officer, cast.head, cast.housingOfficer])
    expect(channel.person(id).sees(/ZT-/), String(id)).toBe(false);
};

test('praise is thanked and shown to the commission, promises no date and goes to no department', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const { number, receipt } = await report(
    owner,
    '感谢审批局小陈上门帮我们补材料，三天就办好了！就是想表扬一下，没有别的诉求。',
  );
  expect(receipt.text).toMatch(/表扬已记录/);
  expect(receipt.text).not.toMatch(/承诺日期/);
  const card = await cardOf(duty, number, /收到一条表扬/);
  expect(duty.buttons(card).join(' ')).not.toMatch(/交办/);
  await channel.advanceWorking('P3D');
  expect((await channel.state()).cases).toEqual({ filed: 1 });
  departmentHeardNothing();
  expect(duty.history().filter(({ text }) => text.includes(number) && /超时|到期/.test(text))).toEqual([]);
});

test('a suggestion is thanked and ends there unless a person turns it into a case', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const { number, receipt } = await report(owner, '建议政务大厅开一个周六窗口，方便企业办事。');
  expect(receipt.text).toMatch(/谢谢您的建议/);
  const card = await cardOf(duty, number, /收到一条建议/);
  departmentHeardNothing();

  await duty.press('转为投诉办理', { message: card });
  // A date is promised from now on; what went wrong nobody has said.
  const told = await cardOf(owner, number, /已转为投诉办理，承诺办结日期见下/);
  expect(told.text).toMatch(/最迟 \d+月\d+日/);
  const turned = await cardOf(duty, number, /请在.*前交办/);
  expect(turned.text).toMatch(/投诉类型未定/);
  expect(turned.text).not.toMatch(/不作为/);
  expect(duty.buttons(card).join(' ')).toMatch(/交办 审批局/);
  await duty.press(/交办 审批局/, { message: card });
  const dispatched = await cardOf(channel.person(cast.officer), number, /请签收/);
  expect(dispatched.text).toMatch(/时限：承诺 \d+月\d+日/);
});

test('a question waits for a person: confirmed by the duty officer, it goes to the department as a question', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const officer = channel.person(cast.twoRoles);
  await arrive(officer);
  const { number, receipt } = await report(
    owner,
    '想咨询一下，高新技术企业认定奖励今年什么时候申报？需要去哪个窗口？',
  );
  expect(receipt.text).toMatch(/咨询已收到/);
  const card = await cardOf(duty, number, /收到一条咨询/);
  expect(officer.sees(number)).toBe(false);
  await duty.press(/交办 发展改革和经信局/, { message: card });
  const dispatched = await cardOf(officer, number, /请签收/);
  expect(dispatched.text).toMatch(/咨询/);
  await cardOf(owner, number, /发展改革和经信局/);
});

/** Told in the open; gives what the screen before sending says and the number. */
async function tellOpenly(text: string): Promise<{ readonly consent: string; readonly number: string }> {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say(text);
  const { screen } = await fillIn(owner, { until: 'consent', since, confidentiality: '公开' });
  await owner.press('📨 确认提交', { message: screen });
  const receipt = await owner.waitFor(/ZT-\d/, { since });
  return { consent: screen.text ?? '', number: numberIn(receipt.text ?? '') };
}

/** What somebody's newest message about a case says. */
async function shownTo(id: number, number: string): Promise<string> {
  await quiet(channel);
  const messages = channel.person(id).messages();
  return messages.findLast(({ text = '' }) => text.includes(number))?.text ?? '';
}

const ownCard = async (number: string): Promise<string> => {
  await channel.person(cast.owner).say(`/case ${number}`);
  return await shownTo(cast.owner, number);
};

test('a question asked in the open: whom the consent screen names, he sees the name on his card after dispatch', async () => {
  const { consent, number } = await tellOpenly('想咨询一下，技改补助今年什么时候申报？去哪个窗口？');
  expect(consent).toMatch(/• 委（[^]*• 发展改革和经信局（预计[^]*内容和材料会交给责任单位/);
  expect(await ownCard(number)).toMatch(/公开：委和责任单位看得到您的名字/);
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 发展改革和经信局' });
  expect(await shownTo(cast.twoRoles, number)).toMatch(/江城精工/);
  expect(await ownCard(number)).toMatch(/公开：委和责任单位看得到您的名字/);
});

test('a question asked below that names no department, until the owner agrees: then his card says who sees it', async () => {
  const { number } = await report(
    channel.person(cast.owner),
    '请问一下，技改补助的申报材料有哪些？在哪里下载？',
  );
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 发展改革和经信局' });
  expect(await ownCard(number)).toMatch(/仅委内可见：单位看不到您的名字/);
  expect(await shownTo(cast.twoRoles, number)).not.toMatch(/江城精工/);
  await pressOn(channel, { person: cast.duty, number, label: '🙋 请企业放宽保密…' });
  await channel.person(cast.duty).press('公开');
  await channel.person(cast.duty).say('承办人要上门解答。');
  await pressOn(channel, { person: cast.owner, number, label: '✅ 同意放宽' });
  expect(await shownTo(cast.owner, number)).toMatch(/公开：委和责任单位看得到您的名字/);
  expect(await shownTo(cast.twoRoles, number)).toMatch(/江城精工/);
});

test('a suggestion made in the open: the department is named as the one that sees the name only once it is a case', async () => {
  const { consent, number } = await tellOpenly('建议政务大厅延长午间窗口，方便企业办事。');
  expect(consent).toMatch(/• 单位：仅当委把这件事转为投诉办理时，会告诉您/);
  expect(await ownCard(number)).toMatch(/公开：委看得到您的名字；转为投诉办理后，责任单位也看得到/);
  await pressOn(channel, { person: cast.duty, number, label: '转为投诉办理' });
  expect(await shownTo(cast.owner, number)).toMatch(/公开：委和责任单位看得到您的名字/);
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  expect(await shownTo(cast.officer, number)).toMatch(/江城精工/);
});
