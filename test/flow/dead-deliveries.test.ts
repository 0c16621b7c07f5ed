/** A notice that Telegram refuses for good: the administrator sees it by reference alone and has it sent again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { dispatched, slowPermit } from '../support/case-steps.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

let channel: Channel;
let door: TelegramDoor;
let isRefused = true;
const body = { ok: false, error_code: 400, description: 'Bad Request: TOPIC_DELETED' };
beforeEach(async () => {
  isRefused = true;
  channel = await startChannel({
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, (method, { chat_id: chat, text = '' }) =>
        isRefused && method === 'sendMessage' && chat === cast.officer && String(text).startsWith('🔔')
          ? { status: 400, body }
          : undefined,
      );
      return door.apiRoot;
    },
  });
  for (const id of [cast.owner, cast.duty, cast.officer, cast.admin]) await arrive(channel.person(id));
});
afterEach(async () => {
  await channel.stop();
  await door.close();
});

interface Row {
  readonly _id: string;
  readonly state: string;
  readonly fence: number;
  readonly ambiguous: number;
  readonly revivals?: readonly { readonly byPersonId: string }[];
}
const deliveries = () => channel.connection().collection<Row>('deliveries');
const dead = async (): Promise<readonly Row[]> => await deliveries().find({ state: 'dead' }).toArray();

test('two notices are set aside: sent again while the cause stands one dies again; afterwards both arrive, once and in their old order, and what was in doubt stays counted', async () => {
  const [admin, officer] = [channel.person(cast.admin), channel.person(cast.officer)];
  const numbers = [await dispatched(channel), await dispatched(channel)];
  await quiet(channel);
  const [first, second] = await dead();
  expect(second).toBeDefined();
  await deliveries().updateOne({ _id: first?._id ?? '' }, { $set: { ambiguous: 1 } });

  await admin.waitFor(/技术告警[^]*送不出的通知：\d 条/, { timeoutMs: 30_000 });
  await admin.say('/health');
  await admin.press(/死信（2）/);
  const list = await admin.waitFor(/死信：2 条/);
  const refs = [...(list.text ?? '').matchAll(/🔔 ([2-9A-Z]{6}) · .+ · bad-request 400/g)].map(
    ([, ref]) => ref,
  );
  expect(refs).toHaveLength(2);

  await admin.press(`↻ ${refs[0]}`, { message: list });
  await expect
    .poll(async () => (await dead()).filter(({ revivals }) => revivals?.length === 1).length, {
      timeout: 15_000,
    })
    .toBe(1);
  isRefused = false;
  await admin.say('/health');
  await admin.press(/死信（2）/);
  const taps = await Promise.all([admin.press(/全部重新处理（2）/), admin.press(/全部重新处理（2）/)]);
  expect(taps.map(({ answer }) => answer?.text ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
    '2 条已放回队列，马上重新处理。',
    '这一条已经放回队列，或已处理。',
  ]);
  await officer.waitFor(new RegExp(numbers[1] ?? ''), { timeoutMs: 30_000 });
  await quiet(channel);
  const cards = officer.messages().flatMap(({ text = '' }) => numbers.filter((one) => text.includes(one)));
  expect(cards).toEqual(numbers);
  expect(heard(officer).filter((line) => line.includes('请签收'))).toHaveLength(2);

  const sent = await deliveries()
    .find({ _id: { $in: [first?._id ?? '', second?._id ?? ''] } })
    .toArray();
  for (const { state, fence } of sent) {
    expect(state).toBe('sent');
    expect(fence).toBeGreaterThan(second?.fence ?? expect.fail());
  }
  expect(sent.map(({ ambiguous }) => ambiguous).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(sent.every((row) => !('toldAt' in row))).toBe(true);
  const acts = channel.connection().collection('audit');
  await channel.advance('PT1S');
  const revived = await acts.find({ what: 'dead-deliveries-revived' }).toArray();
  expect(revived.map(({ count }) => count as number).toSorted((a, b) => a - b)).toEqual([1, 2]);
  for (const secret of [...numbers, slowPermit.slice(0, 8), `P${cast.officer}`, String(cast.officer)])
    expect(everSeen(admin)).not.toContain(secret);
});

test('what is over by the time it is sent again is dropped', async () => {
  const admin = channel.person(cast.admin);
  await dispatched(channel);
  await quiet(channel);
  isRefused = false;
  await deliveries().updateMany({ state: 'dead' }, { $set: { caseId: 'gone' } });
  await admin.say('/health');
  await admin.press(/死信（1）/);
  await admin.press(/^↻ /);
  await expect
    .poll(async () => await deliveries().countDocuments({ caseId: 'gone', state: 'dropped' }), {
      timeout: 15_000,
    })
    .toBe(1);
  expect(heard(channel.person(cast.officer)).filter((line) => line.includes('请签收'))).toEqual([]);
});
