/** A report names somebody who has not come to the bot yet: he is kept out as soon as he is known by that name (rules §6). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOf, pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { reportWithout } from '../support/keeping-out.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
/** Whether the program dies behind the next change of a case. */
let dies = false;
beforeAll(async () => {
  channel = await startChannel({
    crashPoint: (name) => {
      if (!dies || name !== 'state-saved') return;
      dies = false;
      throw new Error('died on purpose');
    },
  });
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const asked = async (id: number, number: string): Promise<string> => {
  const since = channel.person(id).mark();
  await channel.person(id).say(`/case ${number}`);
  return (await channel.person(id).waitFor(/ZT-|找不到这件事/, { since })).text ?? '';
};

test('the duty officer reads that a name could not be matched; once he comes he is kept out of all that name him, be it that the program dies among them', async () => {
  const duty = channel.person(cast.duty);
  const names = `P${cast.colleague}，审批局`;
  const first = await reportWithout(channel, `${slowPermit}第一次反映。`, [], names);
  const second = await reportWithout(channel, `${slowPermit}第二次反映。`, [], names);
  await quiet(channel);
  for (const number of [first, second])
    expect((await cardOf(channel, duty, number)).text).toMatch(/有 1 个名字没有对上人/);

  dies = true;
  await arrive(channel.person(cast.colleague));
  await quiet(channel);
  expect(dies).toBe(false);
  for (const number of [first, second]) {
    const card = await cardOf(channel, duty, number);
    expect(card.text).toMatch(/🚫 回避：1 人/);
    expect(card.text).not.toMatch(/没有对上/);
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  }
  await quiet(channel);
  for (const number of [first, second]) {
    expect(everSeen(channel.person(cast.colleague))).not.toContain(number);
    expect(await asked(cast.colleague, number)).toMatch(/找不到这件事/);
    expect(await asked(cast.officer, number)).toContain(number);
  }
});

test('whoever stands in a report that a department has, and comes only then, is kept out of it', async () => {
  const words = `${slowPermit}局长p${cast.head}亲口说不办。`;
  const number = await reportWithout(channel, words, []);
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await quiet(channel);
  expect(await asked(cast.officer, number)).toContain(number);
  await arrive(channel.person(cast.head));
  await quiet(channel);
  expect(everSeen(channel.person(cast.head))).not.toContain(number);
  expect(await asked(cast.head, number)).toMatch(/找不到这件事/);
});

test('whom the duty officer chooses by hand ends the question', async () => {
  const number = await reportWithout(channel, `${slowPermit}第三次反映。`, [], '周建平');
  await quiet(channel);
  const duty = channel.person(cast.duty);
  const send = { person: cast.duty, number, label: '📮 交办 审批局' };
  expect(await pressOn(channel, send)).toMatch(/还有没对上人的，先不能交办.*回避…/);
  expect((await cardOf(channel, duty, number)).text).toMatch(/待受理[^]*有 1 个名字没有对上人/);
  await pressOn(channel, { person: cast.duty, number, label: '🚫 回避…' });
  expect((await cardOf(channel, duty, number)).text).toMatch(/没有对上人：周建平。/);
  await pressOn(channel, { person: cast.duty, number, label: /审批局的人/ });
  await pressOn(channel, { person: cast.duty, number, label: /^P2003$/ });
  expect((await cardOf(channel, duty, number)).text).not.toMatch(/没有对上/);
  await pressOn(channel, { person: cast.duty, number, label: /« 返回/ });
  await pressOn(channel, { person: cast.duty, number, label: /« 返回/ });
  await pressOn(channel, send);
  expect((await cardOf(channel, duty, number)).text).toMatch(/待签收/);
});

test('a name that is nobody’s of the staff holds the case until the duty officer says so; a later one asks again', async () => {
  const number = await reportWithout(channel, `${slowPermit}第四次反映。`, [], 'Wang Qiang 和 P2003');
  const duty = channel.person(cast.duty);
  const send = { person: cast.duty, number, label: '📮 交办 审批局' };
  const settle = async (): Promise<void> => {
    expect(await pressOn(channel, send)).toMatch(/先不能交办/);
    await pressOn(channel, { person: cast.duty, number, label: '🚫 回避…' });
    await pressOn(channel, { person: cast.duty, number, label: '都不是我们的人' });
    await pressOn(channel, { person: cast.duty, number, label: /« 返回/ });
  };
  await settle();
  expect((await cardOf(channel, duty, number)).text).toMatch(/🚫 回避：1 人/);
  await pressOn(channel, { person: cast.owner, number, label: /发消息|留言/ });
  await channel.person(cast.owner).say('回避：周建平');
  await quiet(channel);
  await settle();
  await pressOn(channel, send);
  expect((await cardOf(channel, duty, number)).text).toMatch(/待签收/);
});
