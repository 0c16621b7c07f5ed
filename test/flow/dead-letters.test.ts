/** What could not be handled: the person has a reference, the administrator sees it by reference alone and has it handled again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeys } from '../../src/store/keys.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { contacted, pressOn, slowPermit } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
let logged: string[];
/** Telegram lets anybody have a name that turns the line around. */
const turning = { id: 1998, firstName: 'Tur\u202Ening', username: 'turning' };
beforeEach(async () => {
  logged = [];
  channel = await startChannel({ others: [turning], onLog: (line) => logged.push(line) });
  for (const id of [cast.owner, cast.admin, cast.auditor]) await arrive(channel.person(id));
});
afterEach(async () => await channel.stop());

/** Somebody's open draft as it lies in the store; swapping what is sealed in it makes every press on it fail. */
const drafts = () => channel.connection().collection<{ _id: string; answers: string }>('drafts');

const beginDraft = async (id: number, text: string) => {
  await channel.person(id).say(text);
  return await channel.person(id).waitFor(/有照片、文件/);
};

/** Breaks all drafts; gives what mends them. */
const breakDrafts = async () => {
  const sound = await drafts().find().toArray();
  await drafts().updateMany({}, { $set: { answers: 'broken' } });
  return async () => {
    for (const { _id, answers } of sound) await drafts().updateOne({ _id }, { $set: { answers } });
  };
};

test('the writer has a reference; the administrator, told once and by count alone, has it handled again by one press of two', async () => {
  const [owner, admin] = [channel.person(cast.owner), channel.person(cast.admin)];
  const screen = await beginDraft(cast.owner, slowPermit);
  const mend = await breakDrafts();
  await owner.press(/没有材料/, { message: screen });
  const told = await owner.waitFor(/没能处理，已记下，编号 [2-9A-Z]{6}/);
  const ref = /编号 ([2-9A-Z]{6})/.exec(told.text ?? '')?.[1] ?? '';

  const alarm = await admin.waitFor(/技术告警[\s\S]*死信）：1 条/, { timeoutMs: 30_000 });
  await admin.press('查看系统状况', { message: alarm });
  await admin.press(/死信（1）/);
  const list = await admin.waitFor(/没能处理的消息/);
  expect(list.text).toContain(ref);
  expect(list.text).toContain('InvariantError');

  await mend();
  const taps = await Promise.all([
    admin.press(`↻ ${ref}`, { message: list }),
    admin.press(`↻ ${ref}`, { message: list }),
  ]);
  expect(taps.map(({ answer }) => answer?.text ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
    '1 条已放回队列，马上重新处理。',
    '这一条已经放回队列，或已处理。',
  ]);
  // Nothing is said about it: he gets what he was waiting for.
  await owner.waitFor(/谁可以看到企业/);
  await quiet(channel);
  expect((await channel.state()).deadLetters).toBe(0);
  await admin.waitFor(/没有死信/);
  expect(heard(admin).filter((line) => line.includes('技术告警'))).toHaveLength(1);
  for (const secret of [slowPermit.slice(0, 12), `P${cast.owner}`, String(cast.owner)])
    expect(everSeen(admin)).not.toContain(secret);
});

test('what dies again after it was handled anew is told again', async () => {
  const [owner, admin] = [channel.person(cast.owner), channel.person(cast.admin)];
  const screen = await beginDraft(cast.owner, slowPermit);
  await breakDrafts();
  await owner.press(/没有材料/, { message: screen });
  await admin.waitFor(/技术告警[\s\S]*死信）：1 条/, { timeoutMs: 30_000 });
  await admin.say('/health');
  await admin.press(/死信（1）/);
  const since = admin.mark();
  await admin.press(/全部重新处理|↻/, { message: await admin.waitFor(/死信：1 条/) });
  const diedAgain = { state: 'dead', revivals: { $exists: true } };
  const inbox = channel.connection().collection('inbox');
  await expect.poll(async () => await inbox.countDocuments(diedAgain), { timeout: 15_000 }).toBe(1);
  await channel.advance('PT2H');
  await admin.waitFor(/技术告警[\s\S]*死信）：1 条/, { since, timeoutMs: 30_000 });
  await quiet(channel);
  expect(heard(admin).filter((line) => line.includes('技术告警'))).toHaveLength(2);
});

