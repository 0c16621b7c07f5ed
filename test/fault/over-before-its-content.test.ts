/** Whoever sent a notice dies right behind it: when its content comes, what it was to tell is over, and the notice must not stay empty. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/errors.js';
import { now, tillMorning, wd, workingTime } from '../support/business-time.js';
import { filed, pressOn } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { isNotice, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';
import { openTelegramDoor, type TelegramDoor } from '../support/telegram-door.js';

const { owner, officer, colleague, head, duty } = cast;

/** A channel in which whoever has just sent somebody a notice dies behind it; nobody else is sent one before. */
async function startMortal() {
  let dying: number | undefined;
  let died: () => void = () => undefined;
  let death = Promise.resolve();
  let door: TelegramDoor | undefined;
  const channel: Channel = await startChannel({
    crashPoint: (name) => {
      // Nobody is to die before the channel is there.
      if (name !== 'id-stored' || dying === undefined) return;
      if (!isNotice(channel.person(dying).last()?.text ?? '')) return;
      dying = undefined;
      died();
      throw new Fault('died here');
    },
    door: async (apiRoot) => {
      door = await openTelegramDoor(apiRoot, async (method, { chat_id: chat, text }) => {
        if (method === 'sendMessage' && isNotice(String(text)) && chat !== dying) await death;
        return undefined;
      });
      return door.apiRoot;
    },
  });
  return {
    channel,
    dieBehindNoticeTo: async (id: number, doing: () => Promise<unknown>): Promise<void> => {
      death = new Promise((resolve) => (died = resolve));
      dying = id;
      await doing();
      await death;
    },
    stop: async () => {
      died();
      await channel.stop();
      await door?.close();
    },
  };
}

test('who lost the case meanwhile reads that; who still has it sees how it stands', async () => {
  const { channel, dieBehindNoticeTo, stop } = await startMortal();
  try {
    for (const id of [owner, officer, colleague, head, duty]) await arrive(channel.person(id));
    await tillMorning(channel);
    const number = await filed(channel);
    await quiet(channel);
    await dieBehindNoticeTo(colleague, async () => {
      await pressOn(channel, { person: duty, number, label: '📮 交办 审批局' });
    });
    const lastOf = (id: number): string => channel.person(id).last()?.text ?? '';
    for (const id of [officer, head])
      await expect.poll(() => lastOf(id), { timeout: 5_000, interval: 10 }).toContain('📮');
    // Nobody has signed in time, which the head is told; then somebody does.
    const from = await now(channel);
    const minutes = (workingTime.add(from, wd).getTime() - from.getTime()) / 60_000;
    await dieBehindNoticeTo(head, async () => await channel.advance(`PT${Math.ceil(minutes) + 1}M`));
    const deliveries = channel.connection().collection('deliveries');
    const waitFor = async () => (await deliveries.distinct('personId', { state: 'pending' })).length;
    await expect.poll(waitFor, { timeout: 5_000, interval: 10 }).toBe(2);
    await channel.person(officer).press('✅ 签收');
    const handled = async () => (await channel.state()).cases['handling'] ?? 0;
    await expect.poll(handled, { timeout: 5_000, interval: 10 }).toBe(1);
    expect([colleague, head].map(lastOf)).toEqual(Array(2).fill(`🔔 ${number} 有新情况`));
    // Their leases are over.
    await deliveries.updateMany({ state: 'pending' }, { $set: { leaseUntil: new Date(0) } });
    await quiet(channel);
    expect(lastOf(colleague)).toBe(`${number}\n这件事已不在您这里办理。`);
    expect(lastOf(head).split('\n')[0]).toBe(`${number} · 办理中`);
  } finally {
    await stop();
  }
});
