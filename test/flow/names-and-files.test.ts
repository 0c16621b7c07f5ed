/** Below "open": what a department reads, which files reach it, and how the name becomes known only with the owner's word. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, contacted, filed, pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { fillIn, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

const { owner, officer, colleague, head, duty, supervisor, twoRoles } = cast;
const tale = `我叫陈志强，手机13812345678，货车浙A12345停在门口。我们江城精工机械有限公司的${slowPermit}`;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    others: [2031, 2032].map((id) => ({ id, firstName: `P${id}`, username: `p${id}` })),
  });
  for (const id of [owner, officer, colleague, head, duty, supervisor, 2031, 2032])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const dispatch = async (number: string): Promise<void> => {
  await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
  await quiet(channel);
};

/** The newest message about a case that somebody holds, as text. */
const newest = async (id: number, number: string): Promise<string> => {
  await quiet(channel);
  const shown = channel
    .person(id)
    .messages()
    .findLast(({ text = '' }) => text.includes(number));
  return shown?.text ?? '';
};

const secrets = /陈志强|13812345678|浙A12345|江城精工|P1001/;

test('a department reads masked words although nobody pressed anything, and so it does in what is said later', async () => {
  const number = await filed(channel, { text: tale });
  const card = await cardOf(channel, channel.person(duty), number);
  expect(card.text).toMatch(/交给单位前会遮盖：姓名 1 处、电话 1 处、车牌 1 处、企业名称 1 处/);
  expect(card.text).toMatch(
    /单位看到的文字[^]*我叫〔姓名〕，手机〔电话〕，货车〔车牌〕停在门口。我们〔企业〕的我们厂/,
  );
  await dispatch(number);
  expect(await newest(officer, number)).toMatch(/我叫〔姓名〕，手机〔电话〕/);
  expect(await newest(duty, number)).toMatch(/单位看到的已遮盖：姓名 1 处/);
  await pressOn(channel, { person: officer, number, label: '✅ 签收' });
  await pressOn(channel, { person: owner, number, label: '💬 发消息…' });
  await channel.person(owner).say('请打 139-0000-1111 找陈志强。');
  expect(await newest(officer, number)).toMatch(/请打 〔电话〕 找/);
  expect(await newest(duty, number)).toMatch(/139-0000-1111/);
  for (const id of [officer, colleague, head])
    expect(everSeen(channel.person(id)), `to ${id}`).not.toMatch(secrets);
  expect(everSeen(channel.person(officer))).not.toContain('139-0000-1111');
  const person = channel.person(officer);
  const since = person.mark();
  await person.say('/find 江城精工');
  expect((await person.waitFor(() => true, { since })).text).toMatch(/没有找到/);
});

test('one press takes the masking as proposed, another rewrites it; both stay what the department reads', async () => {
  const number = await filed(channel, { text: tale });
  await pressOn(channel, { person: duty, number, label: '🕶 按建议遮盖' });
  await quiet(channel);
  const masked = await cardOf(channel, channel.person(duty), number);
  expect(masked.text).not.toMatch(/交给单位前会遮盖/);
  expect(masked.text).toMatch(/单位看到的文字[^]*我叫〔姓名〕/);
  await pressOn(channel, { person: duty, number, label: '✏️ 改写转交文字…' });
  await channel.person(duty).say('一家企业反映环评批复超期，请核实。');
  await dispatch(number);
  expect(await newest(officer, number)).toMatch(/一家企业反映环评批复超期/);
  const seen = channel
    .person(officer)
    .history()
    .filter(({ by, text }) => by === 'bot' && text.includes(number));
  expect(seen.map(({ text }) => text).join('\n')).not.toMatch(secrets);
});

test('a name the report tells once is covered wherever it stands: on a card, in a list, in what is found, in what is approved', async () => {
  const person = channel.person(officer);
  const asked = async (line: string): Promise<string> => {
    const since = person.mark();
    await person.say(line);
    return (await person.waitFor(() => true, { since })).text ?? '';
  };
  for (const presses of [[], ['🕶 按建议遮盖']]) {
    const number = await filed(channel, { text: `我叫刘小芳，${slowPermit}后来刘小芳去窗口三次。` });
    for (const label of presses) await pressOn(channel, { person: duty, number, label });
    await dispatch(number);
    expect(await newest(officer, number)).toMatch(/后来〔姓名〕去窗口三次/);
    expect(await asked('/todo')).toContain(number);
    expect(await asked('/find 刘小芳')).toMatch(/没有找到/);
  }
  // What he looked for stands alone on a line; from a case it would stand among other words.
  expect(everSeen(person)).not.toMatch(/.刘小芳|刘小芳./);
});

