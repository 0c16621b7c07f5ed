/** The duty officer's desk: proposal, dispatch, decline, seal, redaction, praise, lists. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCaseNumber } from '../../src/domain/case-number.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, dispatched, filed, pressOn, signed, slowPermit } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

/** Well formed, and nobody's. */
const nobodysNumber = makeCaseNumber(Buffer.alloc(32, 1));

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.secondDuty, cast.supervisor, cast.leader])
    await arrive(channel.person(id));
  for (const id of [cast.officer, cast.colleague, cast.head, cast.enforcementOfficer])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

describe('dispatching', () => {
  test('the proposed department is the first button of the triage card', async () => {
    const number = await filed(channel);
    const duty = channel.person(cast.duty);
    const card = await cardOf(channel, duty, number);
    expect(heard(duty).at(-1)).toBe('🆕 新件待受理');
    expect(duty.buttons(card)[0]).toBe('📮 交办 审批局');
  });

  test('another department can be chosen, and only its people hear of the case', async () => {
    const number = await filed(channel);
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办其他单位…' });
    const duty = channel.person(cast.duty);
    const choices = duty.buttons(await cardOf(channel, duty, number));
    for (const name of ['审批局', '住房和城乡建设局', '综合执法局', '发展改革和经信局'])
      expect(choices).toContain(name);
    await pressOn(channel, { person: cast.duty, number, label: '综合执法局' });
    const officer = channel.person(cast.enforcementOfficer);
    await officer.waitFor(({ text = '' }) => text.includes(number) && text.includes('请签收'));
    await quiet(channel);
    expect(everSeen(channel.person(cast.officer))).not.toContain(number);
    expect(everSeen(channel.person(cast.head))).not.toContain(number);
  });

  test('two duty officers press at the same time: one dispatches, the other is told so, the officers hear once', async () => {
    const number = await filed(channel);
    await quiet(channel);
    const officer = channel.person(cast.officer);
    const since = officer.mark();
    const both = [cast.duty, cast.secondDuty].map(async (person) =>
      channel.person(person).press('📮 交办 审批局', {
        message: await cardOf(channel, channel.person(person), number),
      }),
    );
    const answers = (await Promise.all(both)).map(({ answer }) => answer?.text);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(answers.find((answer) => answer !== undefined)).toMatch(/^同事已在 \d\d:\d\d 办了。$/);
    await quiet(channel);
    expect(heard(officer, since)).toEqual(['📮 交办给您单位，请签收']);
  });
});

describe('declining', () => {
  test('the reporter reads the reason, no department hears of it, and after 15 days it is archived', async () => {
    const number = await filed(channel);
    const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
    await pressOn(channel, { person: cast.duty, number, label: '不予受理…' });
    await duty.waitFor(/请写不予受理的理由/);
    await duty.say('此事已进入行政诉讼程序，请等待法院裁判。');
    await owner.waitFor(/很抱歉，这件事没有受理[\s\S]*已进入行政诉讼程序/);
    await quiet(channel);
    expect(everSeen(channel.person(cast.officer))).not.toContain(number);

    const before = (await channel.state()).cases;
    await channel.advance('P14D');
    expect((await channel.state()).cases['archived'] ?? 0).toBe(before['archived'] ?? 0);
    await channel.advance('P1DT1H');
    expect((await channel.state()).cases['declined'] ?? 0).toBe(0);
    await owner.say(`/case ${number}`);
    await owner.waitFor(({ text = '' }) => text.includes(number) && text.includes('已归档'));
  });
});

describe('sealing', () => {
  test("a case that is sealed leaves the department's hands: cards, lists and look-up know it no more", async () => {
    const number = await signed(channel);
    const [owner, officer, duty] = [cast.owner, cast.officer, cast.duty].map((id) => channel.person(id));
    if (!owner || !officer || !duty) throw new Error('the cast is incomplete');
    const card = await cardOf(channel, officer, number);
    await pressOn(channel, { person: cast.duty, number, label: '更多操作…' });
    await pressOn(channel, { person: cast.duty, number, label: /转委内直接办理/ });
    await duty.waitFor(/转委内办理的理由/);
    await duty.say('有证人称经办人索要好处，转委内核查。');
    await owner.waitFor(/改由委直接办理/);
    await quiet(channel);

    const now = officer.messages().find(({ messageId }) => messageId === card.messageId);
    expect(now?.text).toBe(`${number}\n这件事已由委直接办理。`);
    expect(officer.buttons(card)).toEqual([]);
    const since = officer.mark();
    await officer.say(`/case ${number}`);
    const refused = await officer.waitFor(/找不到这件事/, { since });
    await officer.say(`/case ${nobodysNumber}`);
    const missing = await officer.waitFor(
      ({ messageId, text = '' }) => messageId > refused.messageId && text.includes('编号'),
      { since },
    );
    expect(missing.text).toBe(refused.text);
    expect(everSeen(officer) + everSeen(channel.person(cast.head))).not.toContain('索要好处');
    expect(everSeen(owner)).not.toContain('索要好处');
    for (const id of [cast.supervisor, cast.leader])
      await channel
        .person(id)
        .waitFor(({ text = '' }) => text.includes(number) && text.includes('🔒 新的委内件'));
  });
});

