/** An administrator changes a number: seen before it counts, for new cases only, told once, and only by him. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { tillMorning, workingTime, wd } from '../support/business-time.js';
import { dispatched, pressOn, signed } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const secondAdmin = 3005;

let channel: Channel;
let admin: TestPerson;
beforeAll(async () => {
  channel = await startChannel({
    organisation: (file) => ({
      ...file,
      commission: file.commission.map((member) =>
        member.telegramId === secondAdmin ? { ...member, roles: ['admin'] } : member,
      ),
    }),
  });
  admin = channel.person(cast.admin);
  for (const id of [
    cast.owner,
    cast.duty,
    cast.officer,
    cast.supervisor,
    cast.leader,
    cast.admin,
    secondAdmin,
  ])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** Chooses a number and types its new value; gives what comes back. */
async function type(person: TestPerson, group: string, name: string, value: string): Promise<ViewMessage> {
  await person.say('/rules');
  const overview = await person.waitFor(/⚙️ 现行规则/);
  const { message } = await person.press(group, { message: overview });
  await person.press(name, { message });
  const since = person.mark();
  await person.say(value);
  return await person.waitFor(/核对|没有改动/, { since });
}

interface Running {
  readonly rulesVersion: number;
  readonly clocks: readonly { readonly name: string; readonly startedAt: Date; readonly dueAt: Date }[];
}

async function resolving(number: string) {
  const found = await channel.connection().collection<Running>('cases').findOne({ number });
  const clock = found?.clocks.find(({ name }) => name === 'resolve');
  if (!found || !clock) throw new Error(`${number} is not being resolved`);
  return { rulesVersion: found.rulesVersion, ...clock };
}

const versions = (): Promise<number> => channel.connection().collection('rule_versions').countDocuments();

test('a running case keeps its date, a new one gets the new limit, also after a restart; supervisor and leader hear it once', async () => {
  await tillMorning(channel);
  const old = await signed(channel);
  const unsigned = await dispatched(channel);
  const before = await resolving(old);
  expect(before.dueAt).toEqual(workingTime.add(before.startedAt, 10 * wd));

  const preview = await type(admin, '时限', '办理：一般件', '8 工作日');
  expect(preview.text).toContain('办理：一般件 — 10 个工作日 → 8 个工作日');
  expect(preview.text).toContain('在办的 2 件仍按原来的数字');
  expect(await versions()).toBe(1);
  const marks = [cast.supervisor, cast.leader, cast.officer].map((id) => channel.person(id).mark());
  const { message } = await admin.press('✅ 确认生效', { message: preview });
  expect(message.text).toContain('第 2 版已生效');
  await admin.press('✅ 确认生效', { message: preview }).catch(() => undefined);
  await quiet(channel);
  await channel.restart();
  await channel.advance('PT1S');
  await quiet(channel);
  const told = [cast.supervisor, cast.leader, cast.officer].map((id, i) =>
    heard(channel.person(id), marks[i]).filter((line) => line.includes('规则')),
  );
  expect(told.map(({ length }) => length)).toEqual([1, 1, 0]);

  const recent = await signed(channel);
  const after = await resolving(recent);
  expect(after.dueAt).toEqual(workingTime.add(after.startedAt, 8 * wd));
  expect(await resolving(old)).toEqual(before);
  expect([before.rulesVersion, after.rulesVersion]).toEqual([1, 2]);
  // A clock that starts only now still runs by the numbers its case began with.
  await pressOn(channel, { person: cast.officer, number: unsigned, label: '✅ 签收' });
  await quiet(channel);
  const late = await resolving(unsigned);
  expect(late.dueAt).toEqual(workingTime.add(late.startedAt, 10 * wd));

  const stored = await channel
    .connection()
    .collection('rule_versions')
    .findOne({ changes: { $ne: [] } });
  expect(stored).toMatchObject({ changes: [{ key: 'resolve.general', from: '10 wd', to: '8 wd' }] });
  expect(stored?.['changedBy']).toEqual(expect.any(String));
});

