/** Fault 28: what is past its date is erased, killed midway too; a hold keeps it; people may leave. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { report } from '../support/reporting.js';
import { arrive, file } from '../support/steps.js';

const { owner, englishOwner, duty, supervisor, passerBy, admin } = cast;

let channel: Channel;
/** The place at which every erasure dies meanwhile. */
let diesAt: string | null = null;
beforeAll(async () => {
  channel = await startChannel({
    schedules: ['retention'],
    crashPoint: (name) => {
      if (name === diesAt) throw new Error('died here');
    },
  });
  for (const id of [owner, duty, supervisor, passerBy, admin]) await arrive(channel.person(id));
  await arrive(channel.person(englishOwner), 'English');
});
afterAll(async () => await channel.stop());

const collection = (name: string) => channel.connection().collection(name);
const caseOf = async (number: string) => await collection('cases').findOne({ number });

/** Files a report and opens its card; gives its number. */
async function filed(): Promise<string> {
  const number = await file(channel.person(owner), slowPermit);
  await pressOn(channel, { person: owner, number, label: '查看' });
  return number;
}

async function withdraw(number: string): Promise<void> {
  await pressOn(channel, { person: owner, number, label: '撤回…' });
  await channel.person(owner).press('别的原因');
  await channel.person(owner).say('不再需要了。');
  await quiet(channel);
}

const words = /环评批复|不再需要|江城精工/;
/** How many of a case's cards in the duty officer's chat show its words now: the one it came with, and that of its end. */
const wordsAtDuty = (number: string): number =>
  channel
    .person(duty)
    .messages()
    .filter(({ text = '' }) => new RegExp(`^${number} · `, 'm').test(text) && words.test(text)).length;

/** Every place in which something about a case is kept, apart from its tombstone. */
async function leftOf(caseId: unknown): Promise<readonly string[]> {
  const places = [
    ['messages', { caseId, content: { $exists: true } }],
    ['identities', { _id: caseId }],
    ['letters', { caseId, facts: { $exists: true } }],
    ['search_tokens', { caseId }],
    ['drafts', { caseId }],
    ['cards', { caseId }],
    ['deliveries', { caseId }],
    ['keys', { _id: `case:${String(caseId)}`, wrapped: { $exists: true } }],
  ] as const;
  const counts = await Promise.all(
    places.map(async ([name, filter]) => ({
      name,
      count: await collection(name).countDocuments(filter as object),
    })),
  );
  return counts.filter(({ count }) => count > 0).map(({ name }) => name);
}

/** An outage that long, then a working morning and what it sets off. */
async function pass(days: number): Promise<void> {
  await channel.jump(`P${days}D`);
  await channel.advance('P4D');
  await quiet(channel);
}

