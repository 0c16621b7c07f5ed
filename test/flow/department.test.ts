/** The department's side: signing, first contact, messages, notes, results, sign-off, what it may not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import {
  cardOf,
  contacted,
  dispatched,
  filed,
  pressOn,
  signed,
  slowPermit,
  unpaidWork,
  writeResult,
} from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, colleague, head, duty, supervisor, housingHead, housingOfficer } = cast;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [owner, officer, colleague, head, duty, supervisor, housingHead, housingOfficer])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const person = (id: number) => channel.person(id);

/** Every version of the messages about one case that somebody was ever shown. */
const everSeenOf = (number: string, id: number): string =>
  person(id)
    .history()
    .filter(({ by, text }) => by === 'bot' && text.includes(number))
    .map(({ text, buttons }) => [text, ...buttons].join('\n'))
    .join('\n');

describe('signing', () => {
  test('all officers and the head get the card, the first to sign becomes the handler, his colleague is told so and when', async () => {
    const number = await dispatched(channel);
    await quiet(channel);
    for (const id of [officer, colleague])
      expect((await cardOf(channel, person(id), number)).text).toContain('📮 交办给您单位，请签收');
    const ofHead = (await cardOf(channel, person(head), number)).text;
    expect(ofHead).toContain('📮 交办给您单位，等承办人签收');
    expect(person(head).buttons(await cardOf(channel, person(head), number))).not.toContain('✅ 签收');

    const card = await cardOf(channel, person(colleague), number);
    const sign = card.inlineKeyboard?.flat().find(({ text }) => text === '✅ 签收')?.callbackData ?? '';
    await pressOn(channel, { person: officer, number, label: '✅ 签收' });
    await quiet(channel);
    const late = await person(colleague).pressData({ messageId: card.messageId, data: sign });
    expect(late.answer?.text).toMatch(/^同事已在 \d\d:\d\d 办了。$/);
    const now = person(colleague)
      .messages()
      .find(({ messageId }) => messageId === card.messageId);
    expect(now?.text).toBe(`${number}\n这件事已不在您这里办理。`);
    await person(owner).waitFor(/责任单位已签收/);
  });

  test('an own second press says that it is done, and changes nothing', async () => {
    const number = await dispatched(channel);
    const card = await cardOf(channel, person(officer), number);
    const sign = card.inlineKeyboard?.flat().find(({ text }) => text === '✅ 签收')?.callbackData ?? '';
    await pressOn(channel, { person: officer, number, label: '✅ 签收' });
    await quiet(channel);
    const since = person(owner).mark();
    const again = await person(officer).pressData({ messageId: card.messageId, data: sign });
    expect(again.answer?.text).toBe('您已经办了。');
    await quiet(channel);
    expect(heard(person(owner), since)).toEqual([]);
  });

  test('the to-do list shows what is open, and after signing only its handler and the head keep it', async () => {
    const number = await dispatched(channel);
    await quiet(channel);
    const todo = async (id: number): Promise<string> => {
      const since = person(id).mark();
      await person(id).say('/todo');
      return (await person(id).waitFor(/我的待办/, { since })).text ?? '';
    };
    for (const id of [officer, colleague, head]) expect(await todo(id)).toContain(number);
    expect(await todo(housingOfficer)).not.toContain(number);
    await pressOn(channel, { person: colleague, number, label: '✅ 签收' });
    await quiet(channel);
    expect(await todo(officer)).not.toContain(number);
    expect(await todo(colleague)).toContain(number);
    expect(await todo(head)).toContain(number);
  });

  test('fifty pairs of simultaneous presses: one winner each, the other told, the enterprise told once', async () => {
    const numbers: string[] = [];
    for (let i = 0; i < 50; i++) numbers.push(await dispatched(channel));
    await quiet(channel);
    const marks = person(owner).mark();
    const both = [person(officer), person(colleague)];
    for (const number of numbers) {
      const presses = both.map(async (one) => {
        const message = await one.waitFor(
          ({ text = '', inlineKeyboard }) => text.includes(number) && inlineKeyboard !== undefined,
        );
        return (await one.press('✅ 签收', { message })).answer?.text;
      });
      const answers = await Promise.all(presses);
      const losers = answers.filter((answer) => answer !== undefined);
      expect(losers, number).toHaveLength(1);
      expect(losers[0]).toMatch(/^同事已在 \d\d:\d\d 办了。$/);
    }
    await quiet(channel);
    expect(heard(person(owner), marks).filter((line) => line.includes('已签收'))).toHaveLength(50);
  }, 240_000);
});