test('files stay with the commission until one is given, by hand and by nobody else', async () => {
  const person = channel.person(owner);
  let since = person.mark();
  await person.say(slowPermit);
  const message = await person.waitFor(/有照片、文件/, { since });
  await person.photo();
  await person.voice();
  await quiet(channel);
  const files = await person.waitFor(/共 2 份材料/, { since });
  await person.press(/材料齐了/, { message: files });
  await person.press(/仅委内可见$/);
  await person.press('下一步 »');
  since = person.mark();
  await person.press('📨 确认提交');
  await quiet(channel);
  expect(message.messageId).toBeGreaterThan(0);
  const number =
    /ZT-\d{3}-\d{3}-\d{4}/.exec(person.history().findLast(({ text }) => /ZT-/.test(text))?.text ?? '')?.[0] ??
    '';
  await dispatch(number);
  expect(await newest(officer, number)).toMatch(/2 份材料留在委内/);
  expect(channel.person(officer).buttons().join()).not.toMatch(/查看材料/);

  await pressOn(channel, { person: duty, number, label: '📎 逐份转交单位（2）' });
  const list = await channel.person(duty).waitFor(/留在委内的材料/);
  await channel.person(duty).press('👁 看第 1 份', { message: list });
  await channel.person(duty).press('📤 转交第 1 份', { message: list });
  await quiet(channel);
  expect(heard(channel.person(officer)).join()).toMatch(/委转来一份企业的材料/);
  expect(heard(person).join()).toMatch(/委把您的一份材料转给了责任单位/);
  expect(await newest(officer, number)).toMatch(/1 份材料留在委内/);
  expect(await newest(duty, number)).toMatch(/1\. 照片[^\n]*已转交\n2\. 语音/);
  const onCard = async (): Promise<string> => {
    const shown = await cardOf(channel, channel.person(duty), number);
    return channel.person(duty).buttons(shown).join();
  };
  await channel.person(duty).say(`/case ${number}`);
  expect(await onCard()).toMatch(/逐份转交单位（1）/);
  const from = channel.person(officer).mark();
  await pressOn(channel, { person: officer, number, label: '📎 查看材料（1）' });
  await quiet(channel);
  const got = channel
    .person(officer)
    .history()
    .filter(({ seq, by }) => by === 'bot' && seq > from);
  expect(got.length).toBe(1);
  // An officer who forges the button is told that there is no such thing.
  const c = await channel.connection().collection('cases').findOne({ number });
  const press = { action: 'release-file', id: String(c?._id), rev: Number(c?.['rev']), arg: '2' };
  const last = channel
    .person(officer)
    .messages()
    .findLast(({ from: by }) => by === 'bot');
  const { answer } = await channel
    .person(officer)
    .pressData({ messageId: last?.messageId ?? 0, data: channel.drawPress(press, officer) });
  expect(answer?.text).toMatch(/不归您办/);
  const after = await channel.connection().collection('cases').findOne({ number });
  expect(after).toMatchObject({ access: { releasedFiles: [expect.stringContaining('#0')] } });
});

test('a duty officer may only ask for the name: the owner says no, then yes, and only then the department sees it', async () => {
  const number = await filed(channel);
  await dispatch(number);
  const ask = async (why: string): Promise<void> => {
    await pressOn(channel, { person: duty, number, label: '🙋 请企业放宽保密…' });
    await channel.person(duty).press('公开');
    await channel.person(duty).say(why);
    await quiet(channel);
  };
  await ask('承办人要上门核对，公开名字会快一些。');
  expect(await newest(owner, number)).toMatch(/从“仅委内可见”改为“公开”[^]*不同意也照样办理[^]*上门核对/);
  await pressOn(channel, { person: owner, number, label: '不同意，保持现状' });
  await quiet(channel);
  expect(heard(channel.person(duty)).join()).toMatch(/没有同意放宽/);
  expect(await newest(officer, number)).not.toMatch(/江城精工|上门核对/);
  await ask('再请考虑。');
  await channel.restart();
  await pressOn(channel, { person: owner, number, label: '✅ 同意放宽' });
  await quiet(channel);
  expect(await newest(officer, number)).toMatch(/江城精工/);
  expect(heard(channel.person(duty)).join()).toMatch(/企业同意放宽保密/);
});

