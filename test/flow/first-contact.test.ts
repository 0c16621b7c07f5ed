import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { fillIn, screenIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
});
afterAll(async () => await channel.stop());

async function answerTo(person: TestPerson, words: string): Promise<ViewMessage> {
  const since = person.mark();
  await person.say(words);
  return await person.waitFor(() => true, { since });
}

interface Chat {
  readonly commands: readonly { readonly command: string; readonly description: string }[];
}

/** The command menu that this person's app shows now. */
async function menuOf(id: number): Promise<Chat['commands']> {
  const response = await fetch(`${channel.sandbox.url}/sandbox/people/${id}/messages`);
  return ((await response.json()) as Chat).commands;
}

test('an owner chooses his language, reads what Telegram can and cannot keep secret, and is asked to tell', async () => {
  const owner = channel.person(cast.owner);
  await owner.start();
  await owner.waitFor(/请选择语言 · Choose your language/);
  await owner.press('中文');
  const honesty = await owner.waitFor(/不是端到端加密/);
  expect(honesty.text).toMatch(/内容本身也可能让人猜出是谁写的/);
  expect(owner.messages().filter(({ text = '' }) => /请用自己的话写/.test(text))).toEqual([]);
  await owner.press('我知道了');
  await owner.waitFor(/请用自己的话写/);
  await owner.start();
  await owner.waitFor(/企业直通车/);
  expect(owner.buttons()).toEqual(['📝 我要反映', '📂 我的事项']);
});

test('the same in English, and the language can be changed at any time', async () => {
  const owner = channel.person(cast.englishOwner);
  await owner.start();
  await owner.press('English');
  await owner.waitFor(/not end-to-end encrypted/);
  await owner.press('I understand');
  await owner.waitFor(/in your own words/);
  expect((await menuOf(cast.englishOwner))[0]?.description).toMatch(/report/i);
  await answerTo(owner, '/language');
  await owner.press('中文');
  await owner.waitFor(/以后用中文/);
  expect((await answerTo(owner, '/help')).text).toMatch(/写下您遇到的事/);
  expect((await menuOf(cast.englishOwner))[0]?.description).toBe('我要反映');
  await answerTo(owner, '/language');
  await owner.press('English');
  await owner.waitFor(/English from now on/);
});

test('help, privacy, language and an unknown command answer in the middle of a report and do not disturb it', async () => {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say('窗口一直不给我们办变更登记，拖了三个月，也不说原因。');
  await owner.waitFor((message) => screenIn(message) !== undefined, { since });
  expect((await answerTo(owner, '/help')).text).toMatch(/\/report 我要反映/);
  expect((await answerTo(owner, '/privacy')).text).toMatch(/仅委内可见（默认）/);
  expect((await answerTo(owner, '/language')).text).toMatch(/Choose your language/);
  expect((await answerTo(owner, '/nonsense')).text).toMatch(/没看懂.*\/report.*\/help/);
  expect((await answerTo(owner, '/todo')).text).toMatch(/不在您的身份里/);
  expect((await answerTo(owner, '/case')).text).toMatch(/请把编号一起发来/);

  expect((await answerTo(owner, '/cancel')).text).toMatch(/已停下。草稿留着/);
  expect((await answerTo(owner, '/cancel')).text).toMatch(/没有在填写/);
  expect((await answerTo(owner, '/report')).text).toMatch(/没写完的草稿.*拖了三个月/s);
  const resumed = owner.mark();
  await owner.press('继续上次的草稿');
  await owner.waitFor((message) => screenIn(message) !== undefined, { since: resumed });
});

test('what was not begun is not kept: after cancelling an empty report the next words begin a new one', async () => {
  const person = channel.person(cast.passerBy);
  await arrive(person);
  await person.waitFor(/请用自己的话写/);
  expect((await answerTo(person, '/cancel')).text).toBe('已取消。');
  const told = await answerTo(person, '窗口一直不给我们办变更登记，拖了三个月，也不说原因。');
  expect(screenIn(told)).toBeDefined();
});