describe('first contact and messages', () => {
  test('the handler speaks first through the bot, the enterprise answers, nobody else reads it', async () => {
    const number = await signed(channel);
    await pressOn(channel, { person: officer, number, label: /首次联系/ });
    await person(officer).say('您好，请问受理回执的编号是多少？（甲）');
    await person(owner).waitFor(/受理回执的编号是多少？（甲）/);
    await pressOn(channel, { person: owner, number, label: /发消息/ });
    await person(owner).say('编号是 2026-0312。（甲）');
    await person(officer).waitFor(/编号是 2026-0312。（甲）/);
    await quiet(channel);
    expect(everSeen(person(colleague))).not.toContain('（甲）');
    expect(everSeen(person(housingOfficer))).not.toContain('（甲）');
  });

  test('before first contact a result cannot be submitted: the button is not there', async () => {
    const number = await signed(channel);
    const buttons = person(officer).buttons(await cardOf(channel, person(officer), number));
    expect(buttons.some((label) => label.includes('首次联系'))).toBe(true);
    expect(buttons.some((label) => label.includes('上报办结'))).toBe(false);
  });

  test('a telephone call counts as first contact only when the name is open', async () => {
    const hidden = await signed(channel);
    const buttons = person(officer).buttons(await cardOf(channel, person(officer), hidden));
    expect(buttons.some((label) => label.includes('电话联系'))).toBe(false);

    const open = await signed(channel, { confidentiality: '公开' });
    await pressOn(channel, { person: officer, number: open, label: /登记已电话联系/ });
    await person(officer).say('11 月 24 日上午电话联系，已约定现场查看。');
    await person(owner).waitFor(({ text = '' }) => text.includes(open) && text.includes('已与您电话联系'));
    const after = person(officer).buttons(await cardOf(channel, person(officer), open));
    expect(after.some((label) => label.includes('上报办结'))).toBe(true);
  });

  test("notes stay with their side: the enterprise reads none, the department not the commission's", async () => {
    const number = await contacted(channel);
    await pressOn(channel, { person: officer, number, label: /写内部备注/ });
    await person(officer).say('内部：经办科室人手不足。');
    await person(officer).waitFor(/已记下/);
    await pressOn(channel, { person: duty, number, label: /写内部备注/ });
    await person(duty).say('委内：留意是否有人打招呼。');
    await person(duty).waitFor(/已记下/);
    await quiet(channel);
    for (const id of [owner, officer, head, duty, supervisor]) {
      const since = person(id).mark();
      await person(id).say(`/case ${number}`);
      const { text = '' } = await person(id).waitFor(({ text: words = '' }) => words.includes(number), {
        since,
      });
      expect(text.includes('人手不足'), `${id} and the department's note`).toBe(id !== owner);
      expect(text.includes('打招呼'), `${id} and the commission's note`).toBe(
        id === duty || id === supervisor,
      );
    }
    expect(everSeen(person(owner))).not.toMatch(/人手不足|打招呼/);
    expect(everSeen(person(officer)) + everSeen(person(head))).not.toContain('打招呼');
  });

  test('what the commission writes to the enterprise is not read by the department', async () => {
    const number = await contacted(channel);
    await pressOn(channel, { person: duty, number, label: /发消息/ });
    await person(duty).say('委想了解：承办人是否按时联系了您？（乙）');
    await person(owner).waitFor(/是否按时联系了您？（乙）/);
    await quiet(channel);
    expect(everSeen(person(officer)) + everSeen(person(head))).not.toContain('（乙）');
  });
});

describe('below open', () => {
  test('no name and no file of the report reaches the department, not even by its buttons', async () => {
    const from = person(owner);
    await quiet(channel);
    const files = channel.sandbox.journal().length;
    await from.say(slowPermit);
    await from.photo({ caption: '（附照片）' });
    await from.press(/材料齐了/);
    await from.press(/仅委内可见$/);
    await from.press('下一步 »');
    const since = from.mark();
    await from.press('📨 确认提交');
    const receipt = await from.waitFor(/ZT-\d{3}-\d{3}-\d{4}/, { since });
    const number = /ZT-\d{3}-\d{3}-\d{4}/.exec(receipt.text ?? '')?.[0] ?? '';
    await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
    const card = await cardOf(channel, person(officer), number);
    expect(card.text).toContain('1 份材料留在委内');
    expect(
      person(officer)
        .buttons(card)
        .some((label) => label.includes('材料')),
    ).toBe(false);
    await pressOn(channel, { person: officer, number, label: '✅ 签收' });
    await quiet(channel);
    for (const id of [officer, colleague, head])
      expect(everSeenOf(number, id)).not.toMatch(new RegExp(`江城精工|P${owner}`));
    const sent = channel.sandbox
      .journal()
      .slice(files)
      .filter(
        ({ method, chatId }) => /^send(Photo|Document|MediaGroup|Voice)/.test(method) && chatId !== owner,
      );
    expect(sent).toEqual([]);
  });

  test('with an open name the department reads it and gets the files', async () => {
    const number = await dispatched(channel, { confidentiality: '公开' });
    expect((await cardOf(channel, person(officer), number)).text).toContain('江城精工机械有限公司');
  });
});

