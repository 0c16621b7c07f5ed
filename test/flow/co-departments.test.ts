/** A department that helps: its part stands in the morning's digest, and it hears of a withdrawal and of a raise (rules §2). */
import { afterEach, expect, test } from 'vitest';
import { until, now, workingTime } from '../support/business-time.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { cardOf, contacted, pressOn } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
afterEach(async () => await channel.stop());

const arriving = [cast.owner, cast.duty, cast.officer, cast.head, cast.supervisor] as const;

test('the open part of a co-department is in its officers’ digest; a withdrawal is told to them', async () => {
  channel = await startChannel({ schedules: ['digest'] });
  for (const id of [...arriving, cast.housingOfficer]) await arrive(channel.person(id));
  const number = await contacted(channel);
  await pressOn(channel, { person: cast.duty, number, label: '➕ 增加协办单位…' });
  await pressOn(channel, { person: cast.duty, number, label: '住房和城乡建设局' });
  await quiet(channel);
  const helper = channel.person(cast.housingOfficer);
  const since = helper.mark();
  const opening = workingTime.dayOpeningAfter(await now(channel));
  await until(channel, new Date(opening.getTime() - 15 * 60_000));
  await quiet(channel);
  const digest = await helper.waitFor(/^🌅/, { since });
  expect(digest.text).toContain(number);

  await pressOn(channel, { person: cast.owner, number, label: /撤回/ });
  await channel.person(cast.owner).press('问题已经解决');
  await channel.person(cast.owner).say('已经解决。');
  await quiet(channel);
  expect(heard(helper).at(-1)).toBe('企业已撤回');
});

test('raised to the parent, the old department sees no more than any that helps: its letters and its ledger are gone', async () => {
  channel = await startChannel({
    organisation: (file) => ({
      ...file,
      departments: file.departments.map((one) => (one.code === 'SPJ' ? { ...one, parent: 'FGJ' } : one)),
    }),
  });
  for (const id of [...arriving, cast.colleague]) await arrive(channel.person(id));
  const number = await contacted(channel);
  await channel.person(cast.supervisor).say(`/case ${number}`);
  await pressOn(channel, { person: cast.supervisor, number, label: '⬆️ 提级…' });
  await channel.person(cast.supervisor).say('久拖不决，提级办理。');
  await quiet(channel);
  const officer = await cardOf(channel, channel.person(cast.officer), number);
  expect(officer.text).toMatch(/协办：审批局 \(未完成\)/);
  const buttons = channel.person(cast.officer).buttons(officer).join(' ');
  expect(buttons).toMatch(/协办部分已办/);
  expect(buttons).not.toMatch(/上报办结|发消息|签收|备注/);
  const head = channel.person(cast.head);
  const since = head.mark();
  await head.say('/ledger');
  expect((await head.waitFor(/台账/, { since })).text).not.toContain(number);
  expect(
    channel
      .person(cast.head)
      .buttons(await cardOf(channel, head, number))
      .join(' '),
  ).not.toMatch(/审签|说明/);
});