describe('a case past its date', () => {
  test('is erased though the program dies in the middle; a hold keeps another until it is released', async () => {
    const [gone, held] = [await filed(), await filed()];
    await pressOn(channel, { person: duty, number: held, label: '标为相关' });
    for (const number of [gone, held]) await withdraw(number);
    const accused = { excludedPersonIds: ['accused'], excludedDepartments: ['ZJJ'] };
    await collection('cases').updateOne({ number: gone }, { $set: accused });
    expect(wordsAtDuty(gone)).toBeGreaterThan(1);
    await pass(31);
    expect(await caseOf(gone)).toMatchObject({ state: 'archived', erasedAt: null });
    const since = channel.person(supervisor).mark();
    await channel.person(supervisor).say(`/case ${held}`);
    await channel.person(supervisor).waitFor(({ text = '' }) => text.includes(held), { since });
    await pressOn(channel, { person: supervisor, number: held, label: /保全（/ });
    await channel.person(supervisor).say('信访复查期间保留。');
    await channel.person(supervisor).waitFor(/保全中：到期不销毁/);

    diesAt = 'key-destroyed';
    await channel.jump('P366D');
    // Dead between the key and the texts: they lie there and nobody can read them.
    const erasing = await caseOf(gone);
    expect(erasing).toMatchObject({ erasedAt: expect.any(Date) as Date, reporterId: '' });
    expect(await leftOf(erasing?._id)).toContain('messages');
    expect(await leftOf(erasing?._id)).not.toContain('keys');
    await look(gone, /已过保存期限/);
    // Not the newest card alone: what pointed at the older ones is gone tomorrow.
    await quiet(channel);
    expect(wordsAtDuty(gone)).toBe(0);

    diesAt = null;
    await channel.advance('P8D');
    await quiet(channel);
    expect(await leftOf(erasing?._id)).toEqual([]);
    const tombstone = await caseOf(gone);
    const nobody = { enterpriseId: null, mergedInto: null, excludedPersonIds: [], excludedDepartments: [] };
    expect(tombstone).toMatchObject({
      number: gone,
      state: 'archived',
      eraseAt: null,
      linkedIds: [],
      ...nobody,
    });
    expect(await caseOf(held)).toMatchObject({ linkedIds: [] });
    const reporterId = (await personOf('reporterId', held)) ?? 'nobody';
    expect(JSON.stringify(tombstone)).not.toContain(reporterId);
    // The chain keeps what was done for ever, and not whose case it was; and it is whole.
    const chain = JSON.stringify(
      await collection('audit')
        .find({ caseId: String(erasing?._id) })
        .toArray(),
    );
    expect(chain).toContain('withdraw');
    expect(chain).not.toContain(reporterId);
    expect(await verified()).toContain('✓ the chain is whole');
    await look(gone, /已过保存期限/);

    expect(await caseOf(held)).toMatchObject({ erasedAt: null });
    await look(held, /环评批复/);
    await pressOn(channel, { person: supervisor, number: held, label: '解除保全…' });
    await channel.person(supervisor).say('复查已结束。');
    await quiet(channel);
    await channel.advance('P8D');
    await quiet(channel);
    expect(await leftOf((await caseOf(held))?._id)).toEqual([]);
  });

  const verified = async (): Promise<string> => {
    const env = {
      PATH: process.env.PATH,
      MONGODB_URI: channel.services.mongoUri,
      DATA_KEY: usualMasterKeys.current.toString('base64'),
    };
    const verify = promisify(execFile)(process.execPath, ['dist/src/audit-command.js', 'verify'], { env });
    return (await verify.catch((failed: { readonly stdout: string }) => failed)).stdout;
  };
  const look = async (number: string, shown: RegExp): Promise<void> => {
    const since = channel.person(supervisor).mark();
    await channel.person(supervisor).say(`/case ${number}`);
    await channel
      .person(supervisor)
      .waitFor(({ text = '' }) => text.includes(number) && shown.test(text), { since });
  };
  const personOf = async (field: string, number: string): Promise<string | null> =>
    ((await caseOf(number))?.[field] as string | undefined) ?? null;
});

describe('drafts', () => {
  test('an untouched draft is gone after 30 days and not before; one can be thrown away at once', async () => {
    const person = channel.person(passerBy);
    const drafts = async (): Promise<number> => await collection('drafts').countDocuments({ state: 'open' });
    const others = await drafts();
    await person.say('还没想好怎么写的一件事，关于供水。');
    await quiet(channel);
    expect(await drafts()).toBe(others + 1);
    await pass(20);
    expect(await drafts()).toBe(others + 1);
    await pass(12);
    expect(await drafts()).toBe(0);

    // He began anew before one was finished.
    await person.say('又写了一件事，关于供电。');
    await quiet(channel);
    const stored = channel.connection().collection<{ _id: string }>('drafts');
    const [first] = await stored.find({ state: 'open' }).toArray();
    const older = { ...first, _id: 'older', updatedAt: new Date(0), causes: ['older'] };
    await stored.insertOne(older);
    await person.say('/privacy');
    await person.waitFor(/30 天不动就删除/);
    await person.press('🗑 删除草稿');
    await expect.poll(() => person.buttons().includes('🗑 删除草稿')).toBe(false);
    expect(await drafts()).toBe(0);
  });
});

