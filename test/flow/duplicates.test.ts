import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, dispatched, filed, pressOn, slowPermit, unpaidWork } from '../support/case-steps.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const again = `${slowPermit}请尽快。`;
const hint = /可能是重复反映/;

test('the same trouble told again is hinted at on the duty officer’s card; he links the two, and each names the other', async () => {
  const first = await dispatched(channel);
  const second = await filed(channel, { text: again });
  const duty = channel.person(cast.duty);
  const card = await cardOf(channel, duty, second);
  expect(card.text).toMatch(hint);
  expect(card.text).toMatch(new RegExp(`${first} 待签收，相近 \\d+%`));
  const { message: other } = await duty.press(`查看 ${first.slice(-8)}`, { message: card });
  expect(other.text?.startsWith(first)).toBe(true);

  await duty.say(`/case ${second}`);
  await pressOn(channel, { person: cast.duty, number: second, label: '标为相关' });
  await duty.waitFor(({ text = '' }) => text.startsWith(second) && text.includes(`🔗 相关：${first}`));
  const since = duty.mark();
  await duty.say(`/case ${first}`);
  await duty.waitFor(({ text = '' }) => text.startsWith(first) && text.includes(`🔗 相关：${second}`), {
    since,
  });
  await pressOn(channel, { person: cast.duty, number: second, label: '📮 交办 审批局' });
});

test('merged into the other one, the reporter is told and both threads stay readable', async () => {
  const text = `${unpaidWork}已经三年。`;
  const first = await filed(channel, { text });
  const second = await filed(channel, { text: `${text}请帮忙。` });
  await pressOn(channel, { person: cast.duty, number: second, label: '并入它' });
  const owner = channel.person(cast.owner);
  const told = await owner.waitFor(
    ({ text: shown = '' }) => shown.includes(second) && shown.includes('并入了您的另一件'),
  );
  expect(told.text).toContain('在那里一并办理');
  await quiet(channel);
  for (const number of [first, second]) {
    const duty = channel.person(cast.duty);
    const since = duty.mark();
    await duty.say(`/case ${number}`);
    const shown = await duty.waitFor(({ text: read = '' }) => read.startsWith(number), { since });
    expect(shown.text).toContain(number === first ? `🔗 相关：${second} 已并案` : `🔗 相关：${first} 待受理`);
    expect(shown.text).toContain('工程款');
  }
  expect((await channel.state()).cases['merged']).toBe(1);
});

test('no hint for other trouble, and none where a locked name would be told by it', async () => {
  const other = await filed(channel, {
    text: '园区夜间经常停电，冷库压缩机已经烧坏两台，报修三次无人处理。',
  });
  expect((await cardOf(channel, channel.person(cast.duty), other)).text).not.toMatch(hint);
  const locked = await filed(channel, { text: again, confidentiality: '锁定' });
  expect((await cardOf(channel, channel.person(cast.duty), locked)).text).not.toMatch(hint);
  const third = await filed(channel, { text: `${again}谢谢。` });
  const card = await cardOf(channel, channel.person(cast.duty), third);
  expect(card.text).toMatch(hint);
  expect(card.text).not.toContain(locked);
});

test('no department and no reporter ever reads a hint or a link', () => {
  for (const id of [cast.officer, cast.owner])
    expect(everSeen(channel.person(id))).not.toMatch(/重复反映|🔗/);
});
