import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, fillIn, report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';
import reports from '../support/reports.json' with { type: 'json' };

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.supervisor, cast.leader]) await arrive(channel.person(id));
  for (const id of [cast.enforcementOfficer, cast.enforcementHead, cast.admin])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** A number that is well-formed and belongs to no case. */
const nobodysNumber = 'ZT-590-382-8566';

/** What the bot answers to a command, as one text. */
async function answerTo(person: TestPerson, command: string): Promise<string> {
  const since = person.mark();
  await person.say(command);
  return (await person.waitFor(() => true, { since })).text ?? '';
}

const extortion = reports[3]?.text ?? '';

test('before sending, no level of confidentiality promises the name to a department', async () => {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say(extortion);
  const { screen } = await fillIn(owner, { until: 'confidentiality', since });
  expect(screen.text).toMatch(/公开 — 您自己、委[^]*锁定 — 您自己、委内两人批准[^]*不交任何单位/);
  expect(screen.text).not.toMatch(/承办人/);
  const cancelled = owner.mark();
  await owner.press('取消', { message: screen });
  await owner.say('/report');
  await owner.press('丢弃草稿，重新写', { message: await owner.waitFor(/没写完/, { since: cancelled }) });
});

test('a report of extortion is sealed at once, and to the accused department it does not exist', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const { number, receipt } = await report(owner, extortion, { confidentiality: '公开' });
  expect(receipt.text).toMatch(/只有委能看到，不交任何单位/);
  expect((await channel.state()).cases).toEqual({ sealed: 1 });
  const card = await cardOf(duty, number, /新的委内件/);
  await cardOf(channel.person(cast.supervisor), number, /新的委内件/);
  expect(duty.buttons(card).join(' ')).not.toMatch(/交办/);

  const officer = channel.person(cast.enforcementOfficer);
  const head = channel.person(cast.enforcementHead);
  // The clocks of a sealed case ring, and still only the commission hears them.
  await channel.advanceWorking('P2D');
  await cardOf(duty, number, /首次答复/);
  for (const person of [officer, head]) {
    expect(await answerTo(person, `/case ${number}`)).toBe(await answerTo(person, `/case ${nobodysNumber}`));
    expect(await answerTo(person, '/todo')).toMatch(/没有待办/);
    const heard = person.history().filter(({ by, text }) => by === 'bot' && text.includes(number));
    expect(heard).toEqual([]);
    expect(person.sees(/王某|消防/)).toBe(false);
  }
  const admin = channel.person(cast.admin);
  expect(await answerTo(admin, `/case ${number}`)).toBe(await answerTo(admin, `/case ${nobodysNumber}`));
});

test('the commission’s first words are the first answer and stop its clock; the reporter answers back', async () => {
  const owner = channel.person(cast.owner);
  const duty = channel.person(cast.duty);
  const { number } = await report(owner, reports[11]?.text ?? '', { confidentiality: '锁定' });
  const card = await cardOf(duty, number, /新的委内件/);
  expect(card.text).toMatch(/署名已锁定/);
  expect(card.text).not.toMatch(/江城精工|P1001/);

  await duty.press('💬 发消息…', { message: card });
  await duty.waitFor(/请写消息/);
  await duty.say('已收到，请保留好证据，我们会与您约时间面谈。');
  const answered = await cardOf(owner, number, /保留好证据/);
  expect(answered.text).toMatch(/处置决定最迟/);

  await owner.press(/发消息/, { message: answered });
  await owner.waitFor(/请写消息/);
  await owner.say('证据都在，随时可以谈。');
  await cardOf(duty, number, /随时可以谈/);

  const since = duty.mark();
  await channel.advanceWorking('P2D');
  const rung = duty
    .history()
    .filter(({ seq, text }) => seq > since && text.includes(number) && /首次答复/.test(text));
  expect(rung).toEqual([]);
});

test('its reporter reads that the commission deals with it alone; there is nobody to urge', async () => {
  const owner = channel.person(cast.owner);
  const { number, receipt } = await report(owner, extortion);
  await owner.press('查看', { message: receipt });
  const shown = await cardOf(owner, number, /由委直接办理，不交任何单位。.*前会给您第一次答复/);
  expect(owner.buttons(shown).join(' ')).not.toMatch(/催办/);
});