test('what waited for somebody out of reach and belongs to no case goes after 90 days, and not before', async () => {
  const kept = async (): Promise<readonly unknown[]> =>
    (await collection('deliveries').find({ personId: 'nobody' }).toArray()).map(
      ({ event }) => event as unknown,
    );
  const dayMs = 24 * 3_600_000;
  const waiting = (event: string, caseId: string, days: number) => ({
    personId: 'nobody',
    state: 'held',
    event,
    caseId,
    createdAt: new Date(Date.now() - days * dayMs),
  });
  await collection('deliveries').insertMany([
    waiting('an old digest', '', 91),
    waiting('a digest', '', 89),
    waiting('of a case', 'a case', 91),
  ]);
  await pass(1);
  expect(await kept()).toEqual(['a digest', 'of a case']);
  await collection('deliveries').deleteMany({ personId: 'nobody' });
});

describe('who is who', () => {
  const left = async (): Promise<readonly number[]> =>
    await Promise.all(
      ['invites', 'invite_tries', 'staff_log'].map(async (name) => await collection(name).countDocuments()),
    );

  test('an invitation goes 90 days after it ran out, what was noted of it after three years, and the audit keeps the act', async () => {
    const since = channel.person(admin).mark();
    await channel.person(admin).say('/invite');
    const choice = await channel.person(admin).waitFor(({ inlineKeyboard }) => inlineKeyboard !== undefined, {
      since,
    });
    await channel.person(admin).press('督办', { message: choice });
    await channel.person(admin).waitFor(/start=inv-/, { since });
    await channel.person(passerBy).start('inv-guessed');
    await quiet(channel);
    expect(await left()).toEqual([1, 1, 2]);
    // Seven days it holds; then 90 more.
    await pass(80);
    expect(await left()).toEqual([1, 0, 2]);
    await pass(20);
    expect(await left()).toEqual([0, 0, 2]);
    await pass(900);
    expect(await left()).toEqual([0, 0, 2]);
    await pass(100);
    expect(await left()).toEqual([0, 0, 0]);
    expect(await collection('audit').countDocuments({ kind: 'act', what: 'invite-made' })).toBe(1);
    expect(await collection('audit').countDocuments({ kind: 'denial', what: 'invite-wrong' })).toBe(1);
  });
});

describe('an account', () => {
  test('is deleted by its owner: who he is goes, his open case goes on by phone and keeps its name', async () => {
    const person = channel.person(englishOwner);
    const { number } = await report(
      person,
      'The licence window has not answered our application for nine weeks.',
      { language: 'en', confidentiality: 'Commission only' },
    );
    await quiet(channel);
    const reporterId = (await caseOf(number))?.['reporterId'] as string;
    await person.say('/privacy');
    await person.press('🗑 Delete my account…', { message: await person.waitFor(/How long it is kept/) });
    await person.press('Delete my account', { message: await person.waitFor(/1 still open/) });
    await person.waitFor(/Your account is deleted/);
    await channel.person(duty).waitFor(/注销了账号[\s\S]*Harbour Cold Chain/);
    await quiet(channel);

    expect(await collection('people').findOne({ _id: reporterId as never })).toBeNull();
    expect(await caseOf(number)).toMatchObject({ reporterId: '', state: 'filed' });
    for (const name of ['drafts', 'cards', 'deliveries', 'searches'])
      expect(await collection(name).countDocuments({ personId: reporterId }), name).toBe(0);
    // Whoever writes again is new, and has no case.
    await person.start();
    await person.press('English');
    const since = person.mark();
    await person.say(`/case ${number}`);
    await person.waitFor(/No such case/, { since });
  });

  test('of somebody who works here is not his to delete', async () => {
    const person = channel.person(duty);
    await person.say('/privacy');
    await person.waitFor(/保存多久/);
    expect(person.buttons()).not.toContain('🗑 注销我的账号…');
    const before = await collection('people').countDocuments();
    const message = await person.waitFor(/保存多久/);
    const { answer } = await person.pressData({
      messageId: message.messageId,
      data: channel.drawPress({ action: 'forget-me-now' }, duty),
    });
    expect(answer?.text).toMatch(/不能自己注销/);
    expect(await collection('people').countDocuments()).toBe(before);
  });
});
