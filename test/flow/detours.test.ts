/** The ways beside the straight one: supplement, appeal, return, wait, extension, co-departments, raising, listing, unsealing, transfer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, contacted, dispatched, filed, pressOn, signed, writeResult } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, head, duty, secondDuty, supervisor, leader, housingHead, housingOfficer } = cast;

let channel: Channel;
beforeAll(async () => {
  // Three levels: Approvals below Housing, Housing below Development.
  channel = await startChannel({
    organisation: (file) => ({
      ...file,
      departments: file.departments.map((department) => ({
        ...department,
        headSignsOff: department.code === 'ZFJ',
        officers: department.code === 'ZFJ' ? [] : department.officers,
        parent: department.code === 'SPJ' ? 'ZJJ' : department.code === 'ZJJ' ? 'FGJ' : null,
      })),
    }),
  });
  for (const id of [
    owner,
    officer,
    head,
    duty,
    secondDuty,
    supervisor,
    leader,
    housingHead,
    housingOfficer,
    cast.twoRoles,
    cast.enforcementHead,
  ])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const person = (id: number) => channel.person(id);
const hears = async (id: number, number: string, words: string) =>
  await person(id).waitFor(({ text = '' }) => text.includes(number) && text.includes(words));
const press = async (id: number, number: string, label: string | RegExp) =>
  await pressOn(channel, { person: id, number, label });

/** Everything somebody was shown about a case. */
const heardOf = (id: number, number: string): readonly string[] =>
  heard(person(id)).filter((text) => text.includes(number));

/** Every version of everything that was ever shown to somebody about a case. */
const shownOf = (id: number, number: string): string =>
  person(id)
    .history()
    .filter(({ text }) => text.includes(number))
    .map(({ text }) => text)
    .join('\n');

/** Presses a button that stands behind "more". */
async function pressRare(id: number, number: string, label: string | RegExp): Promise<void> {
  await quiet(channel);
  await person(id).say(`/case ${number}`);
  await press(id, number, '更多操作…');
  await press(id, number, label);
}

/** Opens a form from a card and writes its words. */
async function write(id: number, number: string, label: string | RegExp, words: string): Promise<void> {
  await press(id, number, label);
  await person(id).say(words);
  await quiet(channel);
}

async function writeRare(id: number, number: string, label: string | RegExp, words: string): Promise<void> {
  await pressRare(id, number, label);
  await person(id).say(words);
  await quiet(channel);
}

test('asked for more, the enterprise adds it; the dispatch clock stood still meanwhile', async () => {
  const number = await filed(channel);
  await write(duty, number, '请企业补充…', '请补充受理回执的照片。');
  await hears(owner, number, '受理回执的照片');
  await channel.advanceWorking('P2D');
  expect(
    heardOf(supervisor, number).some((text) => text.includes('交办')),
    'no alarm while it waits',
  ).toBe(false);
  await press(owner, number, '补充材料…');
  await person(owner).photo({ caption: '回执在这里' });
  await hears(duty, number, '企业已补充');
  await press(duty, number, /交办 审批局/);
  await hears(officer, number, '请签收');
});

test('what is not added within five working days ends as not accepted, and can be appealed; another officer decides', async () => {
  const number = await filed(channel);
  await write(duty, number, '请企业补充…', '请补充合同。');
  expect((await cardOf(channel, person(owner), number)).text).toMatch(/等您补充，最迟 \d/);
  expect((await cardOf(channel, person(duty), number)).text).toMatch(/等企业补充，最迟 \d/);
  await channel.advanceWorking('P6D');
  await hears(owner, number, '已按不予受理结束');
  await write(owner, number, '申诉…', '合同在对方手里，我们只有结算单。');
  await hears(secondDuty, number, '企业申诉');
  await press(secondDuty, number, /交办 审批局/);
  await hears(owner, number, '已交责任单位');
});

test('the one who declined does not decide the appeal', async () => {
  const number = await filed(channel);
  await write(duty, number, '不予受理…', '不属于本通道。');
  await write(owner, number, '申诉…', '这就是审批拖延。');
  await quiet(channel);
  const state = person(duty);
  expect(
    state.buttons(await hears(duty, number, '企业申诉')).some((label) => /交办|不予受理/.test(label)),
  ).toBe(false);
  await press(secondDuty, number, /交办 审批局/);
  await hears(officer, number, '请签收');
});

test('returned once, the duty officer sends it back for good: the second return is not offered', async () => {
  const number = await dispatched(channel);
  await write(officer, number, '退单…', '不是我局职责。');
  await hears(duty, number, '单位退单');
  expect(heardOf(owner, number).some((text) => text.includes('不是我局职责'))).toBe(false);
  // It waits for the duty officer, with a date of his own again.
  expect((await cardOf(channel, person(duty), number)).text).toMatch(/单位已退回。请在 .+ 前改交别的单位/);
  await hears(officer, number, '已退回，由值班受理员决定');
  expect((await cardOf(channel, person(owner), number)).text).toMatch(
    /值班受理员会在 .+ 前重新确定责任单位，最迟 \d/,
  );
  await press(duty, number, '📮 交办其他单位…');
  await press(duty, number, '审批局');
  const card = await cardOf(channel, person(officer), number);
  expect(person(officer).buttons(card)).not.toContain('退单…');
  await press(officer, number, '✅ 签收');
  await hears(owner, number, '正在办理');
});

