/** The document store is killed while people write, and comes back (fault 2). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { startOwnStore, type OwnStore } from '../support/own-store.js';
import { arrive, numberIn } from '../support/steps.js';

const timeoutMs = 60_000;
let store: OwnStore;
let channel: Channel;

describe.each(['polling', 'webhook'] as const)('by %s', (mode) => {
  beforeEach(async () => {
    store = await startOwnStore();
    channel = await startChannel({ mode, mongoUri: store.mongoUri });
    for (const id of [cast.owner, cast.duty]) await arrive(channel.person(id));
    await quiet(channel);
  });
  afterEach(async () => {
    // A channel cannot end in order without its store.
    await store.kill();
    await store.start();
    await channel.stop();
    await store.close();
  });

  const readyz = async () => {
    const answer = await fetch(`${channel.replicas[0]}/readyz`);
    return { status: answer.status, ...((await answer.json()) as { checks: Record<string, string> }) };
  };

  test('what is written meanwhile stays with Telegram, nothing is acknowledged, and it is handled once when the store is back', async () => {
    const owner = channel.person(cast.owner);
    await store.kill();
    const since = owner.mark();
    const seen = owner.messages().length;
    await owner.say(slowPermit);
    await expect
      .poll(readyz, { timeout: timeoutMs })
      .toMatchObject({ status: 503, checks: { store: 'away' } });
    // The program has met the trouble and answered nothing.
    expect(channel.sandbox.pendingUpdates()).toHaveLength(1);
    expect(owner.messages()).toHaveLength(seen + 1);

    await store.start();
    const message = await owner.waitFor(/有照片、文件/, { since, timeoutMs });
    for (const label of [/没有材料/, /仅委内可见$/, '下一步 »'])
      await owner.press(label, { message, timeoutMs });

    // And once more, at the press that counts.
    await store.kill();
    const pressed = owner.press('📨 确认提交', { message, timeoutMs });
    await expect.poll(readyz, { timeout: timeoutMs }).toMatchObject({ status: 503 });
    expect(owner.messages().some(({ text = '' }) => text.includes('已提交'))).toBe(false);
    await store.start();
    await pressed;
    const receipt = await owner.waitFor(/已提交[\s\S]*ZT-/, { since, timeoutMs });
    await expect.poll(() => channel.sandbox.pendingUpdates(), { timeout: timeoutMs }).toEqual([]);
    await quiet(channel);
    expect((await channel.state()).cases).toEqual({ filed: 1 });
    const triage = heard(channel.person(cast.duty)).filter((line) => line.includes('新件待受理'));
    expect(triage).toHaveLength(1);
    expect(channel.person(cast.duty).sees(numberIn(receipt.text ?? ''))).toBe(true);
    await expect.poll(readyz, { timeout: timeoutMs }).toMatchObject({ status: 200 });
  }, 240_000);
});