test('who opens his name is told who sees it now; cards tell the last change, also the one he agreed to', async () => {
  const number = await filed(channel);
  await dispatch(number);
  const change = async (level: string): Promise<string | undefined> => {
    await pressOn(channel, { person: owner, number, label: '🔐 改谁能看到名字…' });
    expect(await newest(owner, number)).toMatch(/^• 公开：委和责任单位看得到您的名字\n/);
    return await pressOn(channel, { person: owner, number, label: level });
  };
  expect(await change('锁定')).toMatch(/名字会从单位收到的卡片和全文里收回/);
  expect(await newest(duty, number)).toMatch(/企业改为“锁定”/);
  const opened = await change('仅委内可见');
  expect(opened).toMatch(/仅委内可见：单位看不到您的名字\n看过的人已经知道，收不回来/);
  expect(opened).not.toMatch(/从单位收到的卡片/);
  await pressOn(channel, { person: duty, number, label: '🙋 请企业放宽保密…' });
  await channel.person(duty).press('公开');
  await channel.person(duty).say('承办人要上门核对。');
  await pressOn(channel, { person: owner, number, label: '✅ 同意放宽' });
  for (const id of [duty, officer]) expect(await newest(id, number)).toMatch(/企业改为“公开”/);
});

test('an officer who speaks for the enterprise never receives its case; his colleagues do', async () => {
  const both = channel.person(twoRoles);
  await both.start();
  await both.press('中文');
  await both.press('企业');
  await both.press('我知道了');
  const number = await filed(channel, {
    owner: twoRoles,
    text: '我们申报的技改补助公示三个月了，资金一直没有拨付，每次都说在走流程。',
  });
  await pressOn(channel, { person: duty, number, label: '📮 交办 发展改革和经信局' });
  await quiet(channel);
  expect(heard(channel.person(2032)).join()).toMatch(/交办给您单位/);
  expect(heard(both).join()).not.toMatch(/交办给您单位|请签收/);
  await both.say('/role');
  await both.press(/承办人/);
  await quiet(channel);
  for (const command of [`/case ${number}`, '/todo', '/find 技改补助']) {
    const since = both.mark();
    await both.say(command);
    const { text = '' } = await both.waitFor(() => true, { since });
    expect(text, command).toMatch(/找不到这件事|没有待办|没有找到/);
    expect(text).not.toContain(number);
  }
});

test('an unverified enterprise is marked, asked for proof, verified with one press, and then known', async () => {
  const stranger = channel.person(cast.passerBy);
  await arrive(stranger);
  const enterprise = '江城石材有限公司 统一社会信用代码91350100M000100Y43';
  const { number } = await report(stranger, slowPermit, { enterprise });
  const card = await cardOf(channel, channel.person(duty), number);
  expect(card.text).toMatch(/江城石材有限公司（未核验）[^]*信用代码 91350100M000100Y43（校验位正确）/);
  await pressOn(channel, { person: duty, number, label: '🏢 核验不了' });
  await quiet(channel);
  expect(heard(stranger).join()).toMatch(/没能核验您的企业[^]*照样办理/);
  expect(await newest(duty, number)).toMatch(/江城石材有限公司（核验不了）/);
  await pressOn(channel, { person: duty, number, label: '🏢 核验属实' });
  await quiet(channel);
  expect(heard(stranger).join()).toMatch(/已核验您的企业/);
  expect(await newest(duty, number)).toMatch(/江城石材有限公司 ·/);
  // Next time the name is there to be tapped, and the case is verified from the start.
  await channel.restart();
  const again = await report(stranger, '窗口又把我们的备案材料退了回来，说要重新走流程，没有说明理由。');
  expect((await cardOf(channel, channel.person(duty), again.number)).text).toMatch(/江城石材有限公司 ·/);
});

test('before sending, the very department and people who will see the name are told', async () => {
  const person = channel.person(owner);
  const since = person.mark();
  await person.say(slowPermit);
  const { screen } = await fillIn(person, { until: 'consent', since, confidentiality: '公开' });
  expect(screen.text).toMatch(
    /• 您自己\n• 委（[^\n]*\n• 您企业的联络员\n• 审批局（预计，值班受理员定）的负责人；签收前是全体承办人/,
  );
  await person.press('取消', { message: screen });
});

