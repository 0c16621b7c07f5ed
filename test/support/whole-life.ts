/** One case from the first words to the archive, in four roles; every way of running the program must live through it. */
import { expect } from 'vitest';
import reports from './reports.json' with { type: 'json' };
import { cast, type Channel } from './channel.js';
import { arrive, file } from './steps.js';

/** Tells the whole life on a fresh channel; throws at the first thing that is not as it should be. */
export async function liveWholeLife(channel: Channel): Promise<void> {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const officer = channel.person(cast.officer);
  const supervisor = channel.person(cast.supervisor);
  const head = channel.person(cast.head);
  for (const person of [owner, duty, officer, supervisor, head]) await arrive(person);

  const number = await file(owner, reports[0]?.text ?? '');
  expect(owner.last()?.text).toMatch(/承诺日期/);

  await duty.waitFor(/新件待受理/);
  await duty.press(/交办 审批局/);
  await duty.waitFor(/待签收/);
  await owner.waitFor(/已交责任单位/);

  await officer.waitFor(/请签收/);
  expect(officer.last()?.text).toContain(number);
  expect(officer.messages().some((message) => /江城精工|P1001/.test(message.text ?? ''))).toBe(false);
  await officer.press('✅ 签收');
  await officer.waitFor(/办理中/);
  await owner.waitFor(/已签收/);

  await officer.press(/首次联系/);
  await officer.say('您好，我是承办人，请问受理回执的编号是多少？');
  await officer.waitFor(/已发出|已办/);
  await owner.waitFor(/受理回执的编号/);

  await owner.press(/发消息/);
  await owner.say('编号是 2026-0312。');
  await officer.waitFor(/2026-0312/);

  await officer.press(/上报办结/);
  await officer.say('批复已出，今日可到窗口领取。');
  await officer.waitFor(/哪些措施/);
  await officer.say('与环评科会商，补齐内部流转。');
  await officer.waitFor(/佐证/);
  await officer.photo();
  await officer.press(/材料齐了/);
  await officer.press(/上报$/);
  await owner.waitFor(/委正在核查/);

  await duty.waitFor(/上报办结，请核查/);
  await duty.press(/核销$/);
  await owner.waitFor(/请答三个问题/);
  await owner.press('是');
  await owner.press('解决了');
  await owner.press(/很满意/);
  await owner.waitFor(/评价已记入/);

  await channel.advance('P92D');
  expect((await channel.state()).cases).toEqual({ archived: 1 });
}
