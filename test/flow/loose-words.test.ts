/** Words about a case that come without its button: Telegram's own reply, and what is typed after a question. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, closed, contacted, filed, pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { fillIn, screenIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
/** Told at each boundary; a test makes the process die there once. */
let atBoundary = (_name: string): void => undefined;
beforeAll(async () => {
  channel = await startChannel({ crashPoint: (name) => atBoundary(name) });
  for (const id of [cast.owner, cast.duty, cast.supervisor, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const { owner, duty, officer } = cast;

async function record(number: string): Promise<Record<string, unknown>> {
  return (await channel.connection().collection('cases').findOne({ number })) ?? {};
}
const openReports = async (): Promise<number> =>
  await channel.connection().collection('drafts').countDocuments({ form: 'report', state: 'open' });

/** The officer asks, and the case waits for the owner. */
async function asked(question: string): Promise<string> {
  await channel.person(owner).say('/cancel');
  const number = await contacted(channel, { owner });
  await pressOn(channel, { person: officer, number, label: /等企业答复/ });
  await channel.person(officer).say(question);
  await quiet(channel);
  return number;
}

async function replyTo(telegramId: number, number: string, words: string): Promise<void> {
  const person = channel.person(telegramId);
  const card = await cardOf(channel, person, number);
  await person.say(words, { replyTo: card.messageId });
  await quiet(channel);
}

test('a reply to the question is the answer: nothing new is begun', async () => {
  const number = await asked('请补充合同编号。');
  const before = await openReports();
  await replyTo(owner, number, '合同编号是 2026-17。');
  expect((await record(number))['state']).toBe('handling');
  expect((await cardOf(channel, channel.person(officer), number)).text).toContain('合同编号是 2026-17。');
  expect(heard(channel.person(officer)).join()).toMatch(/企业已答复/);
  expect(await openReports()).toBe(before);
});

test('a reply about what the duty officer asked goes to the commission; one to any other message is a message', async () => {
  const number = await filed(channel);
  await pressOn(channel, { person: duty, number, label: '请企业补充…' });
  await channel.person(duty).say('请补充受理回执。');
  await quiet(channel);
  await replyTo(owner, number, '回执号 88。');
  expect((await record(number))['state']).toBe('filed');
  await replyTo(owner, number, '再补充一句。');
  expect((await cardOf(channel, channel.person(duty), number)).text).toMatch(/回执号 88[^]*再补充一句/);
});

test('a reply leaves alone the report that is being written, and does not go into it', async () => {
  const number = await asked('请问何时方便？');
  const person = channel.person(owner);
  let since = person.mark();
  await person.say('/report');
  await person.waitFor(/请用自己的话|没写完/, { since });
  if (person.buttons().includes('丢弃草稿，重新写')) await person.press('丢弃草稿，重新写');
  since = person.mark();
  await person.say('公积金中心窗口系统“升级”了两周，60 多个员工的补缴办不了。');
  await fillIn(person, { until: 'files', since });
  await replyTo(owner, number, '下周二上午方便。');
  expect((await record(number))['state']).toBe('handling');
  since = person.mark();
  await person.say('补充：窗口在二楼。');
  await person.waitFor(/已补充/, { since });
  await person.say('/cancel');
  since = person.mark();
  await person.say('/report');
  const offered = await person.waitFor(/没写完的草稿/, { since });
  expect(offered.text).toMatch(/公积金中心/);
  await person.press('丢弃草稿，重新写', { message: offered });
  await person.say('/cancel');
  expect(everSeen(channel.person(officer))).not.toMatch(/窗口在二楼/);
});

test('a reply of staff goes to nobody: they say by a button to whom they speak', async () => {
  const over = await closed(channel, { owner });
  const number = await contacted(channel, { owner });
  await pressOn(channel, { person: officer, number, label: /上报办结/ });
  for (const [person, about, words] of [
    [duty, number, '这件怎么回事？'],
    [officer, over, '企业态度不好。'],
  ] as const) {
    await replyTo(person, about, words);
    expect(heard(channel.person(person)).at(-1)).toMatch(/没有送给任何人[^]*“发消息”/);
    expect(everSeen(channel.person(owner))).not.toContain(words);
  }
  // What he was writing stands where it stood.
  const since = channel.person(officer).mark();
  await channel.person(officer).say('批复已出，可到窗口领取。');
  await channel.person(officer).waitFor(/哪些措施/, { since });
});

/** Types without a form; gives the screen that answers. */
async function typed(words: string) {
  const person = channel.person(owner);
  await person.say('/cancel');
  await quiet(channel);
  const since = person.mark();
  await person.say(words);
  return await person.waitFor(({ inlineKeyboard }) => inlineKeyboard !== undefined, { since });
}

test('what is typed after a question is offered as its answer, pressed twice goes there once, and no report is left', async () => {
  const number = await asked('请问合同签了吗？');
  const screen = await typed('没有');
  expect(screen.text).toMatch(/已有事项的答复[^]*没有[^]*再多写几个字/);
  const person = channel.person(owner);
  const label = `↩︎ 这是对 ${number} 的答复`;
  expect(person.buttons(screen)[0]).toBe(label);
  const data = (screen.inlineKeyboard ?? []).flat()[0]?.callbackData ?? '';
  await person.press(label, { message: screen });
  await person.pressData({ messageId: screen.messageId, data });
  await quiet(channel);
  const c = await record(number);
  expect(c['state']).toBe('handling');
  const said = (c['history'] as { transition: string }[]).map(({ transition }) => transition);
  expect(said.filter((name) => name === 'resume' || name === 'message')).toEqual(['resume']);
  expect((await cardOf(channel, channel.person(officer), number)).text).toMatch(/没有/);
  const since = person.mark();
  await person.say('/report');
  expect((await person.waitFor(() => true, { since })).text).not.toMatch(/没写完/);
});

test('the words may as well be a report: going on files it, and the case hears nothing', async () => {
  const number = await asked('请确认面积。');
  const screen = await typed(slowPermit);
  expect(channel.person(owner).buttons(screen).join()).toContain(number);
  expect(screenIn(screen)).toBe('files');
  const person = channel.person(owner);
  const { screen: review } = await fillIn(person, { until: 'review', since: 0 });
  expect(person.buttons(review).join()).not.toContain('这是对');
  expect((await record(number))['state']).toBe('waiting');
});

test('a death between choosing and sending loses nothing: pressing again sends it, once', async () => {
  const number = await asked('请确认联系人。');
  const screen = await typed('联系人是仓库的老周，电话不变。');
  const person = channel.person(owner);
  let deaths = 0;
  atBoundary = (name) => {
    if (name !== 'state-saved' || deaths > 0) return;
    deaths++;
    throw new Error('died here');
  };
  await person.press(new RegExp(`这是对 ${number}`), { message: screen });
  await quiet(channel);
  atBoundary = () => undefined;
  expect(deaths).toBe(1);
  const { history } = (await record(number)) as { history: { transition: string }[] };
  expect(
    history.filter(({ transition }) => transition === 'resume' || transition === 'message'),
  ).toHaveLength(1);
});

test('a case that ended meanwhile gives the words back', async () => {
  const number = await asked('请确认地址。');
  const screen = await typed('地址没有变，还在老厂区。');
  await pressOn(channel, { person: owner, number, label: /撤回/ });
  const person = channel.person(owner);
  await person.press('问题已经解决');
  await person.say('已经办好了。');
  await quiet(channel);
  expect((await record(number))['state']).toBe('withdrawn');
  const { answer } = await person.press(new RegExp(`这是对 ${number}`), { message: screen });
  expect(answer?.text).toMatch(/现在不能这样做/);
  const since = person.mark();
  await person.say('/report');
  expect((await person.waitFor(/没写完/, { since })).text).toContain('地址没有变');
});
