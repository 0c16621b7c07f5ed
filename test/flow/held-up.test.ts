/** One delivery that never goes through holds up its person, since his order is kept: the administrators hear of it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { dispatched, slowPermit } from '../support/case-steps.js';
import { everSeen, heard } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.duty, cast.officer, cast.admin]) await arrive(channel.person(id));
});
afterEach(async () => await channel.stop());

const alarms = (): readonly string[] =>
  channel
    .person(cast.admin)
    .messages()
    .map(({ text = '' }) => text)
    .filter((text) => text.includes('六小时'));

test('an officer whose first notice fails for hours while others are reached: the administrator is told once, by reference alone; where nobody is reached he is not', async () => {
  const deliveries = channel.connection().collection('deliveries');
  const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);
  channel.sandbox.faults.add([{ method: 'sendMessage', chatId: cast.officer, kind: '5xx' }]);
  const number = await dispatched(channel);
  const vain = { state: 'pending', errorClass: { $exists: true } };
  await expect.poll(async () => await deliveries.countDocuments(vain), { timeout: 20_000 }).toBe(1);
  const told = async () => await deliveries.countDocuments({ event: 'held-up' });
  const tryNow = async () => await deliveries.updateOne(vain, { $set: { nextAt: new Date(0) } });
  const swept = async () => {
    const since = (await deliveries.findOne(vain))?.['attempts'] as number;
    await tryNow();
    await expect
      .poll(async () => (await deliveries.findOne(vain))?.['attempts'] as number, { timeout: 20_000 })
      .toBeGreaterThan(since);
    await channel.advance('PT1S');
  };

  // Telegram is back after hours: what is tried again now is no trouble of one person.
  await deliveries.updateOne(vain, { $set: { dueAt: minutesAgo(6 * 60 + 1) } });
  await swept();
  expect(await told()).toBe(0);

  // Others have been reached for a while.
  await deliveries.updateMany({ state: 'sent' }, { $set: { doneAt: minutesAgo(30) } });
  const alarm = await channel.person(cast.admin).waitFor(/六小时以上送不出/, { timeoutMs: 60_000 });
  expect(alarm.text).toMatch(/\n[2-9A-Z]{6} · .+ · ambiguous 50\d\n/);
  await swept();
  expect(alarms()).toHaveLength(1);
  for (const secret of [number, slowPermit.slice(0, 8), `P${cast.officer}`, String(cast.officer)])
    expect(alarm.text).not.toContain(secret);
  expect(everSeen(channel.person(cast.admin))).not.toContain(number);

  // It goes through in the end, and what waited behind it.
  channel.sandbox.faults.clear();
  await tryNow();
  await channel.person(cast.officer).waitFor(/请签收/, { timeoutMs: 30_000 });
  expect(heard(channel.person(cast.officer)).filter((line) => line.includes('请签收'))).toHaveLength(1);
});
