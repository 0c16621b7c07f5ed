import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const menuOf = async (id: number): Promise<string> => {
  const response = await fetch(`${channel.sandbox.url}/sandbox/people/${id}/messages`);
  const { commands } = (await response.json()) as {
    readonly commands: readonly { readonly command: string }[];
  };
  return commands.map(({ command }) => command).join(' ');
};

test('one person reports for his enterprise and works as an officer; each card keeps the role it came in', async () => {
  const both = channel.person(cast.twoRoles);
  const duty = channel.person(cast.duty);
  await both.start();
  await both.press('中文');
  await both.waitFor(/您有多个身份/);
  expect(both.buttons().join(' ')).toMatch(/● 承办人 · 发展改革和经信局.*企业/);
  expect(await menuOf(cast.twoRoles)).toMatch(/^todo .*case .*role/);

  await both.press('企业');
  await both.press('我知道了');
  await both.waitFor(/请用自己的话写/);
  expect(await menuOf(cast.twoRoles)).toMatch(/^report my .*case .*role/);
  const own = await report(both, reports[20]?.text ?? '');
  const ownCard = await cardOf(duty, own.number, /新件待受理/);
  expect(ownCard.text).toMatch(/江城产业园运营有限公司/);

  // Work comes to him although he acts for his enterprise at the moment.
  const other = await report(channel.person(cast.owner), reports[1]?.text ?? '');
  await duty.press(/交办 发展改革和经信局/, { message: await cardOf(duty, other.number, /新件待受理/) });
  const work = await cardOf(both, other.number, /请签收/);
  await both.press('✅ 签收', { message: work });
  const signed = await cardOf(both, other.number, /办理中/);
  expect(both.buttons(signed).join(' ')).toMatch(/首次联系/);

  // His words go to the form of that card, then his own case is still his.
  await both.press(/首次联系/, { message: signed });
  const since = both.mark();
  await both.waitFor(/写给企业的第一条消息/);
  await both.say('您好，补助款的事我来办。');
  await cardOf(channel.person(cast.owner), other.number, /补助款的事我来办/);
  await cardOf(both, other.number, /已发出|已办/, since);
  await both.say('/my');
  const mine = await both.waitFor(/我的事项\n/, { since });
  expect(mine.text).toContain(own.number);
  expect(mine.text).not.toContain(other.number);
});

test('to his own report the officer in him is a stranger', async () => {
  const both = channel.person(cast.twoRoles);
  const duty = channel.person(cast.duty);
  const { number } = await report(both, '审批窗口把我们的备案拖了两个月，一直没有答复。');
  await duty.press(/交办 审批局/, { message: await cardOf(duty, number, /新件待受理/) });
  await cardOf(both, number, /已交责任单位/);
  let since = both.mark();
  await both.say('/role');
  await both.press(/承办人/, { message: await both.waitFor(/您有多个身份/, { since }) });
  await both.waitFor(/您的身份/, { since });
  since = both.mark();
  await both.say(`/case ${number}`);
  const missing = await both.waitFor(/找不到这件事/, { since });
  expect(missing.text).not.toContain(number);
  since = both.mark();
  await both.say('/my');
  await both.waitFor(/不在您的身份里/, { since });
});

test('who reported a locked case cannot be told by whom it lets be kept out; it stays his', async () => {
  const [both, duty] = [channel.person(cast.twoRoles), channel.person(cast.duty)];
  await both.say('/role');
  await both.press('企业', { message: await both.waitFor(/您有多个身份/, { since: both.mark() }) });
  const words = `${reports[20]?.text ?? ''}再次反映。`;
  const { number } = await report(both, words, { confidentiality: '锁定' });
  const card = await cardOf(duty, number, /新件待受理/);
  const cases = channel.connection().collection('cases');
  const reporterId = String((await cases.findOne({ number }))?.['reporterId']);
  const another = await channel.connection().collection('people').findOne({ 'grants.department': 'ZJJ' });
  const answers: unknown[] = [];
  for (const personId of [reporterId, String(another?._id)]) {
    const now = await cases.findOne({ number });
    const press = {
      action: 'exclude-set',
      id: String(now?._id),
      rev: Number(now?.['rev']),
      arg: `p.${personId}`,
    };
    const data = channel.drawPress(press, cast.duty);
    answers.push((await duty.pressData({ messageId: card.messageId, data })).answer);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect((await cases.findOne({ number }))?.['excludedPersonIds']).toEqual([
    reporterId,
    String(another?._id),
  ]);
  const since = both.mark();
  await both.say('/my');
  expect((await both.waitFor(/我的事项\n/, { since })).text).toContain(number);
});
