/** Fault 24: an invitation reused, raced by twenty, expired, guessed: one person joins, and it is recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys } from '../../src/store/keys.js';
import { createPeople } from '../../src/store/people.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { admin, head, housingHead, owner, officer } = cast;
const newcomers = Array.from({ length: 20 }, (_none, i) => 5001 + i);
/** Not among those who race: whoever of them wins is staff from then on, and has a name. */
const [tooLate, turnedAway, invitedByHead] = [5032, 5033, 5034];

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    others: [...newcomers, tooLate, turnedAway, invitedByHead].map((id) => ({
      id,
      firstName: `P${id}`,
      username: `p${id}`,
    })),
  });
  for (const id of [admin, head, housingHead, owner]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** The payload of the link that somebody was given last. */
const payloadOf = (id: number): string => {
  const text = channel
    .person(id)
    .messages()
    .findLast(({ text: said = '' }) => said.includes('?start='))?.text;
  return /\?start=([\w-]+)/.exec(text ?? '')?.[1] ?? '';
};

/** The administrator invites into a role, pressed through. */
const inviteInto = async (...labels: readonly string[]): Promise<string> => {
  const person = channel.person(admin);
  let since = person.mark();
  await person.say('/invite');
  const message = await person.waitFor(/邀请谁/, { since });
  since = person.mark();
  for (const label of labels) await person.press(label, { message });
  await person.waitFor(/只能用一次/, { since });
  return payloadOf(admin);
};

/** Comes with a link; gives what the bot answers first. */
const come = async (id: number, payload: string): Promise<string> => {
  const person = channel.person(id);
  const since = person.mark();
  await person.start(payload);
  return (await person.waitFor(/邀请|invitation/, { since })).text ?? '';
};

interface PersonRow {
  readonly grants: readonly { readonly role: string; readonly department?: string }[];
}
const invitedPeople = async (): Promise<number> =>
  await channel.connection().collection<PersonRow>('people').countDocuments({ 'grants.via': 'invite' });

const events = async (event: string): Promise<number> =>
  await channel.connection().collection('staff_log').countDocuments({ event });

const notValid = /^这个邀请不能用/;

test('of twenty who race one joins, holds nothing until the inviter confirms, and the rest hear the same', async () => {
  const payload = await inviteInto('承办人', '审批局');
  expect(payload.length).toBeLessThanOrEqual(64);
  const answers = await Promise.all(newcomers.map(async (id) => await come(id, payload)));
  expect(answers.filter((answer) => answer.startsWith('收到您的邀请'))).toHaveLength(1);
  expect(answers.filter((answer) => notValid.test(answer))).toHaveLength(19);
  expect(new Set(answers.filter((answer) => notValid.test(answer))).size).toBe(1);
  expect(await invitedPeople()).toBe(0);
  const joined = newcomers[answers.findIndex((answer) => answer.startsWith('收到'))] ?? 0;
  await channel.person(joined).press('中文');
  await channel.person(joined).waitFor(/以后用中文/);
  expect(channel.person(joined).sees(/在您写之前/)).toBe(false);
  expect(await come(joined, payload), 'who joined may come again').toMatch(/^收到您的邀请/);

  await channel.restart();
  const inviter = channel.person(admin);
  const card = await inviter.waitFor(/有人用了您的邀请/);
  expect(card.text).toMatch(new RegExp(`P${joined}`));

  await Promise.all([
    inviter.press('✅ 是本人，生效', { message: card }),
    inviter.press('✅ 是本人，生效', { message: card }).catch(() => undefined),
  ]);
  await quiet(channel);
  expect(await invitedPeople()).toBe(1);
  expect(await come(joined, payload), 'used up').toMatch(notValid);
  await channel.person(joined).waitFor(/您现在是：承办人 · 审批局/);
  expect([await events('invite-joined'), await events('invite-confirmed')]).toEqual([2, 1]);
  expect(await events('invite-wrong')).toBe(20);
});

test('the store holds no token, so nobody who reads it can join', async () => {
  const payload = await inviteInto('审计');
  const dump = JSON.stringify(await channel.connection().collection('invites').find().toArray());
  expect(dump).not.toContain(payload.slice(4));
  expect(dump).not.toContain(payload.slice(4, 20));
});

test('an invitation is over after a week, and its maker cannot use it himself', async () => {
  const payload = await inviteInto('督办');
  expect(await come(admin, payload)).toMatch(notValid);
  await channel.advance('P7D');
  expect(await come(tooLate, payload)).toMatch(notValid);
});

test('the inviter refuses whom he does not know: no role, the link is void', async () => {
  const payload = await inviteInto('委领导');
  expect(await come(turnedAway, payload)).toMatch(/^收到您的邀请/);
  const person = channel.person(admin);
  const card = await person.waitFor(/有人用了您的邀请：委领导/);
  await person.press('🚫 不是，不生效', { message: card });
  await quiet(channel);
  expect(await come(turnedAway, payload)).toMatch(notValid);
  expect(await channel.connection().collection('people').countDocuments({ 'grants.role': 'leader' })).toBe(1);
});

test('whoever guesses is answered the same, recorded, and after a few tries not listened to', async () => {
  const before = await events('invite-wrong');
  const guesses = [
    'inv-',
    'inv-short',
    `inv-${'A'.repeat(43)}`,
    `inv-${'b'.repeat(43)}`,
    `inv-${'_'.repeat(43)}`,
  ];
  for (const guess of guesses) expect(await come(owner, guess)).toMatch(notValid);
  // A true one now: he has guessed too often to be let in.
  const payload = await inviteInto('联络员');
  expect(await come(owner, payload)).toMatch(notValid);
  expect(await events('invite-wrong')).toBe(before + 6);
  await channel.advance('PT61M');
  expect(await come(owner, payload)).toMatch(/^收到您的邀请/);
});

test('a head invites officers of his own house and nobody else, whatever button he forges', async () => {
  const person = channel.person(head);
  const since = person.mark();
  await person.say('/invite');
  await person.waitFor(/邀请：承办人 · 审批局/, { since });
  const message = person.messages().findLast(({ from }) => from === 'bot');
  for (const arg of ['officer.ZJJ', 'head.SPJ', 'admin', 'duty']) {
    const data = channel.drawPress({ action: 'invite', arg }, head);
    const { answer } = await person.pressData({ messageId: message?.messageId ?? 0, data });
    expect(answer?.text).toMatch(/不在您的身份里/);
  }
  expect(await come(invitedByHead, payloadOf(head))).toMatch(/^收到您的邀请/);
  // Another head cannot confirm for him.
  const invite = await channel
    .connection()
    .collection('invites')
    .findOne({ state: 'joined', role: 'officer' });
  const other = channel.person(housingHead);
  const data = channel.drawPress({ action: 'invite-yes', id: String(invite?._id) }, housingHead);
  const last = other.messages().findLast(({ from }) => from === 'bot');
  expect((await other.pressData({ messageId: last?.messageId ?? 0, data })).answer?.text).toMatch(
    /不在您的身份里/,
  );
  expect(everSeen(other)).not.toContain(`P${invitedByHead}`);
  await channel.person(officer).start(payloadOf(head));
  await channel.person(officer).waitFor(notValid);
});

test('who was let in, by whom and into what, and every guess stands in the audit, and no name of a newcomer who was turned away', async () => {
  await arrive(channel.person(cast.auditor));
  await quiet(channel);
  const chain = channel.connection().collection<{ what: string; detail: string; count: number }>('audit');
  const chained = async (): Promise<readonly [number, number]> => {
    await channel.advance('PT1S');
    const guesses = await chain.find({ kind: 'denial', what: 'invite-wrong' }).toArray();
    const lettingIn = await chain.countDocuments({ kind: 'act', what: 'invite-confirmed' });
    return [lettingIn, guesses.reduce((sum, { count }) => sum + count, 0)];
  };
  // Noted without anybody waiting for it, and chained by whichever sweep comes first.
  await expect.poll(chained, { timeout: 20_000 }).toEqual([1, await events('invite-wrong')]);
  const confirmed = await chain.find({ kind: 'act', what: 'invite-confirmed' }).toArray();
  expect(confirmed.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^officer\.SPJ [\w-]{12}$/) as string,
  ]);
  const reader = channel.person(cast.auditor);
  const since = reader.mark();
  await reader.say('/audit');
  const page = await reader.waitFor(/审计记录/, { since });
  while (reader.buttons(page).includes('下一页 »')) await reader.press('下一页 »', { message: page });
  const seen = everSeen(reader);
  expect(seen).toMatch(/系统管理员 .*\n\s+确认邀请 承办人 审批局 P50\d\d/);
  expect(seen).toMatch(/⛔ 用了无效的邀请，被拒/);
  expect(seen).toMatch(/否决邀请 委领导\n/);
  expect(seen).not.toContain(`P${turnedAway}`);
});

test('whoever is let in a second time by somebody else stays tied to the first', async () => {
  const connection = channel.connection();
  const people = createPeople(connection, (await openKeys(connection, usualMasterKeys)).seal);
  const [id = ''] = await people.holding('head', 'SPJ');
  await people.addGrant(id, { role: 'officer', department: 'ZJJ', via: 'invite' }, 'first');
  await people.addGrant(id, { role: 'liaison', via: 'invite' }, 'second');
  expect((await people.byId(id))?.inviters).toEqual(['first', 'second']);
});