describe('redacting', () => {
  test('the department reads only the version the duty officer approved', async () => {
    const number = await filed(channel);
    const duty = channel.person(cast.duty);
    await pressOn(channel, { person: cast.duty, number, label: /改写转交文字/ });
    await duty.waitFor(/发来给单位看的文字/);
    await duty.say('某企业扩建项目的环评批复超期未答复。');
    await quiet(channel);
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
    const officer = channel.person(cast.officer);
    const card = await officer.waitFor(({ text = '' }) => text.includes(number) && text.includes('请签收'));
    expect(card.text).toContain('某企业扩建项目的环评批复超期未答复。');
    expect(card.text).not.toContain('3 月 12 日');
    const since = officer.mark();
    await officer.say('/todo');
    const list = await officer.waitFor(/我的待办/, { since });
    expect(list.text).toContain('某企业扩建项目');
    expect((await cardOf(channel, duty, number)).text).toContain('3 月 12 日');
  });
});

describe('praise', () => {
  const thanks = '感谢审批局窗口的小李，周末加班帮我们把执照办下来了，服务非常好，特此表扬！';

  test('it is thanked and shown, cannot be dispatched, and becomes a case only when a person turns it into one', async () => {
    const owner = channel.person(cast.owner);
    await owner.say(thanks);
    await owner.press(/没有材料/);
    await owner.press(/仅委内可见$/);
    await owner.press('下一步 »');
    const since = owner.mark();
    await owner.press('📨 确认提交');
    const receipt = await owner.waitFor(/您的表扬已记录/, { since });
    const number = /ZT-[\d-]+\d/.exec(receipt.text ?? '')?.[0] ?? '';
    const duty = channel.person(cast.duty);
    const card = await cardOf(channel, duty, number);
    expect(heard(duty).at(-1)).toBe('🌸 收到一条表扬');
    expect(duty.buttons(card).some((label) => label.includes('交办'))).toBe(false);

    await pressOn(channel, { person: cast.duty, number, label: '转为投诉办理' });
    await owner.waitFor(/已转为投诉办理/);
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
    await channel.person(cast.officer).waitFor(({ text = '' }) => text.includes(number));
  });
});

describe('lists', () => {
  const pages = async (list: 'pool' | 'todo', person: number): Promise<readonly string[]> => {
    const reader = channel.person(person);
    const since = reader.mark();
    await reader.say(`/${list}`);
    let page = await reader.waitFor(list === 'pool' ? /^问题池/ : /^我的待办/, { since });
    const seen = [page.text ?? ''];
    while (reader.buttons(page).includes('下一页 »')) {
      page = (await reader.press('下一页 »', { message: page })).message;
      seen.push(page.text ?? '');
    }
    return seen;
  };
  const numbersIn = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => text.match(/ZT-\d{3}-\d{3}-\d{4}/g) ?? []);

  test('more than twenty cases are turned over page by page, each once, by every list', async () => {
    const mine: string[] = [];
    for (let i = 0; i < 21; i++)
      mine.push(
        await dispatched(channel, { text: `${slowPermit}（第 ${i + 1} 件）`, confidentiality: '公开' }),
      );
    await quiet(channel);
    for (const [list, reader] of [
      ['pool', cast.duty],
      ['todo', cast.officer],
    ] as const) {
      const texts = await pages(list, reader);
      const numbers = numbersIn(texts);
      expect(texts.length).toBe(Math.ceil(numbers.length / 8));
      expect(texts[0]).toContain(`第 1–8 件 · 共 ${numbers.length} 件`);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const number of mine) expect(numbers).toContain(number);
    }
  }, 180_000);

  test('a row opens its case, and back in the list nothing is lost', async () => {
    const duty = channel.person(cast.duty);
    const since = duty.mark();
    await duty.say('/pool');
    const list = await duty.waitFor(/^问题池/, { since });
    const number = numbersIn([list.text ?? ''])[0] ?? '';
    const { message } = await duty.press(/^1\. /, { message: list });
    expect(message.text).toContain(number);
  });
});