test('while there is no administrator nothing counts as told: whoever becomes one hears of it', async () => {
  const [owner, admin] = [channel.person(cast.owner), channel.person(cast.admin)];
  const people = channel
    .connection()
    .collection<{ _id: string; grants: readonly { role: string }[] }>('people');
  const granted = await people.findOne({ 'grants.role': 'admin' });
  const grant = async (grants: readonly { role: string }[]) =>
    await people.updateOne({ _id: granted?._id ?? '' }, { $set: { grants } });
  await grant([]);
  const screen = await beginDraft(cast.owner, slowPermit);
  await breakDrafts();
  await owner.press(/没有材料/, { message: screen });
  await owner.waitFor(/没能处理，已记下/);
  const rounds = channel.connection().collection<{ _id: string; dueAt: Date }>('schedules');
  const movedOn = async () =>
    await rounds.findOne({ _id: 'alarm:all', dueAt: { $gt: new Date((await channel.state()).now) } });
  await expect.poll(movedOn, { timeout: 30_000 }).not.toBeNull();
  await grant(granted?.grants ?? []);
  await channel.advance('PT2H');
  await admin.waitFor(/技术告警[\s\S]*死信）：1 条/, { timeoutMs: 30_000 });
});

test('many at once: the list has pages, and one press has all of them handled again; who did it is kept with each', async () => {
  const [owner, admin] = [channel.person(cast.owner), channel.person(cast.admin)];
  await beginDraft(cast.owner, slowPermit);
  const mend = await breakDrafts();
  for (let i = 0; i < 10; i++) await owner.say(`补充 ${i}`);
  await expect.poll(async () => (await channel.state()).deadLetters, { timeout: 15_000 }).toBe(10);

  await admin.say('/health');
  await admin.press(/死信（10）/);
  const first = await admin.waitFor(/死信：10 条/);
  await admin.press('下一页 »', { message: first });
  const second = await admin.waitFor(
    ({ messageId, inlineKeyboard = [] }) =>
      messageId === first.messageId &&
      inlineKeyboard.flat().filter(({ text }) => /^↻ [2-9A-Z]{6}$/.test(text)).length === 2,
  );
  await mend();
  const { answer } = await admin.press(/全部重新处理（10）/, { message: second });
  expect(answer?.text).toContain('10 条');
  await expect.poll(async () => (await channel.state()).deadLetters, { timeout: 10_000 }).toBe(0);
  const rows = channel
    .connection()
    .collection<{ _id: string; revivals: { byPersonId: string; at: Date }[] }>('inbox');
  const revived = await rows.find({ revivals: { $exists: true } }).toArray();
  expect(revived.map(({ revivals }) => revivals.length)).toEqual(Array.from({ length: 10 }, () => 1));
  expect(new Set(revived.map(({ revivals }) => revivals[0]?.byPersonId)).size).toBe(1);

  // The auditor reads it as one act, whichever language he chose; the chain holds neither words nor names.
  await quiet(channel);
  await channel.advance('PT1S');
  const auditor = channel.person(cast.auditor);
  const chain = channel.connection().collection('audit');
  const acts = await chain.find({ kind: 'act', role: 'admin' }).toArray();
  expect(acts).toMatchObject([
    {
      what: 'dead-letters-revived',
      role: 'admin',
      count: 10,
      caseId: null,
      by: revived[0]?.revivals[0]?.byPersonId,
    },
  ]);
  for (const [language, line] of [
    ['中文', /系统管理员 .*\n\s+把没能处理的消息重新处理 （10 次）/],
    ['English', /[Aa]dministrator .*\n\s+had messages handled again that could not be handled \(10 times\)/],
  ] as const) {
    await auditor.say('/language');
    await auditor.press(language);
    const since = auditor.mark();
    await auditor.say('/audit');
    await auditor.waitFor(line, { since });
  }
  for (const secret of [slowPermit.slice(0, 12), `P${cast.owner}`, '补充'])
    expect(everSeen(auditor)).not.toContain(secret);
});

