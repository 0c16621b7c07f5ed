/** Who may read a case changes after it was filed: an invitation, an enterprise to speak for, a role that is taken away (rules §6). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { reportWithout } from '../support/keeping-out.js';
import { report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

const newcomer = 5040;
let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({ others: [{ id: newcomer, firstName: 'P5040', username: 'p5040' }] });
  const { owner, passerBy, twoRoles, duty, head, officer, admin, supervisor, leader } = cast;
  for (const id of [owner, passerBy, twoRoles, duty, head, officer, admin, supervisor, leader])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const asked = async (id: number, number: string): Promise<string> => {
  const person = channel.person(id);
  const since = person.mark();
  await person.say(`/case ${number}`);
  return (await person.waitFor(/ZT-|找不到这件事/, { since })).text ?? '';
};

test('whoever is invited after filing by somebody who is kept out is kept out as well', async () => {
  const kept = await reportWithout(channel, `${slowPermit}第一次反映。`, [], `P${cast.head}`);
  const open = await reportWithout(channel, `${slowPermit}第二次反映。`, []);
  for (const number of [kept, open])
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  const [inviter, invited] = [channel.person(cast.head), channel.person(newcomer)];
  let since = inviter.mark();
  await inviter.say('/invite');
  const { text = '' } = await inviter.waitFor(/\?start=/, { since });
  since = inviter.mark();
  await invited.start(/\?start=([\w-]+)/.exec(text)?.[1] ?? '');
  const card = await inviter.waitFor(/有人用了您的邀请/, { since });
  await inviter.press('✅ 是本人，生效', { message: card });
  await quiet(channel);
  await invited.press('中文');
  await invited.waitFor(/您现在是：承办人 · 审批局/);
  expect(await asked(newcomer, open)).toContain(open);
  expect(await asked(newcomer, kept)).toMatch(/找不到这件事/);
  expect(everSeen(invited)).not.toContain(kept);
});

test('whoever turns out to speak for an enterprise is kept out, as staff, of what others have reported for it', async () => {
  const enterprise = '东门小吃店 91330800MA28CAN4RX';
  const { number } = await report(channel.person(cast.passerBy), slowPermit, { enterprise });
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 发改局' });
  await quiet(channel);
  expect(await asked(cast.twoRoles, number)).toContain(number);
  const own = await report(channel.person(cast.twoRoles), `${slowPermit}本店反映。`, { enterprise });
  await pressOn(channel, { person: cast.duty, number: own.number, label: '🏢 核验属实' });
  await quiet(channel);
  expect(await asked(cast.twoRoles, number)).toMatch(/找不到这件事/);
});

test('when the last reader’s role is revoked the administrator hears of it at once, and again each working morning', async () => {
  await reportWithout(channel, `${slowPermit}第三次反映。`, [], '周敏、许青、宋立新');
  const admin = channel.person(cast.admin);
  let since = admin.mark();
  await admin.say('/org');
  const message = await admin.waitFor(/机构与人员/, { since });
  for (const label of ['🏛 委', /撤销.*委领导/, '🚫 撤销']) await admin.press(label, { message });
  expect((await admin.waitFor(/没有人可以看的事项/, { since })).text).toMatch(/：1 件/);
  since = admin.mark();
  await quiet(channel);
  expect(heard(admin, since).join('\n')).not.toMatch(/没有人可以看的事项/);
  await channel.advance('P4D');
  expect((await admin.waitFor(/没有人可以看的事项/, { since })).text).toMatch(/：1 件/);
});