test('the reason of a return stays with the department that returned: the next one does not read it', async () => {
  const number = await dispatched(channel);
  await write(officer, number, '退单…', '该企业曾与我局有纠纷。');
  await hears(duty, number, '曾与我局有纠纷');
  await press(duty, number, '📮 交办其他单位…');
  await press(duty, number, '住房和城乡建设局');
  await hears(housingOfficer, number, '请签收');
  expect(shownOf(housingOfficer, number)).not.toContain('曾与我局有纠纷');
});

test('while the department waits for the enterprise its clock stands still; the answer sets it going again', async () => {
  const number = await contacted(channel);
  await write(officer, number, '等企业答复（暂停）…', '请确认设备型号。');
  await hears(owner, number, '请确认设备型号');
  expect((await cardOf(channel, person(owner), number)).text).toMatch(
    /审批局在等您答复，最迟 \d[^]*照样接着办/,
  );
  expect((await cardOf(channel, person(duty), number)).text).toMatch(/等企业答复，最迟 \d/);
  await channel.advanceWorking('P4D');
  expect(heardOf(officer, number).some((text) => text.includes('已过半'))).toBe(false);
  await press(owner, number, '答复…');
  await person(owner).say('型号是 X-200。');
  await hears(officer, number, 'X-200');
  await channel.advanceWorking('P6D');
  await hears(officer, number, '已过半');
});

test('a wait nobody answers lapses at its cap, and the work goes on', async () => {
  const number = await contacted(channel);
  await write(officer, number, '等企业答复（暂停）…', '请确认地址。');
  await channel.advanceWorking('P6D');
  await hears(officer, number, '等待期满');
  await hears(owner, number, '等待期满');
});

test('an extension is asked, refused, asked again and granted; the enterprise reads why and until when', async () => {
  const number = await contacted(channel);
  const ask = async (reason: string): Promise<void> => {
    await pressRare(officer, number, '申请延期…');
    const asked = await person(officer).waitFor(/延期几个工作日/);
    // A general case has ten days: half of that is the most that can be asked for.
    expect(person(officer).buttons(asked)).toEqual(['1', '2', '3', '5', '取消']);
    await person(officer).press('3');
    await person(officer).say(reason);
    await hears(supervisor, number, '单位申请延期');
  };
  await ask('需要上级会签。');
  await press(supervisor, number, '不同意延期');
  await hears(officer, number, '不同意延期');
  await ask('专家评审排到下周。');
  const before = await hears(supervisor, number, '申请延期');
  expect(before.text).toContain('3 个工作日');
  await press(supervisor, number, '✅ 同意延期');
  await hears(officer, number, '新的日期见下');
  const told = await hears(owner, number, '办结日期延后了');
  expect(told.text).toContain('专家评审排到下周');
});

test('a co-department has its own part; the lead submits only when it is done', async () => {
  const number = await contacted(channel);
  await pressRare(duty, number, '➕ 增加协办单位…');
  await press(duty, number, '住房和城乡建设局');
  const part = await hears(housingOfficer, number, '协办任务');
  expect(part.text).toMatch(/贵单位协办，须在 .+ 前办完自己的部分；审批局牵头/);
  const lead = await hears(officer, number, '增加了协办单位');
  expect(heardOf(officer, number).some((text) => text.includes('协办任务'))).toBe(false);
  expect(person(officer).buttons(lead)).not.toContain('📤 上报办结…');
  await write(housingOfficer, number, '✅ 协办部分已办…', '管网图已提供给审批局。');
  await hears(officer, number, '协办单位已完成');
  await hears(housingOfficer, number, '贵单位的协办部分已办');
  await writeResult(channel, { person: officer, number });
  await person(officer).press('📤 上报');
  await hears(duty, number, '请核查');
});

test('a co-department that comes before the signature reads that the lead signs, and the lead that there is one', async () => {
  const number = await dispatched(channel);
  await pressRare(duty, number, '➕ 增加协办单位…');
  await press(duty, number, '住房和城乡建设局');
  const part = await hears(housingOfficer, number, '协办任务');
  expect(part.text).toMatch(/贵单位协办，可先办自己的部分；由审批局签收/);
  expect(part.text).not.toMatch(/贵单位须在/);
  await hears(officer, number, '增加了协办单位');
});

