/** What somebody may no longer see leaves his older cards as well. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, contacted, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [
    cast.owner,
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

/** Several cards of the case lie in the officer's chat: dispatched, signed, a message, another message. */
async function severalCards(): Promise<string> {
  const number = await contacted(channel, { confidentiality: '公开' });
  for (const words of ['第一条补充。', '第二条补充。']) {
    await pressOn(channel, { person: cast.owner, number, label: '💬 发消息…' });
    await channel.person(cast.owner).say(words);
    await quiet(channel);
  }
  expect(standing(cast.officer, number)).toContain('环评批复');
  expect(standing(cast.officer, number)).toContain('江城精工');
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
  }
});

test('the reporter hides his name with one press on his card; showing it to more is not offered there', async () => {
  const number = await severalCards();
  const owner = channel.person(cast.owner);
  const raises = async (): Promise<readonly string[]> =>
    owner.buttons(await cardOf(channel, owner, number)).filter((label) => label.startsWith('🔒'));
  await owner.say(`/case ${number}`);
  expect(await raises()).toEqual(['🔒 名字改为“仅委内可见”', '🔒 名字改为“锁定”']);
  await pressOn(channel, { person: cast.owner, number, label: '🔒 名字改为“仅委内可见”' });
  await quiet(channel);
  for (const id of [cast.officer, cast.head]) expect(standing(id, number)).not.toContain('江城精工');
  expect(await raises()).toEqual(['🔒 名字改为“锁定”']);
  await pressOn(channel, { person: cast.owner, number, label: '🔒 名字改为“锁定”' });
  await quiet(channel);
  expect(standing(cast.duty, number)).not.toContain('江城精工');
  expect(await raises()).toEqual([]);
});
