/** Somebody who holds one role in two departments sees and does the work of both. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, dispatched, pressOn, signed, slowPermit, unpaidWork } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

/** Officer of the Approvals Bureau in the sample; here of the Housing Bureau as well. */
const both = cast.officer;
/** Head of the Housing Bureau, and here of the Approvals Bureau as well. */
const bothHead = cast.housingHead;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    organisation: (file) => ({
      ...file,
      departments: file.departments.map((one) => {
        if (one.code === 'SPJ') return { ...one, head: bothHead };
        return one.code === 'ZJJ' ? { ...one, officers: [...one.officers, both] } : one;
      }),
    }),
  });
  for (const id of [cast.owner, cast.duty, both, bothHead, cast.colleague]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const answer = async (id: number, words: string, pattern: RegExp): Promise<string> => {
  const since = channel.person(id).mark();
  await channel.person(id).say(words);
  return (await channel.person(id).waitFor(pattern, { since })).text ?? '';
};

test('his card, his list and his search hold the cases of both departments, and he signs in both', async () => {
  const permit = await dispatched(channel, { text: slowPermit });
  const wages = await dispatched(channel, { text: unpaidWork, department: '住房和城乡建设局' });
  // A card that arrives late would be taken for an answer.
  await quiet(channel);
  expect(await answer(both, '/start', /您的身份/)).toMatch(
    /承办人 · 住房和城乡建设局、审批局|审批局、住房和城乡建设局/,
  );
  const todo = await answer(both, '/todo', /我的待办/);
  expect(todo).toContain(permit);
  expect(todo).toContain(wages);
  for (const number of [permit, wages]) {
    expect(await answer(both, `/case ${number}`, /ZT-/)).toContain(number);
    await pressOn(channel, { person: both, number, label: '✅ 签收' });
    expect((await cardOf(channel, channel.person(both), number)).text).toMatch(/办理中/);
  }
  expect(await answer(both, '/find 工程款', /查找结果/)).toContain(wages);
  expect(await answer(both, '/find 环评批复', /查找结果/)).toContain(permit);
});

test('the head of two departments is asked which ledger and which team, and reads both', async () => {
  const head = channel.person(bothHead);
  for (const [command, title] of [
    ['/ledger', /台账/],
    ['/team', /承办人/],
  ] as const) {
    for (const department of ['审批局', '住房和城乡建设局']) {
      await answer(bothHead, command, /哪个单位|选择|单位/);
      expect(head.buttons().join(' ')).not.toMatch(/综合执法局/);
      const since = head.mark();
      await head.press(department);
      expect((await head.waitFor(title, { since })).text).toContain(department);
    }
  }
});

test('the handler of the lead department does the part of his other department, too', async () => {
  const number = await signed(channel, { text: `${slowPermit}另有一处。`, officer: both });
  await pressOn(channel, { person: cast.duty, number, label: '➕ 增加协办单位…' });
  await pressOn(channel, { person: cast.duty, number, label: '住房和城乡建设局' });
  await pressOn(channel, { person: both, number, label: /协办部分已办/ });
  await answer(both, '房屋部分已核实。', /已办/);
  await quiet(channel);
  expect((await cardOf(channel, channel.person(cast.duty), number)).text).toMatch(
    /协办：住房和城乡建设局 \(已完成\)/,
  );
});
