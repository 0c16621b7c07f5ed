import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

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
  await cardOf(owner, number, /已转为投诉办理/);
  expect(duty.buttons(card).join(' ')).toMatch(/交办 审批局/);
  await duty.press(/交办 审批局/, { message: card });
  await cardOf(channel.person(cast.officer), number, /请签收/);
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