describe('the result', () => {
  test('result, measures and evidence reach the commission, the enterprise and the head', async () => {
    const number = await contacted(channel);
    await writeResult(channel, { person: officer, number });
    await person(officer).press('📤 上报');
    await person(duty).waitFor(({ text = '' }) => text.includes(number) && text.includes('上报办结，请核查'));
    const card = await cardOf(channel, person(duty), number);
    expect(card.text).toContain('批复已出，今日可到窗口领取。');
    expect(card.text).toContain('与环评科会商');
    expect(person(duty).buttons(card)).toContain('📎 查看材料（1）');
    await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('委正在核查'));
    await person(head).waitFor(({ text = '' }) => text.includes(number) && text.includes('您单位已上报办结'));
  });

  test('what is written beside the evidence stands on the check screen and reaches the commission and the enterprise', async () => {
    const number = await contacted(channel, { confidentiality: '公开' });
    const since = person(officer).mark();
    await pressOn(channel, { person: officer, number, label: /上报办结/ });
    await person(officer).say('批复已出。');
    await person(officer).waitFor(/哪些措施/, { since });
    await person(officer).say('补齐流转。');
    await person(officer).waitFor(/佐证/, { since });
    await person(officer).photo({ caption: '图一：批复首页' });
    await person(officer).waitFor(/佐证 1 份/, { since });
    await person(officer).say('原件在三号窗口。');
    const check = await person(officer).waitFor(/请核对后上报/, { since });
    expect(check.text).toMatch(/佐证 1 份[^]*图一：批复首页\n原件在三号窗口。/);
    expect(check.text).not.toMatch(/无佐证/);
    await person(officer).press('📤 上报');
    for (const id of [duty, owner]) {
      const shown = await person(id).waitFor(({ text = '' }) => text.includes(number) && /图一/.test(text));
      expect(shown.text).toMatch(/措施：补齐流转。\n佐证说明：图一：批复首页\n原件在三号窗口。/);
    }
  });

  test('without evidence a reason must be written, and it is kept with the result', async () => {
    const number = await contacted(channel);
    const since = person(officer).mark();
    await pressOn(channel, { person: officer, number, label: /上报办结/ });
    await person(officer).say('已电话说明政策，企业表示理解。');
    await person(officer).waitFor(/哪些措施/, { since });
    await person(officer).say('逐条解释条款。');
    await person(officer).waitFor(/佐证/, { since });
    expect(person(officer).buttons()).toEqual(['取消']);
    await person(officer).say('仅电话沟通，无书面材料。');
    await person(officer).waitFor(/无佐证：仅电话沟通/, { since });
    await person(officer).press('📤 上报');
    const shown = await person(duty).waitFor(
      ({ text = '' }) => text.includes(number) && text.includes('上报办结，请核查'),
    );
    expect(shown.text).toContain('仅电话沟通，无书面材料。');
  });

  test('where the department requires it the head signs off before anything leaves the house', async () => {
    const given = { text: unpaidWork, department: '住房和城乡建设局', officer: housingOfficer } as const;
    const number = await contacted(channel, given);
    const card = await cardOf(channel, person(housingOfficer), number);
    expect(
      person(housingOfficer)
        .buttons(card)
        .some((label) => label.includes('上报办结')),
    ).toBe(false);
    await writeResult(channel, { person: housingOfficer, number, label: /报负责人审签/ });
    const since = person(duty).mark();
    await person(housingOfficer).press('📤 报负责人');
    await person(housingHead).waitFor(({ text = '' }) => text.includes(number) && text.includes('请审签'));
    await quiet(channel);
    expect(heard(person(duty), since)).toEqual([]);
    expect((await cardOf(channel, person(owner), number)).text).not.toContain('批复已出');

    await pressOn(channel, { person: housingHead, number, label: /审签同意/ });
    await person(duty).waitFor(
      ({ text = '' }) => text.includes(number) && text.includes('上报办结，请核查'),
      {
        since,
      },
    );
    await person(owner).waitFor(({ text = '' }) => text.includes(number) && text.includes('批复已出'));
    await person(housingOfficer).waitFor(
      ({ text = '' }) => text.startsWith('🖊 负责人已审签，已上报') && text.includes(number),
      { since },
    );
  });

  test('who hears late that a case was given to his department hears how it stands now', async () => {
    await person(head).block();
    const number = await dispatched(channel);
    await pressOn(channel, { person: officer, number, label: '✅ 签收' });
    await quiet(channel);
    const since = person(head).mark();
    await person(head).unblock();
    await person(head).start();
    const late = await person(head).waitFor(
      ({ text = '' }) => text.includes(number) && text.includes('交办给您单位'),
      { since },
    );
    expect(late.text).toMatch(/这是早先的通知[^]*办理中/);
  });

  test('before filing nobody of a department can find the case by its number', async () => {
    const number = await filed(channel);
    await quiet(channel);
    for (const id of [officer, head]) {
      const since = person(id).mark();
      await person(id).say(`/case ${number}`);
      expect((await person(id).waitFor(/./, { since })).text).toMatch(/^找不到这件事/);
    }
  });
});