test('of two administrators the second is told that the first was faster, and a file from before is refused', async () => {
  const second = channel.person(secondAdmin);
  await admin.say('/rules');
  await admin.press('📎 取回文件（JSON）', { message: await admin.waitFor(/⚙️ 现行规则/) });
  const version = await versions();

  const hers = await type(admin, '时限', '签收', '2 wd');
  const his = await type(second, '次数与期限', '延期次数', '3');
  await second.press('✅ 确认生效', { message: his });
  const { message } = await admin.press('✅ 确认生效', { message: hers });
  expect(message.text).toContain('规则已有别的改动');
  expect(await versions()).toBe(version + 1);

  const since = admin.mark();
  const stale = JSON.stringify({ rulesVersion: version, numbers: { sign: '2 wd' } });
  await admin.document({ name: 'rules.json', mimeType: 'application/json', bytes: Buffer.from(stale) });
  expect((await admin.waitFor(/没有改动/, { since })).text).toContain('规则已有别的改动');
  expect(await versions()).toBe(version + 1);
});

test('a whole file changes several numbers at once; every mistake is named with its number and nothing changes', async () => {
  const before = await versions();
  const send = async (numbers: Readonly<Record<string, unknown>>): Promise<ViewMessage> => {
    const since = admin.mark();
    const bytes = Buffer.from(JSON.stringify({ numbers }));
    await admin.document({ name: 'rules.json', mimeType: 'application/json', bytes });
    return await admin.waitFor(/核对|没有改动/, { since });
  };
  const wrong = await send({ sign: '0 wd', hours: '09:00-13:00 12:00-17:00', nonsense: '1' });
  expect(wrong.text).toContain('签收：不能为零');
  expect(wrong.text).toContain('办公时间：时段重叠');
  expect(wrong.text).toContain('nonsense：没有这一项');
  expect((await send({ 'R1.used': '90%' })).text).toContain('第一次提醒应早于黄牌');
  expect((await type(admin, '提醒与升级', '黄牌：已用', '五成')).text).toContain('这里要百分比');
  expect(await versions()).toBe(before);

  const preview = await send({ hours: '08:30-12:00 13:30-17:30', 'R1.used': '60%' });
  expect(preview.text).toContain('09:00-12:00 13:30-17:30 → 08:30-12:00 13:30-17:30');
  expect(preview.text).toContain('第一次提醒：已用 — 50% → 60%');
  await admin.press('不改了', { message: preview });
  expect(await versions()).toBe(before);
});

test('a number that was asked for and cancelled is not taken from the next words', async () => {
  const saying = async (text: string, answer: RegExp): Promise<string> => {
    const since = admin.mark();
    await admin.say(text);
    return (await admin.waitFor(answer, { since })).text ?? '';
  };
  const proposals = () => channel.connection().collection('proposals').countDocuments({ kind: 'rules' });
  const before = await proposals();
  for (const stop of ['/cancel', '/health']) {
    await admin.say('/rules');
    const { message } = await admin.press('时限', { message: await admin.waitFor(/⚙️ 现行规则/) });
    await admin.press('签收', { message });
    await saying(stop, stop === '/cancel' ? /^已取消。$/ : /死信/);
    await saying('3 个工作日', /没看懂这一步/);
  }
  expect(await proposals()).toBe(before);
});

test('nobody but the administrator reads or changes the numbers', async () => {
  const duty = channel.person(cast.duty);
  const before = await versions();
  const since = duty.mark();
  await duty.say('/rules');
  expect((await duty.waitFor(/身份/, { since })).text).toContain('不在您的身份里');
  const mark = duty.mark();
  const numbers = JSON.stringify({ numbers: { sign: '2 wd' } });
  await duty.document({ name: 'rules.json', mimeType: 'application/json', bytes: Buffer.from(numbers) });
  await duty.waitFor(({ text = '' }) => text !== '', { since: mark });
  expect(duty.buttons().join()).not.toContain('确认生效');
  expect(await versions()).toBe(before);
});

test('who changed the numbers, and to which version, stands in the audit', async () => {
  await channel.advance('PT1S');
  const chain = channel.connection().collection('audit');
  const acts = await chain.find({ kind: 'act', what: 'rules-changed' }).sort({ _id: 1 }).toArray();
  const stored = (await channel.connection().collection<{ _id: number }>('rule_versions').find().toArray())
    .map(({ _id }) => _id)
    .filter((version) => version > 1);
  expect(stored.length).toBeGreaterThan(0);
  expect(acts.map(({ detail, role, caseId }) => [detail, role, caseId])).toEqual(
    stored.map((version) => [String(version), 'admin', null]),
  );
});
