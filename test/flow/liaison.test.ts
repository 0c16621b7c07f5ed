/** A liaison follows the service cases of his own enterprises: their names unless locked, never the integrity track (rules §6). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, contacted, filed, pressOn, unpaidWork } from '../support/case-steps.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

/** Somebody who is nothing but the liaison of the owner's enterprise. */
const liaison = cast.passerBy;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    organisation: (file) => ({
      ...file,
      commission: [...file.commission, { telegramId: liaison, name: '何联络', roles: ['liaison'] }],
      enterprises: file.enterprises.map((one) =>
        one.contacts.includes(cast.owner) ? { ...one, liaison } : one,
      ),
    }),
  });
  const { owner, englishOwner, duty, officer, head, supervisor } = cast;
  for (const id of [owner, duty, officer, head, supervisor, liaison]) await arrive(channel.person(id));
  await arrive(channel.person(englishOwner), 'English');
});
afterAll(async () => await channel.stop());

const answer = async (id: number, words: string, pattern: RegExp): Promise<string> => {
  const since = channel.person(id).mark();
  await channel.person(id).say(words);
  return (await channel.person(id).waitFor(pattern, { since })).text ?? '';
};

test('he lists, opens and finds the cases of his enterprise, with its name, and writes notes of his own', async () => {
  const number = await contacted(channel);
  await pressOn(channel, { person: cast.duty, number, label: '📝 写内部备注…' });
  await answer(cast.duty, '值班备注：先约谈。', /已记下/);
  expect(await answer(liaison, '/pool', /我联系企业的事项/)).toContain(number);
  const card = await answer(liaison, `/case ${number}`, /办理中/);
  expect(card).toMatch(/江城精工/);
  expect(card).toMatch(/我是承办人，正在核实/);
  expect(card).not.toMatch(/先约谈/);
  await pressOn(channel, { person: liaison, number, label: '📝 写内部备注…' });
  expect(await answer(liaison, '已到厂走访。', /已记下/)).toMatch(/已到厂走访/);
  expect((await cardOf(channel, channel.person(cast.duty), number)).text).toMatch(/已到厂走访/);
  expect(await answer(liaison, '/find 环评批复', /查找结果/)).toContain(number);
  // Words after /case are looked for as well.
  expect(await answer(cast.duty, '/case 环评批复', /查找结果/)).toContain(number);
  expect(await answer(cast.duty, '/case ZT-123', /./)).toMatch(/找不到这件事/);
  expect(everSeen(channel.person(cast.owner))).not.toMatch(/走访/);
});

test('locked, sealed and other enterprises’ cases are not there for him; a name that is locked later leaves his card', async () => {
  const locked = await filed(channel, { text: unpaidWork, confidentiality: '锁定' });
  const sealed = await filed(channel, { text: `${unpaidWork}再次反映。` });
  await pressOn(channel, { person: cast.duty, number: sealed, label: /转委内直接办理/ });
  await answer(cast.duty, '疑似索要好处。', /已办/);
  await quiet(channel);
  for (const number of [locked, sealed]) {
    expect(await answer(liaison, `/case ${number}`, /./)).toMatch(/找不到这件事/);
    expect(await answer(liaison, '/pool', /我联系企业的事项/)).not.toContain(number);
    expect(await answer(liaison, '/find 工程款', /./)).not.toContain(number);
  }

  // What the commission answered while it was sealed may name him: undone, that is still not his.
  await pressOn(channel, { person: cast.duty, number: sealed, label: '💬 发消息…' });
  await answer(cast.duty, '您说的联络员的事，委内会核实。', /已发出|已办/);
  await pressOn(channel, { person: cast.duty, number: sealed, label: '提出解除…' });
  await answer(cast.duty, '核实后不涉廉洁问题。', /已办/);
  await pressOn(channel, { person: cast.supervisor, number: sealed, label: '✅ 同意解除，转回受理' });
  await quiet(channel);
  expect(await answer(liaison, `/case ${sealed}`, /ZT-/)).toContain('工程款');
  expect(everSeen(channel.person(cast.owner))).toContain('您说的联络员的事');
  expect(everSeen(channel.person(liaison))).not.toContain('您说的联络员的事');

  const number = await filed(channel, {
    text: '窗口要我们第五次补交同一份材料，排污许可一直没有下来。',
    confidentiality: '公开',
  });
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await quiet(channel);
  expect(await answer(liaison, `/case ${number}`, /ZT-/)).toMatch(/江城精工/);
  const since = channel.person(cast.officer).mark();
  await pressOn(channel, { person: cast.owner, number, label: '🔐 改谁能看到名字…' });
  await pressOn(channel, { person: cast.owner, number, label: '锁定' });
  await quiet(channel);
  const officer = channel.person(cast.officer);
  const told = await officer.waitFor(/不再对单位公开名字/, { since });
  expect(told.text).toMatch(/企业改为“锁定”/);
  expect(told.text).not.toMatch(/江城精工/);
  expect((await cardOf(channel, channel.person(cast.duty), number)).text).toMatch(/企业锁定了名字/);
  const shown = channel
    .person(liaison)
    .messages()
    .filter(({ from, text = '' }) => from === 'bot' && text.includes(number));
  expect(shown.map(({ text }) => text).join('\n')).not.toMatch(/江城精工/);
});
