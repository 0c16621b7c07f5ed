import { afterAll, beforeAll, expect, test } from 'vitest';
import { contacted, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn, report, screenIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** A case in the hands of the officer. */
async function signed(): Promise<string> {
  const { number } = await report(channel.person(cast.owner), reports[0]?.text ?? '');
  const [duty, officer] = [channel.person(cast.duty), channel.person(cast.officer)];
  await duty.press(/交办 审批局/, { message: await cardOf(duty, number, /新件待受理/) });
  await officer.press('✅ 签收', { message: await cardOf(officer, number, /请签收/) });
  await cardOf(channel.person(cast.owner), number, /已签收/);
  return number;
}

test('what an officer stops in the middle is gone: /cancel, the button, and his next words go nowhere', async () => {
  const number = await signed();
  const officer = channel.person(cast.officer);
  const card = await cardOf(officer, number, /首次联系/);
  let since = officer.mark();
  await officer.press(/首次联系/, { message: card });
  const asked = await officer.waitFor(/第一条消息/, { since });
  since = officer.mark();
  await officer.say('/cancel');
  await officer.waitFor('已取消。', { since });
  since = officer.mark();
  await officer.say('这句话不该发给企业。');
  await officer.waitFor(/没看懂这一步/, { since });
  const { answer } = await officer.press('取消', { message: asked });
  expect(answer?.text ?? '').not.toMatch(/已发出/);
  expect(channel.person(cast.owner).sees(/不该发给企业/)).toBe(false);

  since = officer.mark();
  await officer.say(`/case ${number}`);
  expect((await cardOf(officer, number, /办理中/, since)).text).toMatch(/前与企业首次联系/);
});

test('an owner answers a message in the middle of another report, and the report is still there', async () => {
  const number = await signed();
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await owner.say('公积金中心窗口系统“升级”了两周，60 多个员工的补缴办不了。');
  await fillIn(owner, { until: 'files', since });
  since = owner.mark();
  await owner.press(/发消息/, { message: await cardOf(owner, number, /正在办理/) });
  await owner.waitFor(/请写消息/, { since });
  await owner.say('材料我已经补到窗口。');
  await cardOf(channel.person(cast.officer), number, /材料我已经补到窗口/);
  since = owner.mark();
  await owner.say('/report');
  const offered = await owner.waitFor(/没写完的草稿[^]*公积金中心/, { since });
  await owner.press('继续上次的草稿', { message: offered });
  const resumed = await owner.waitFor((message) => screenIn(message) === 'files', { since });
  expect(resumed.text).not.toMatch(/材料我已经补到窗口/);
});

test('an album as the very first thing is answered once and asks for words', async () => {
  const owner = channel.person(cast.owner);
  await owner.say('/cancel');
  let since = owner.mark();
  await owner.say('/report');
  await owner.press('丢弃草稿，重新写', { message: await owner.waitFor(/没写完/, { since }) });
  await owner.say('/cancel');
  await owner.waitFor('已取消。', { since });
  since = owner.mark();
  await owner.album([{}, {}, {}]);
  await owner.waitFor(/收到 3 份材料。请再用几句话说明/, { since });
  const sent = owner.history().filter(({ seq, kind, by }) => seq > since && kind === 'new' && by === 'bot');
  expect(sent).toHaveLength(1);
});

test('an album sent as a message goes to the officer whole: its later files begin nothing of their own', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  await owner.say('/cancel');
  const { number } = await report(owner, reports[20]?.text ?? '');
  await owner.say(`/case ${number}`);
  await owner.press('💬 发消息…', { message: await cardOf(owner, number, /待受理/) });
  const since = owner.mark();
  await owner.album([{ caption: '三张照片' }, {}, {}]);
  await duty.waitFor(({ inlineKeyboard }) =>
    (inlineKeyboard ?? []).flat().some(({ text }) => text === '📎 查看材料（3）'),
  );
  expect(
    owner
      .history()
      .filter(({ seq, by, text }) => seq > since && by === 'bot' && /请用自己的话|再用几句话/.test(text)),
  ).toEqual([]);
});

test('a choice on an older screen takes its form up again: what is written next goes there, not into a new report', async () => {
  const number = await signed();
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await pressOn(channel, { person: cast.owner, number, label: /撤回/ });
  const asked = await owner.waitFor(/为什么撤回/, { since });
  since = owner.mark();
  await owner.say(`/case ${number}`);
  await owner.press(/发消息/, { message: await cardOf(owner, number, /正在办理/, since) });
  await owner.waitFor(/请写消息/, { since });
  await owner.say('先问一句进度。');
  await cardOf(channel.person(cast.officer), number, /先问一句进度/);

  const drafts = channel.connection().collection('drafts');
  const reportsBefore = await drafts.countDocuments({ form: 'report', state: 'open' });
  since = owner.mark();
  await owner.press('问题已经解决', { message: asked });
  await owner.waitFor(/用一句话写明/, { since });
  await owner.say('今天已经拿到批复。');
  expect((await cardOf(owner, number, /已撤回/, since)).text).toContain(number);
  expect(await drafts.countDocuments({ form: 'report', state: 'open' })).toBe(reportsBefore);
});

test('sending a report from its card leaves alone what is being written beside it', async () => {
  const number = await signed();
  const owner = channel.person(cast.owner);
  let since = owner.mark();
  await owner.say('公积金中心窗口系统“升级”了两周，60 多个员工的补缴办不了。');
  const { screen } = await fillIn(owner, { until: 'consent', since });
  since = owner.mark();
  await owner.say(`/case ${number}`);
  await owner.press(/发消息/, { message: await cardOf(owner, number, /正在办理/, since) });
  await owner.waitFor(/请写消息/, { since });
  await owner.press('📨 确认提交', { message: screen });
  await owner.waitFor(/✅ 已提交/);
  await owner.say('这句是给承办人的。');
  await cardOf(channel.person(cast.officer), number, /这句是给承办人的/);
});

test('a button pressed again in the middle of its form goes on with it: what was written is not lost', async () => {
  const number = await contacted(channel);
  const officer = channel.person(cast.officer);
  const begin = { person: cast.officer, number, label: /上报办结/ };
  let since = officer.mark();
  await pressOn(channel, begin);
  await officer.waitFor(/办理结果/, { since });
  since = officer.mark();
  await officer.say('批复已出，可到窗口领取。');
  await officer.waitFor(/哪些措施/, { since });
  since = officer.mark();
  await pressOn(channel, begin);
  await officer.waitFor(/哪些措施/, { since });
  since = officer.mark();
  await officer.say('补齐内部流转。');
  await officer.waitFor(/佐证/, { since });
  since = officer.mark();
  await officer.say('批复原件在窗口，无电子件。');
  expect((await officer.waitFor(/核对后上报/, { since })).text).toMatch(/批复已出[^]*补齐内部流转/);
});