test('raised through the levels: the old lead becomes a co-department, at the top it is listed', async () => {
  const number = await signed(channel);
  await writeRare(supervisor, number, '⬆️ 提级…', '拖延严重。');
  await hears(housingOfficer, number, '已提级，请签收');
  await hears(owner, number, '已提到上一级单位');
  await press(housingOfficer, number, '✅ 签收');
  await writeRare(supervisor, number, '⬆️ 提级…', '仍无进展。');
  await hears(cast.twoRoles, number, '已提级，请签收');
  await press(cast.twoRoles, number, '✅ 签收');
  await writeRare(leader, number, '⬆️ 提级…', '已经到最上一级。');
  const listed = await hears(cast.twoRoles, number, '挂牌督办：每 5 个工作日');
  expect(listed.text).toContain('挂牌督办中');
  await channel.advanceWorking('P5D');
  await hears(leader, number, '挂牌督办报告');
});

test('a leader takes charge, the department reports, the leader lets go', async () => {
  const number = await contacted(channel);
  await pressRare(leader, number, '🙋 我来包案');
  await hears(officer, number, '委领导包案');
  await write(officer, number, '📈 报告进展…', '已与企业现场核对。');
  await hears(leader, number, '单位报告了进展');
  await pressRare(leader, number, '结束包案');
  await hears(officer, number, '委领导已结束包案');
});

test('a misfired seal is undone by two persons, and a department works on it again', async () => {
  const number = await dispatched(channel);
  await writeRare(duty, number, /转委内直接办理/, '疑似索要好处。');
  await hears(officer, number, '已由委直接办理');
  await writeRare(duty, number, '提出解除…', '核实后不涉廉洁问题。');
  const asked = await hears(supervisor, number, '须另一人同意');
  await person(supervisor).press('✅ 同意解除，转回受理', { message: asked });
  await hears(owner, number, '您的名字仍不给单位');
  // Its words led to whom it is about: nobody is proposed, a person chooses.
  expect(
    person(duty)
      .buttons(await cardOf(channel, person(duty), number))
      .join(' '),
  ).not.toMatch(/交办 \S+局/);
  await press(duty, number, '📮 交办其他单位…');
  await press(duty, number, '审批局');
  await hears(officer, number, '请签收');
});

test('a transfer takes the supervisor and the leader, and its receipt is asked for until it is entered', async () => {
  const number = await dispatched(channel);
  await writeRare(supervisor, number, /转委内直接办理/, '线索清楚。');
  await writeRare(supervisor, number, '提出移交…', '市监委，监察法第三十四条，移〔2026〕12号。');
  await hears(leader, number, '督办提出移交');
  await press(leader, number, '✅ 同意移交');
  const handedOver = await hears(owner, number, '已移交有关机关');
  expect(handedOver.text).toContain('已移交有权机关处理。');
  const awaited = await hears(supervisor, number, '请登记对方回执');
  expect(awaited.text).toMatch(/已移交。请在 .+ 前登记回执/);
  await channel.advanceWorking('P5D');
  await hears(supervisor, number, '移交回执');
  // Asked again and again until it is there.
  await channel.advanceWorking('P15D');
  await quiet(channel);
  expect(heard(person(leader)).filter((line) => line.includes('移交回执')).length).toBeGreaterThan(1);
  await write(supervisor, number, '登记移交回执…', '2026 年 3 月 20 日，回执 7 号。');
  await hears(leader, number, '移交回执已登记');
});

test('whoever says that he was asked to withdraw alarms the commission; the department reads no reason', async () => {
  const number = await signed(channel);
  await pressRare(owner, number, '撤回…');
  await person(owner).press('有人要我撤回');
  await person(owner).say('有人打电话叫我撤。');
  await hears(supervisor, number, '有人要求其撤回');
  await hears(officer, number, '企业已撤回');
  expect(heardOf(officer, number).some((text) => text.includes('有人打电话'))).toBe(false);
});

test('the reporter changes who sees his name: the officer reads it only as long as it is open', async () => {
  const number = await signed(channel, { confidentiality: '公开' });
  expect((await hears(officer, number, '江城精工')).text).toContain('江城精工');
  await pressRare(owner, number, '🔐 改谁能看到名字…');
  await press(owner, number, '锁定');
  await person(officer).waitFor(({ text = '' }) => text.includes(number) && !text.includes('江城精工'));
});

test('a department without officers is not stuck: its head signs and handles', async () => {
  const number = await filed(channel);
  await press(duty, number, '📮 交办其他单位…');
  await press(duty, number, '综合执法局');
  await press(cast.enforcementHead, number, '✅ 签收');
  await write(cast.enforcementHead, number, /首次联系/, '我是负责人，由我办理。');
  await hears(owner, number, '由我办理');
  await writeResult(channel, { person: cast.enforcementHead, number });
  await person(cast.enforcementHead).press('📤 上报');
  await hears(duty, number, '请核查');
});

test('who urges is told that it was done, and who hears of it', async () => {
  const number = await signed(channel);
  expect(await press(owner, number, '⏰ 催办')).toMatch(/已催办：经办的人马上会收到提醒/);
  await hears(officer, number, '催');
});