test.each([
  [
    slowPermit,
    /公开 — 委（[^）]*）、您企业的联络员、承办人和单位负责人都[^]*名字只有委（[^）]*）、您企业的联络员能看。单位只/,
  ],
  [
    '建议大厅午休时间也开一个窗口，方便外地来办事的企业。',
    /仅委内可见 — 您自己、委（[^）]*）、您企业的联络员\n/,
  ],
])(
  'where the level of “%s” is chosen it says the same of who sees the name as where it is sent',
  async (text, told) => {
    const person = channel.person(owner);
    const since = person.mark();
    await person.say(text);
    const { screen: levels } = await fillIn(person, { until: 'confidentiality', since });
    expect(levels.text).toMatch(told);
    const chosen = person.mark();
    await person.press(/仅委内可见$/, { message: levels });
    const { screen } = await fillIn(person, { until: 'consent', since: chosen });
    expect(screen.text).toMatch(/• 您自己\n• 委（[^\n]*\n• 您企业的联络员/);
    await person.press('取消', { message: screen });
  },
);

test('a locked report whose own words tell who wrote it is warned of before it is sent; one that tells nothing is not', async () => {
  const person = channel.person(owner);
  for (const [text, level, warned] of [
    [tale, '锁定', true],
    [slowPermit, '锁定', false],
    [tale, '仅委内可见', false],
  ] as const) {
    const since = person.mark();
    await person.say(text);
    const { screen } = await fillIn(person, { until: 'consent', since, confidentiality: level });
    expect(/委会读到全文，可能因此认出您/.test(screen.text ?? ''), `${level} ${text}`).toBe(warned);
    await person.press('取消', { message: screen });
    await person.say('/report');
    await person.press('丢弃草稿，重新写');
  }
});

test('a file sent to the department below open: the commission is told and finds it in its to-do until it is passed on', async () => {
  const person = channel.person(owner);
  const number = await contacted(channel, { confidentiality: '锁定' });
  const todo = async (): Promise<string> => {
    const since = channel.person(duty).mark();
    await channel.person(duty).say('/todo');
    return (await channel.person(duty).waitFor(() => true, { since })).text ?? '';
  };
  expect(await todo()).not.toContain(number);
  let since = person.mark();
  await pressOn(channel, { person: owner, number, label: '💬 发消息…' });
  expect((await person.waitFor(/请写消息/, { since })).text).toMatch(/材料先由委看过，再转给单位/);
  const [before, dutyBefore] = [channel.person(officer).mark(), channel.person(duty).mark()];
  await person.voice();
  await quiet(channel);
  expect(heard(channel.person(officer), before).join()).toMatch(/有一条新消息/);
  expect(await newest(officer, number)).toMatch(/📎 发来 1 份材料：先在委内，委看过后转来/);
  expect(channel.person(officer).buttons().join()).not.toMatch(/查看材料/);
  expect(heard(channel.person(duty), dutyBefore).join()).toMatch(/企业发来材料，单位还收不到/);
  expect(await todo()).toMatch(new RegExp(`${number}[^]*📎 有材料等您转交`));

  await pressOn(channel, { person: duty, number, label: '📎 逐份转交单位（1）' });
  await channel.person(duty).press('📤 转交第 1 份', {
    message: await channel.person(duty).waitFor(/留在委内的材料/, { since: dutyBefore }),
  });
  await quiet(channel);
  expect(await todo()).not.toContain(number);
  expect(await newest(officer, number)).not.toMatch(/先在委内/);

  // An answer that is waited for brings files the same way; an album is told once.
  await pressOn(channel, { person: officer, number, label: /等企业答复/ });
  await channel.person(officer).say('请发现场照片。');
  since = person.mark();
  await pressOn(channel, { person: owner, number, label: '答复…' });
  expect((await person.waitFor(/请答复/, { since })).text).toMatch(/材料先由委看过，再转给单位/);
  const from = channel.person(duty).mark();
  await person.album([{ caption: '现场' }, {}, {}]);
  await quiet(channel);
  expect(heard(channel.person(duty), from).filter((line) => /企业发来材料/.test(line))).toHaveLength(1);
  expect(await todo()).toContain(number);
  await pressOn(channel, { person: owner, number, label: /撤回/ });
  await person.press('问题已经解决');
  await person.say('已经办好了。');
  await quiet(channel);
  expect(await todo()).not.toContain(number);
});

test('an open case gives its files to the department by itself: nobody has to pass them on', async () => {
  const person = channel.person(owner);
  const number = await contacted(channel, { confidentiality: '公开' });
  const since = person.mark();
  await pressOn(channel, { person: owner, number, label: '💬 发消息…' });
  expect((await person.waitFor(/请写消息/, { since })).text).toMatch(/对方和委都会看到/);
  const from = channel.person(duty).mark();
  await person.photo();
  await quiet(channel);
  expect(heard(channel.person(duty), from).join()).not.toMatch(/企业发来材料/);
  await cardOf(channel, channel.person(officer), number);
  expect(channel.person(officer).buttons().join()).toMatch(/查看材料（1）/);
});
