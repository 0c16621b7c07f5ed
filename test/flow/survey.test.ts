import { afterEach, expect, test } from 'vitest';
import { now, tillMorning, wh, workingTime } from '../support/business-time.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, report, strikeOff } from '../support/reporting.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
afterEach(async () => await channel.stop());

/** A case that was just struck off, with its survey open. */
async function struckOff(): Promise<string> {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.secondDuty, cast.supervisor, cast.leader])
    await arrive(channel.person(id));
  for (const id of [cast.officer, cast.head]) await arrive(channel.person(id));
  await tillSurveyMorning();
  const { number } = await report(channel.person(cast.owner), reports[0]?.text ?? '');
  await strikeOff(channel, number);
  await cardOf(channel.person(cast.owner), number, /请答三个问题/);
  return number;
}

/** To a morning from which the fifth day's nudge comes in working time before the seventh day ends the survey. */
async function tillSurveyMorning(): Promise<void> {
  const day = 24 * 60 * 60_000;
  const nudgedBy = (at: Date): Date => workingTime.add(new Date(at.getTime() + 5 * day), wh);
  do await tillMorning(channel);
  while (nudgedBy(await now(channel)).getTime() > (await now(channel)).getTime() + 7 * day);
}

test('a low survey offers the redo; pressing it reopens under more pressure, and the department starts again', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  const officer = channel.person(cast.officer);
  await owner.press('是');
  await owner.press('没解决');
  await owner.press(/ 不满意$/);
  await owner.waitFor(/哪里不好/);
  await owner.press('拖得久');
  await owner.press('不认可结果');
  await owner.press('就这些 »');
  const answered = await cardOf(owner, number, /15 天内可以按“要求重办”/);
  const low = await cardOf(channel.person(cast.duty), number, /回访评价低/);
  expect(low.text).toMatch(/已核销，企业已评价/);
  expect(low.text).toMatch(/措施：补齐内部流转。\n无佐证：批复原件/);
  expect(low.text).not.toMatch(/▸|▹/);

  await owner.press(/要求重办/, { message: answered });
  await cardOf(owner, number, /正在办理/);
  const again = await cardOf(officer, number, /企业要求重办/);
  expect(again.text).not.toMatch(/已超时/);
  const told = await cardOf(channel.person(cast.supervisor), number, /企业不认可结果/);
  expect(told.text).toMatch(/压力 1\/3/);
  expect((await channel.state()).cases).toEqual({ handling: 1 });
});

test('tags are chosen and taken back; “asked to withdraw” alarms the commission and no department', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  await owner.press('否');
  await owner.press('部分解决');
  await owner.press(/ 一般$/);
  await owner.press('态度差');
  await owner.press('☑️ 态度差');
  await owner.press('被要求撤诉或好评');
  await owner.press('就这些 »');
  const thanked = await cardOf(owner, number, /被要求撤诉、好评或遭报复，已直接报告委，单位不会知道这一点/);
  for (const id of [cast.duty, cast.supervisor, cast.leader])
    expect((await cardOf(channel.person(id), number, /🚨 回访/)).text).toMatch(/#被要求撤诉或好评/);
  expect((await cardOf(channel.person(cast.duty), number, /🚨 回访/)).text).not.toMatch(/态度差/);

  await owner.press(/补充一句/, { message: thanked });
  await owner.waitFor(/您的评价：/);
  await owner.say('他们打电话让我改成满意。');
  await cardOf(channel.person(cast.duty), number, /让我改成满意/);
  for (const id of [cast.officer, cast.head]) {
    const shown = channel.person(id).history();
    expect(shown.filter(({ text, buttons }) => /被要求|改成满意|🚨/.test(text + buttons.join()))).toEqual([]);
  }
});

test('an unanswered survey is nudged on the second and the fifth day in working time, then lapses', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  const closedAt = (await now(channel)).getTime();
  const nudges = (pattern: RegExp): number =>
    new Set(
      owner
        .history()
        .filter(({ text }) => text.includes(number) && pattern.test(text))
        .map(({ messageId }) => messageId),
    ).size;
  /** To ten minutes before that many days after striking off. */
  const almost = async (days: number): Promise<void> => {
    const passed = (await now(channel)).getTime() - closedAt;
    await channel.advance(`PT${Math.floor((days * 86_400_000 - passed) / 60_000) - 10}M`);
  };

  await almost(2);
  expect(nudges(/^🙏/)).toBe(0);
  await channel.advanceWorking('PT30M');
  await cardOf(owner, number, /还差您一句评价/);
  await almost(5);
  expect(nudges(/^🙏/)).toBe(1);
  await channel.advanceWorking('PT30M');
  await cardOf(owner, number, /最后提醒/);
  const sent = nudges(/./);
  await channel.advance('P10D');
  expect(nudges(/./)).toBe(sent);
  expect((await channel.state()).cases).toEqual({ closed: 1 });
});

test('after fifteen days the redo is no longer offered, and an old button says why', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  // The survey lapses unanswered after seven days; the redo stands on the card until the fifteenth.
  await channel.advance('P8D');
  const old = await owner.waitFor(({ inlineKeyboard }) =>
    (inlineKeyboard ?? []).flat().some(({ text }) => /要求重办/.test(text)),
  );
  await channel.advance('P8D');
  const { answer } = await owner.press(/要求重办/, { message: old });
  expect(answer?.text).toMatch(/已超过 15 天/);
  expect((await channel.state()).cases).toEqual({ closed: 1 });
  const since = owner.mark();
  await owner.say(`/case ${number}`);
  const now = await cardOf(owner, number, /已核销/, since);
  expect(owner.buttons(now).join(' ')).not.toMatch(/要求重办/);
});

test('whoever would rather not answer says so once: no nudges, no rate, and the redo stays open to him', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  await owner.press('不想评价');
  const card = await cardOf(owner, number, /不再打扰您/);
  expect(owner.buttons(card).join(' ')).toMatch(/要求重办/);
  expect(owner.buttons(card).join(' ')).not.toMatch(/不想评价|补充一句/);
  await cardOf(channel.person(cast.duty), number, /企业不愿评价/);
  await channel.advance('P10D');
  await quiet(channel);
  expect(everSeen(owner)).not.toMatch(/🙏/);

  const [closing] = await channel.connection().collection('closings').find().toArray();
  expect(closing).toMatchObject({ answers: null, declined: true });
  await owner.press(/要求重办/, { message: card });
  await cardOf(owner, number, /正在办理/);
});

test('each question can be skipped; what was answered counts for the ledger only, and the comment can be spoken', async () => {
  const number = await struckOff();
  const owner = channel.person(cast.owner);
  await owner.press('跳过这题');
  await owner.press('没解决');
  await owner.press('跳过这题');
  const thanked = await cardOf(owner, number, /您的评价委会看到/);
  expect(thanked.text).toMatch(/15 天内可以按“要求重办”/);
  const told = await cardOf(channel.person(cast.duty), number, /回访评价低/);
  expect(told.text).toMatch(/未答.*没解决.*未答/);

  await owner.press(/补充一句/, { message: thanked });
  await owner.waitFor(/写或说一句/);
  await owner.voice();
  const spoken = await cardOf(channel.person(cast.duty), number, /✍️ 企业补充了评价/);
  const since = channel.person(cast.duty).mark();
  await channel.person(cast.duty).press(/查看材料/, { message: spoken });
  await channel.person(cast.duty).waitFor(({ voice }) => voice !== undefined, { since });
  expect((await channel.connection().collection('closings').findOne())?.answers).toBeNull();
});