test('a bare greeting is greeted and told what to write, and becomes no report', async () => {
  const person = channel.person(cast.passerBy);
  await answerTo(person, '/cancel');
  for (const greeting of ['你好', 'hello！']) {
    const since = person.mark();
    await person.say(greeting);
    await person.waitFor(/请用自己的话写/, { since });
    const told = person.history().filter(({ seq, by }) => seq > since && by === 'bot');
    expect(told.map(({ text }) => text).join('\n')).toMatch(/^您好！有什么事，直接写在这里就行。\n/);
  }
  expect((await answerTo(person, '/cancel')).text).toBe('已取消。');
});

test('words said while a kept draft waits begin a report of their own; the kept one is offered after it', async () => {
  const person = channel.person(cast.passerBy);
  await answerTo(person, '/cancel');
  const since = person.mark();
  await person.say('建议园区的路灯装得密一点，夜班工人走路方便些。');
  const { screen } = await fillIn(person, { until: 'consent', since, enterprise: '过客商行' });
  expect(person.history().some(({ text }) => text.includes('已另起一份'))).toBe(true);
  await person.press('📨 确认提交', { message: screen });
  await person.waitFor(/谢谢您的建议/, { since });
  expect((await answerTo(person, '/report')).text).toMatch(/没写完的草稿.*变更登记/s);
});

test('nobody gets past the honesty screen by writing on, neither with words nor with an album', async () => {
  const person = channel.person(cast.twoRoles);
  await person.start();
  await person.press('中文');
  await person.press('企业');
  await person.waitFor(/不是端到端加密/);
  const since = person.mark();
  await person.album([{ caption: '厂门口的路被挖开三个月，没有人来修。' }, {}, {}]);
  await person.waitFor(/不是端到端加密/, { since });
  expect((await answerTo(person, '车都进不来，订单丢了两个。')).text).toMatch(/不是端到端加密/);
  const read = person.mark();
  await person.press('我知道了');
  await fillIn(person, { until: 'review', since: read });
  const review = await person.waitFor(/请看一遍/, { since: read });
  expect(review.text).toMatch(/路被挖开三个月.*订单丢了两个/s);
  expect(review.text).toMatch(/📎3/);
});

test('each role has its own command menu', async () => {
  for (const id of [cast.officer, cast.duty, cast.leader, cast.admin]) await arrive(channel.person(id));
  const offered = async (id: number): Promise<readonly string[]> =>
    (await menuOf(id)).map(({ command }) => command);
  for (const id of [cast.owner, cast.officer, cast.duty, cast.leader, cast.admin, cast.twoRoles])
    expect(await offered(id)).toEqual(expect.arrayContaining(['cancel', 'help', 'privacy', 'language']));
  const own = ['report', 'my', 'todo', 'pool', 'case', 'health', 'role'];
  const ownOf = async (id: number): Promise<string> =>
    (await offered(id)).filter((command) => own.includes(command)).join(' ');
  expect(await ownOf(cast.owner)).toBe('report my case');
  expect(await ownOf(cast.officer)).toBe('todo case');
  expect(await ownOf(cast.duty)).toBe('todo pool case');
  expect(await ownOf(cast.leader)).toBe('todo pool case');
  expect(await ownOf(cast.admin)).toBe('health');
  expect(await ownOf(cast.twoRoles)).toBe('report my case role');
});

test('help lists what stands in the menu of the role, and staff are not told to report', async () => {
  await arrive(channel.person(cast.auditor));
  for (const id of [cast.owner, cast.officer, cast.duty, cast.leader, cast.admin, cast.auditor]) {
    const person = channel.person(id);
    const { text = '' } = await answerTo(person, '/help');
    const listed = [...text.matchAll(/^\/(\w+)/gm)].map(([, name]) => name);
    expect(listed, String(id)).toEqual((await menuOf(id)).map(({ command }) => command));
    const unknown = (await answerTo(person, '/nonsense')).text ?? '';
    expect(unknown.includes('/report'), String(id)).toBe(id === cast.owner);
  }
  expect((await answerTo(channel.person(cast.auditor), '/help')).text).toMatch(/\/audit[^]*/);
});

test('an edited message is not read again, and he is told so', async () => {
  const owner = channel.person(cast.owner);
  const said = await owner.say('/help');
  const since = owner.mark();
  await owner.edit(said, '/privacy');
  await owner.waitFor(/改过的消息不会重新读取|An edited message is not read again/, { since });
});
