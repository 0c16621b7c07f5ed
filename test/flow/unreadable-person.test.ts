/** Somebody whose sealed name cannot be opened any more holds up nothing that is for all the others (design §2.4). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys } from '../../src/store/keys.js';
import { createPeople } from '../../src/store/people.js';
import { now, tillMorning, until, wd, workingTime } from '../support/business-time.js';
import { contacted, filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  const { owner, officer, head, duty, secondDuty, supervisor, admin } = cast;
  for (const id of [owner, officer, head, duty, secondDuty, supervisor, admin])
    await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

/** His sealed name in the store is somebody else's from now on, and opens no more. */
async function makeUnreadable(telegramId: number): Promise<void> {
  const store = channel.connection();
  const people = createPeople(store, (await openKeys(store, usualMasterKeys)).seal);
  const { id } = await people.meet({ telegramId, name: `P${telegramId}`, username: null }, { rename: false });
  const rows = store.collection<{ _id: string; contact: string }>('people');
  const other = await rows.findOne({ _id: { $ne: id } });
  await rows.updateOne({ _id: id }, { $set: { contact: other?.contact ?? '' } });
  await expect(people.byId(id)).rejects.toThrow();
}

test('a name that is locked leaves the cards of the others, and the administrator still sees who holds what', async () => {
  const duty = channel.person(cast.duty);
  const number = await filed(channel);
  await quiet(channel);
  const card = await duty.waitFor(({ text = '' }) => text.includes(number) && /江城精工/.test(text));
  await makeUnreadable(cast.secondDuty);

  await pressOn(channel, { person: cast.owner, number, label: '查看' });
  await pressOn(channel, { person: cast.owner, number, label: '🔒 名字改为“锁定”' });
  await duty.waitFor(
    ({ messageId, text = '' }) => messageId === card.messageId && !/江城精工/.test(text) && /锁定/.test(text),
  );

  const admin = channel.person(cast.admin);
  await admin.say('/org');
  await admin.press('🏛 委');
  await admin.waitFor(/P3001[^]*值班受理员|值班受理员[^]*P3001/);
});

test('a letter to a head whose name cannot be read goes out without it, and the news it follows is told', async () => {
  const supervisor = channel.person(cast.supervisor);
  await tillMorning(channel);
  const number = await contacted(channel);
  const due = workingTime.add(await now(channel), 10 * wd);
  await makeUnreadable(cast.head);
  const since = supervisor.mark();
  await until(channel, new Date(workingTime.add(due, 1 * wd).getTime() + 60_000));
  await supervisor.waitFor(
    ({ text = '' }) => text.includes('📕 办理已超时，仍未办') && text.includes(number),
    {
      since,
    },
  );
});
