/** What falls due first is the date of a case, on the card, in the list and in the digest the same, and whoever waits for it sees that it is late (rules §3). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatInstant } from '../../src/text/format.js';
import { now, tillMorning } from '../support/business-time.js';
import { signed } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { report } from '../support/reporting.js';
import reports from '../support/reports.json' with { type: 'json' };
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel({ schedules: ['digest'] });
  for (const id of [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor])
    await arrive(channel.person(id));
  await tillMorning(channel);
});
afterEach(async () => await channel.stop());

/** What the bot answers somebody, as one text. */
async function answerTo(telegramId: number, words: string, pattern: RegExp): Promise<string> {
  const person = channel.person(telegramId);
  await quiet(channel);
  const since = person.mark();
  await person.say(words);
  return (await person.waitFor(pattern, { since })).text ?? '';
}

/** When a running clock of the only case is due, as people read it. */
async function dueOf(name: string): Promise<string> {
  const stored = await channel.connection().collection('cases').findOne({});
  const clocks = stored?.['clocks'] as readonly { name: string; dueAt: Date; stoppedAt: Date | null }[];
  const clock = clocks.find((one) => one.name === name && one.stoppedAt === null);
  return formatInstant(clock?.dueAt ?? new Date(0), 'zh', {
    timeZone: 'Asia/Shanghai',
    now: await now(channel),
  });
}

test('a first contact that is late is what list, digest and card of the department show, and the owner is shown it', async () => {
  const number = await signed(channel);
  const due = await dueOf('contact');
  await channel.advanceWorking('P1D');
  await channel.advanceWorking('PT1H');
  await tillMorning(channel);
  await quiet(channel);

  for (const id of [cast.head, cast.officer]) {
    const digest = channel
      .person(id)
      .messages()
      .findLast(({ text = '' }) => text.startsWith('🌅'));
    expect(digest?.text, String(id)).toMatch(new RegExp(`已超时（1）[^]*${number}.*首次联系 ${due}`));
    const todo = await answerTo(id, '/todo', new RegExp(number));
    expect(todo).toMatch(new RegExp(`${number} 办理中 ⚠️\\n到期 ${due}`));
    expect(await answerTo(id, `/case ${number}`, new RegExp(number))).toMatch(/⚠️ 已超时：首次联系/);
  }
  const own = await answerTo(cast.owner, `/case ${number}`, new RegExp(number));
  expect(own).toMatch(/⚠️ 已超时：首次联系/);
  expect(own).toContain(`承诺 ${await dueOf('resolve')} 前办结`);
});

test('a first answer that is late is what the duty officer’s list shows, and the reporter is shown it', async () => {
  const { number } = await report(channel.person(cast.owner), reports[3]?.text ?? '');
  const [answer, decision] = [await dueOf('sealed-answer'), await dueOf('sealed-decision')];
  await channel.advanceWorking('P1D');
  await channel.advanceWorking('PT1H');

  const todo = await answerTo(cast.duty, '/todo', new RegExp(number));
  expect(todo).toMatch(new RegExp(`${number} 委内直接办理 ⚠️\\n到期 ${answer}`));
  expect(todo).not.toContain(decision);
  expect(await answerTo(cast.duty, `/case ${number}`, new RegExp(number))).toMatch(/⚠️ 已超时：首次答复/);
  expect(await answerTo(cast.owner, `/case ${number}`, new RegExp(number))).toMatch(
    /第一次答复。\n⚠️ 已超时：首次答复/,
  );
});
