/** The organisation file is read again: what left it loses its rights at the next press, and its cases come back (rules §7). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, contacted, pressOn } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { fillIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const answer = async (id: number, words: string, pattern: RegExp): Promise<string> => {
  const since = channel.person(id).mark();
  await channel.person(id).say(words);
  return (await channel.person(id).waitFor(pattern, { since })).text ?? '';
};

test('a department that left gets nothing new, its officers see nothing, and the duty officer takes its case back', async () => {
  const number = await contacted(channel);
  // Read twice: the second time changes nothing.
  for (let i = 0; i < 2; i++)
    await channel.reorganise((file) => ({
      ...file,
      departments: file.departments.filter(({ code }) => code !== 'SPJ'),
      enterprises: file.enterprises.filter(({ contacts }) => !contacts.includes(cast.owner)),
      routing: { ...file.routing, fallback: null },
    }));
  expect(await answer(cast.officer, `/case ${number}`, /./)).toMatch(/找不到这件事|不在您的身份里/);
  expect(await answer(cast.officer, '/todo', /./)).toMatch(/不在您的身份里/);

  await answer(cast.duty, `/case ${number}`, /办理中/);
  await pressOn(channel, { person: cast.duty, number, label: '↩️ 单位已撤并，收回改交' });
  await quiet(channel);
  expect(heard(channel.person(cast.owner)).at(-1)).toMatch(/由委收回，另行交办/);
  const duty = channel.person(cast.duty);
  await duty.press('📮 交办其他单位…', { message: await cardOf(channel, duty, number) });
  const choices = await cardOf(channel, duty, number);
  expect(duty.buttons(choices).join(' ')).not.toMatch(/审批局/);
  await duty.press('综合执法局', { message: choices });
  expect((await cardOf(channel, duty, number)).text).toMatch(/综合执法局须在/);

  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say('新的问题：窗口要我们第三次补交材料。');
  // Nobody's contact any more: he is asked which enterprise he speaks for, and none is offered.
  const { screen } = await fillIn(owner, { until: 'enterprise', since });
  expect(owner.buttons(screen).join(' ')).not.toMatch(/江城精工/);
});
