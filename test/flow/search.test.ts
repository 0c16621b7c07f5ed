import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { dispatched, filed, pressOn, slowPermit, unpaidWork } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.supervisor, cast.officer, cast.housingOfficer, cast.twoRoles])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const numbersIn = (text = ''): readonly string[] => text.match(/ZT-\d{3}-\d{3}-\d{4}/g) ?? [];

/** What somebody's search answers. */
async function found(telegramId: number, words: string): Promise<ViewMessage> {
  const person = channel.person(telegramId);
  await quiet(channel);
  const since = person.mark();
  await person.say(`/find ${words}`);
  return await person.waitFor(/查找结果|请在 \/find 后写|没有这个编号|找不到/, { since });
}
const numbersFor = async (telegramId: number, words: string) =>
  numbersIn((await found(telegramId, words)).text);

describe('finding', () => {
  test('the duty officer finds by words, by enterprise, by department and state, and by number', async () => {
    const permit = await dispatched(channel);
    const arrears = await filed(channel, { text: unpaidWork });
    expect(await numbersFor(cast.duty, '环评批复')).toEqual([permit]);
    expect(await numbersFor(cast.duty, '工程款 竣工')).toEqual([arrears]);
    expect(await numbersFor(cast.duty, '工程款 环评')).toEqual([]);
    expect(await numbersFor(cast.duty, '江城精工')).toEqual([arrears, permit]);
    expect(await numbersFor(cast.duty, '审批局 待签收')).toEqual([permit]);
    expect(await numbersFor(cast.supervisor, '待受理')).toEqual([arrears]);
    expect(await numbersFor(cast.supervisor, '待受理 环评')).toEqual([]);
    const duty = channel.person(cast.duty);
    const since = duty.mark();
    await duty.say(`/find ${permit}`);
    await duty.waitFor(({ text = '' }) => text.startsWith(permit) && text.includes('江城精工'), { since });
  });

  test('a row opens the case; asking for nothing is answered with how to ask', async () => {
    const list = await found(cast.duty, '工程款');
    const duty = channel.person(cast.duty);
    const { message } = await duty.press(/^1\. /, { message: list });
    expect(message.text).toContain('工程款');
    expect((await found(cast.duty, '的')).text).toContain('请在 /find 后写');
    expect((await found(cast.duty, '')).text).toContain('请在 /find 后写');
  });

  test('short words are words after /case, too; a mistyped number is called one, and where it is looked for, words are offered', async () => {
    const number = await filed(channel, { text: `${slowPermit} fish 已经坏了。` });
    const duty = channel.person(cast.duty);
    const answer = async (line: string): Promise<string> => {
      await quiet(channel);
      const since = duty.mark();
      await duty.say(line);
      return (await duty.waitFor(() => true, { since })).text ?? '';
    };
    expect(numbersIn(await answer('/case fish'))).toEqual([number]);
    expect(await answer('/case ice')).toMatch(/查找结果[^]*没有找到/);
    const mistyped = number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    expect(await answer(`/case ${mistyped}`)).toMatch(/找不到这件事/);
    for (const typed of [mistyped, mistyped.replaceAll('-', ''), mistyped.slice(3)])
      expect(await answer(`/find ${typed}`)).toMatch(/没有这个编号[^]*词语/);
  });

  test('a department finds its own cases only, in the version it was given, and never by a hidden name', async () => {
    const number = await filed(channel, { text: `${slowPermit}联系电话写在冷库门口。` });
    expect(await numbersFor(cast.officer, '冷库')).toEqual([]);
    await pressOn(channel, { person: cast.duty, number, label: /改写/ });
    await channel.person(cast.duty).waitFor(/发来给单位看的文字/);
    await channel.person(cast.duty).say('某企业扩建项目的蒸汽锅炉许可超期未答复。');
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
    expect(await numbersFor(cast.officer, '蒸汽锅炉')).toEqual([number]);
    expect((await found(cast.officer, '蒸汽锅炉')).text).not.toContain('冷库');
    expect(await numbersFor(cast.officer, '冷库')).toEqual([]);
    expect(await numbersFor(cast.officer, '江城精工')).toEqual([]);
    expect(await numbersFor(cast.housingOfficer, '蒸汽锅炉')).toEqual([]);
    expect(await numbersFor(cast.duty, '冷库')).toEqual([number]);
  });

  test('a sealed case leaves what a department can find', async () => {
    const number = await dispatched(channel, { text: `${slowPermit}另有围墙一处。` });
    expect(await numbersFor(cast.officer, '围墙')).toEqual([number]);
    await pressOn(channel, { person: cast.duty, number, label: '更多操作…' });
    await pressOn(channel, { person: cast.duty, number, label: /转委内直接办理/ });
    await channel.person(cast.duty).waitFor(/转委内办理的理由/);
    await channel.person(cast.duty).say('有证人称经办人索要好处。');
    expect(await numbersFor(cast.officer, '围墙')).toEqual([]);
    expect(await numbersFor(cast.duty, '围墙')).toEqual([number]);
  });

  test("a reporter finds his own cases only; a locked one is not found by its enterprise's name", async () => {
    const number = await filed(channel, {
      text: `${slowPermit}还有锅炉房问题。`,
      confidentiality: '锁定',
    });
    expect(await numbersFor(cast.owner, '锅炉房')).toEqual([number]);
    expect(await numbersFor(cast.duty, '锅炉房')).toEqual([number]);
    expect(await numbersFor(cast.duty, '江城精工')).not.toContain(number);
    expect(await numbersFor(cast.twoRoles, '锅炉房')).toEqual([]);
  });
});