test('words that are handled anew answer no question that was asked since: the writer is told to send them again', async () => {
  for (const id of [cast.duty, cast.officer]) await arrive(channel.person(id));
  const number = await contacted(channel);
  const [officer, admin] = [channel.person(cast.officer), channel.person(cast.admin)];
  await pressOn(channel, { person: cast.officer, number, label: /发消息/ });
  await officer.waitFor(/请写消息/);
  const mend = await breakDrafts();
  await officer.say('这一句是给企业的消息。');
  await officer.waitFor(/没能处理，已记下/);
  await mend();
  let since = officer.mark();
  await pressOn(channel, { person: cast.officer, number, label: /上报办结/ });
  await officer.waitFor(/办理结果/, { since });

  since = officer.mark();
  await admin.say('/health');
  await admin.press(/死信（1）/);
  await admin.press(/全部重新处理|↻/, { message: await admin.waitFor(/死信：1 条/) });
  await officer.waitFor(/没有填进去。如果还需要，请再发一次/, { since });
  await officer.waitFor(/办理结果/, { since });
  since = officer.mark();
  await officer.say('批复已出，可到窗口领取。');
  await officer.waitFor(/哪些措施/, { since });
  await officer.say('补齐内部流转。');
  await officer.waitFor(/佐证/, { since });
  await officer.say('批复原件在窗口，无电子件。');
  const check = await officer.waitFor(/核对后上报/, { since });
  expect(check.text).toMatch(/批复已出[^]*补齐内部流转/);
  expect(check.text).not.toContain('给企业的消息');
});

test('whoever is told that his words could not be handled keeps the name by which others may read him', async () => {
  await arrive(channel.person(turning.id));
  await channel.person(turning.id).say(slowPermit);
  await quiet(channel);
  await breakDrafts();
  await channel.person(turning.id).say('补充');
  await channel.person(turning.id).waitFor(/没能处理，已记下/);
  const people = channel.connection().collection<{ _id: string; contact: string }>('people');
  const { seal } = await openKeys(channel.connection(), usualMasterKeys);
  const names = (await people.find().toArray()).map(
    ({ _id: id, contact }) =>
      seal.open<{ name: string }>({ collection: 'people', id, field: 'contact' }, contact).name,
  );
  expect(names).toContain('Turning');
});

test('where the writer cannot be told his reference, the log says so, by reference alone', async () => {
  await beginDraft(cast.owner, slowPermit);
  await breakDrafts();
  channel.sandbox.faults.add([{ method: 'sendMessage', chatId: cast.owner, kind: '5xx', count: 1 }]);
  await channel.person(cast.owner).say('补充');
  await expect.poll(async () => (await channel.state()).deadLetters, { timeout: 10_000 }).toBe(1);
  const lines = logged.map((line) => JSON.parse(line) as { level: number; msg: string; ref?: string });
  const ref = lines.find(({ msg }) => msg === 'an update was set aside')?.ref;
  expect(ref).toMatch(/^[2-9A-Z]{6}$/);
  expect(lines.filter(({ msg }) => msg.startsWith('nobody could be told'))).toEqual([
    {
      level: 50,
      time: expect.any(String) as string,
      ref,
      kind: 'unknown',
      msg: 'nobody could be told of an update that was set aside',
    },
  ]);
});

test('nobody but the administrator sees them', async () => {
  const owner = channel.person(cast.owner);
  const since = owner.mark();
  await owner.say('/health');
  await quiet(channel);
  expect(heard(owner, since).join('\n')).not.toMatch(/死信|送达/);
});
