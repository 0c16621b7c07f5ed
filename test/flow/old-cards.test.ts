/** What somebody may no longer see leaves his older cards as well. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [
    cast.owner,
    cast.housingOfficer,
    cast.officer,
    cast.colleague,
    cast.head,
    cast.duty,
    cast.supervisor,
    cast.leader,
  ])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** Everything of a case that stands in somebody's chat now. */
const standing = (id: number, number: string): string =>
  channel
    .person(id)
    .messages()
    .filter(({ from, text = '' }) => from === 'bot' && text.includes(number))
    .map(({ text }) => text)
    .join('\n');

/**
 * Several cards of the case lie in the officer's chat: dispatched, signed, a message, another message; and its whole text.
 * While the name is open staff use it: the duty officer in what he words for the department, the officer in what he writes.
 */
async function severalCards(): Promise<string> {
  const number = await filed(channel, { confidentiality: '公开' });
  await pressOn(channel, { person: cast.duty, number, label: '✏️ 改写转交文字…' });
  // Too long for a card, so that reading it whole is offered.
  await channel.person(cast.duty).say(`江城精工反映环评批复没有答复。${'窗口每次都说在走流程。'.repeat(70)}`);
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await pressOn(channel, { person: cast.officer, number, label: '✅ 签收' });
  await pressOn(channel, { person: cast.officer, number, label: /首次联系/ });
  await channel.person(cast.officer).say('江城精工您好，我是承办人，正在核实。');
  for (const words of ['第一条补充。', '第二条补充。']) {
    await pressOn(channel, { person: cast.owner, number, label: '💬 发消息…' });
    await channel.person(cast.owner).say(words);
    await quiet(channel);
  }
  expect(standing(cast.officer, number)).toContain('环评批复');
  expect(standing(cast.officer, number)).toContain('江城精工');
  await pressOn(channel, { person: cast.officer, number, label: /阅读全文/ });
  await quiet(channel);
  return number;
}

test('a sealed case leaves every card of its department, the oldest, too', async () => {
  const number = await severalCards();
  await pressOn(channel, { person: cast.duty, number, label: /转委内直接办理/ });
  await channel.person(cast.duty).say('疑似索要好处。');
  await quiet(channel);
  for (const id of [cast.officer, cast.colleague, cast.head]) {
    expect(standing(id, number)).not.toMatch(/环评批复|第一条补充|江城精工/);
    expect(standing(id, number)).toContain('已由委直接办理');
  }
});

test('a name that is no longer open leaves every card that showed it', async () => {
  const number = await severalCards();
  await pressOn(channel, { person: cast.owner, number, label: '🔐 改谁能看到名字…' });
  await pressOn(channel, { person: cast.owner, number, label: '仅委内可见' });
  await quiet(channel);
  for (const id of [cast.officer, cast.head]) {
    expect(standing(id, number)).not.toContain('江城精工');
    expect(standing(id, number)).toContain('环评批复');
    // Neither by what the duty officer wrote while it was open.
    const since = channel.person(id).mark();
    await channel.person(id).say('/find 江城精工');
    expect((await channel.person(id).waitFor(() => true, { since })).text).toMatch(/没有找到/);
  }
  // Another department that comes to it now reads what was said before without the name.
  await pressOn(channel, { person: cast.duty, number, label: '➕ 增加协办单位…' });
  await pressOn(channel, { person: cast.duty, number, label: '住房和城乡建设局' });
  await quiet(channel);
  expect(standing(cast.housingOfficer, number)).toMatch(/〔企业〕您好，我是承办人/);
  expect(everSeen(channel.person(cast.housingOfficer))).not.toContain('江城精工');
});

test('the reporter hides his name with one press on his card; showing it to more is not offered there', async () => {
  const number = await severalCards();
  const owner = channel.person(cast.owner);
  const raises = async (): Promise<readonly string[]> =>
    owner.buttons(await cardOf(channel, owner, number)).filter((label) => label.startsWith('🔒'));
  await owner.say(`/case ${number}`);
  expect(await raises()).toEqual(['🔒 名字改为“仅委内可见”', '🔒 名字改为“锁定”']);
  const answer = await pressOn(channel, { person: cast.owner, number, label: '🔒 名字改为“仅委内可见”' });
  expect(answer).toMatch(/打开的照片、文件、语音和列表收不回来/);
  await quiet(channel);
  for (const id of [cast.officer, cast.head]) expect(standing(id, number)).not.toContain('江城精工');
  expect(await raises()).toEqual(['🔒 名字改为“锁定”']);
  await pressOn(channel, { person: cast.owner, number, label: '🔒 名字改为“锁定”' });
  await quiet(channel);
  // What the officer wrote is content, which the commission reads in full.
  expect(standing(cast.duty, number)).not.toContain('江城精工机械');
  expect(await raises()).toEqual([]);
});
