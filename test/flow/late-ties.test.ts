/** Who may read a case changes after it was filed: an invitation, an enterprise to speak for, a role that is taken away (rules §6). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { reportWithout } from '../support/keeping-out.js';
import { report } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

const [newcomer, shopkeeper] = [5040, 5041];
let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({
    schedules: ['watch'],
    others: [newcomer, shopkeeper].map((id) => ({ id, firstName: `P${id}`, username: `p${id}` })),
  });
  const { owner, passerBy, duty, head, officer, admin, supervisor, leader } = cast;
  for (const id of [owner, passerBy, duty, head, officer, admin, supervisor, leader])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const asked = async (id: number, number: string): Promise<string> => {
  const person = channel.person(id);
  const since = person.mark();
  await person.say(`/case ${number}`);
  return (await person.waitFor(/ZT-|找不到这件事/, { since })).text ?? '';
};

/** The head of the Approvals Bureau lets somebody in as its officer. */
async function bringIn(id: number): Promise<void> {
  const [inviter, invited] = [channel.person(cast.head), channel.person(id)];
  let since = inviter.mark();
  await inviter.say('/invite');
  const { text = '' } = await inviter.waitFor(/\?start=/, { since });
  since = inviter.mark();
  await invited.start(/\?start=([\w-]+)/.exec(text)?.[1] ?? '');
  const card = await inviter.waitFor(/有人用了您的邀请/, { since });
  await inviter.press('✅ 是本人，生效', { message: card });
  await quiet(channel);
}

test('whoever is invited after filing by somebody who is kept out is kept out as well', async () => {
  const dispatch = async (number: string): Promise<string> => {
    await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
    await quiet(channel);
    return number;
  };
  const kept = await dispatch(await reportWithout(channel, `${slowPermit}第一次反映。`, [], `P${cast.head}`));
  const open = await dispatch(await reportWithout(channel, `${slowPermit}第二次反映。`, []));
  await bringIn(newcomer);
  await channel.person(newcomer).press('中文');
  await channel.person(newcomer).waitFor(/您现在是：承办人 · 审批局/);
  expect(await asked(newcomer, open)).toContain(open);
  expect(await asked(newcomer, kept)).toMatch(/找不到这件事/);
  expect(everSeen(channel.person(newcomer))).not.toContain(kept);
});

test('whoever turns out to speak for an enterprise is kept out, as staff, of what others have reported for it', async () => {
  const enterprise = '东门小吃店 91330800MA28CAN4R5';
  const { number } = await report(channel.person(cast.passerBy), slowPermit, { enterprise });
  await arrive(channel.person(shopkeeper));
  const own = await report(channel.person(shopkeeper), `${slowPermit}本店反映。`, { enterprise });
  await pressOn(channel, { person: cast.duty, number, label: '📮 交办 审批局' });
  await bringIn(shopkeeper);
  expect(await asked(shopkeeper, number)).toContain(number);
  await pressOn(channel, { person: cast.duty, number: own.number, label: '🏢 核验属实' });
  await quiet(channel);
  expect(await asked(shopkeeper, number)).toMatch(/找不到这件事/);
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