describe('turning pages', () => {
  const marked = (i: number) => `${slowPermit}（翻页第 ${i} 件）`;

  test('while somebody reads, a case leaves the pool: the next page begins behind the last row he saw', async () => {
    for (let i = 0; i < 11; i++) await filed(channel, { text: marked(i) });
    const supervisor = channel.person(cast.supervisor);
    await quiet(channel);
    const since = supervisor.mark();
    await supervisor.say('/pool');
    const first = await supervisor.waitFor(/^问题池/, { since });
    const before = numbersIn(first.text);
    expect(before).toHaveLength(8);

    const [leaving = ''] = /ZT-[\d-]+(?= 待受理)/.exec(first.text ?? '') ?? [];
    expect(before).toContain(leaving);
    await pressOn(channel, { person: cast.duty, number: leaving, label: '不予受理…' });
    await channel.person(cast.duty).waitFor(/请写不予受理的理由/);
    await channel.person(cast.duty).say('此事已进入行政诉讼程序。');
    await quiet(channel);
    const all: string[] = [...before];
    let page = first;
    while (supervisor.buttons(page).includes('下一页 »')) {
      page = (await supervisor.press('下一页 »', { message: page })).message;
      all.push(...numbersIn(page.text));
    }
    expect(new Set(all).size).toBe(all.length);
    const waiting = await numbersFor(cast.supervisor, '待受理');
    for (const number of waiting) expect(all).toContain(number);
    const back = (await supervisor.press('« 上一页', { message: page })).message;
    expect(numbersIn(back.text)).toHaveLength(8);
  });

  test('what was found turns in both directions, each case once, the newest first', async () => {
    const duty = channel.person(cast.duty);
    let page = await found(cast.duty, '翻页');
    const first = numbersIn(page.text);
    const all = [...first];
    while (duty.buttons(page).includes('下一页 »')) {
      page = (await duty.press('下一页 »', { message: page })).message;
      all.push(...numbersIn(page.text));
    }
    expect(all).toHaveLength(11);
    expect(new Set(all).size).toBe(11);
    while (duty.buttons(page).includes('« 上一页'))
      page = (await duty.press('« 上一页', { message: page })).message;
    expect(numbersIn(page.text)).toEqual(first);
  });
});
