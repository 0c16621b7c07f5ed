/** The auditor reads who did what and who saw what, and never who wrote; the reporter reads who saw his name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from 'telegram-sandbox';
import { cardOf, dispatched, filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, duty, supervisor, auditor, admin } = cast;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({ schedules: ['audit-head', 'anchor'] });
  for (const id of [owner, officer, duty, supervisor, auditor, admin]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

async function ask(person: TestPerson, words: string): Promise<string> {
  const since = person.mark();
  await person.say(words);
  return (await person.waitFor(() => true, { since })).text ?? '';
}

/** What was noted is in the chain once the sweep has run. */
const chained = async (): Promise<void> => {
  await quiet(channel);
  await channel.advance('PT1S');
};

let number = '';

test('who did what, who saw the name and who was turned away: by case, by day, by person', async () => {
  number = await dispatched(channel);
  await ask(channel.person(supervisor), `/case ${number}`);
  await ask(channel.person(admin), '/audit');
  await chained();
  const reader = channel.person(auditor);
  const ofCase = await ask(reader, `/audit ${number}`);
  expect(ofCase).toContain(`审计记录 · ${number}`);
  expect(ofCase).toMatch(/企业\n\s+提交 → 待受理/);
  expect(ofCase).toMatch(/值班受理员 .*\n\s+.*交办.* → 待签收/);
  expect(ofCase).toMatch(/督办 .*\n\s+看到了姓名/);
  const today = new Date((await channel.state()).now);
  const day = new Date(today.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await ask(reader, `/audit ${day}`)).toContain('⛔ 用了本身份没有的功能');
  expect(await ask(reader, '/audit 2026-11-31')).toMatch(/^没有“2026-11-31”这一天/);
  expect(await ask(reader, '/audit 周敏')).toMatch(/编号[^]*日期/);
  const all = await ask(reader, '/audit');
  const supervisorName = /督办 (\S+)/.exec(all)?.[1] ?? '';
  const { message } = await reader.press(`👤 ${supervisorName}`);
  expect(message.text).toContain(`审计记录 · ${supervisorName}`);
  expect(message.text).not.toContain('交办');
});

test('a card that the program itself draws anew is no second look at the name on it', async () => {
  const looks = async (): Promise<number> => {
    await chained();
    const rows = channel.connection().collection('audit').find({ kind: 'look', role: 'duty' });
    return (await rows.toArray()).length;
  };
  const before = await looks();
  expect(before).toBeGreaterThan(0);
  await channel.advance('PT30M');
  await pressOn(channel, { person: officer, number, label: '✅ 签收' });
  expect((await cardOf(channel, channel.person(duty), number)).text).toMatch(/办理中/);
  expect(await looks()).toBe(before);
});

test('the auditor never reads who wrote, what was written, nor a case that is not there', async () => {
  const seen = everSeen(channel.person(auditor));
  for (const word of ['江城精工', `P${owner}`, '环评']) expect(seen, word).not.toContain(word);
  expect(await ask(channel.person(auditor), '/audit ZT-590-382-8566')).toMatch(/找不到这件事/);
});

test('the reporter reads on his own card which role saw his name, and when', async () => {
  const person = channel.person(owner);
  await person.say(`/case ${number}`);
  const card = await cardOf(channel, person, number);
  expect(card.text).toMatch(/看过您姓名的：.*督办 .*日/);
  expect(card.text).toMatch(/值班受理员 .*日/);
  expect(card.text).not.toMatch(/承办人 .*日/);
  // A case whose name nobody but its writer may see is seen by nobody.
  const locked = await filed(channel, { confidentiality: '锁定' });
  await ask(channel.person(supervisor), `/case ${locked}`);
  await chained();
  await person.say(`/case ${locked}`);
  expect((await cardOf(channel, person, locked)).text).not.toContain('看过您姓名的');
});

test('each working morning the head of the chain comes into the auditor’s chat', async () => {
  const reader = channel.person(auditor);
  const since = reader.mark();
  await channel.advanceWorking('P1D');
  const told = await reader.waitFor(/审计链 · 第 \d+ 条/, { since });
  const [, seq = '0'] = /第 (\d+) 条/.exec(told.text ?? '') ?? [];
  const [, hash] = /指纹：([\w-]{43})/.exec(told.text ?? '') ?? [];
  expect(await channel.connection().collection('audit').findOne({ hash })).toMatchObject({
    _id: Number(seq),
  });
});

test('every hour in which the chain has grown its newest head takes the place of the morning’s, and nothing new is sent', async () => {
  const reader = channel.person(auditor);
  const morning = reader.messages().findLast(({ text = '' }) => text.includes('审计链'));
  const since = reader.mark();
  await dispatched(channel);
  await channel.advance('PT1H');
  await quiet(channel);
  const now = reader.messages().find(({ messageId }) => messageId === morning?.messageId);
  expect(now?.text).not.toBe(morning?.text);
  const anchors = channel.connection().collection<{ _id: number; hash: string }>('audit_anchors');
  const [anchor] = await anchors.find().sort({ _id: -1 }).limit(1).toArray();
  expect(now?.text).toContain(anchor?.hash ?? 'no anchor');
  const shown = reader.history().filter(({ by, seq }) => by === 'bot' && seq > since);
  expect(shown.map(({ kind, messageId }) => [kind, messageId])).toEqual([['edit', morning?.messageId]]);
});
