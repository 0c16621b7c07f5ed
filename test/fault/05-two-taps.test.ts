/** "Send" pressed twice, on two devices, with every update at several replicas (fault 5). */
import { afterEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { pressOn, slowPermit } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive, dataUnder, numberIn } from '../support/steps.js';

let channel: Channel | undefined;
afterEach(async () => {
  await channel?.stop();
  channel = undefined;
});

const rounds = 3;

test('six presses of "send" at once, each at three replicas: one case, one receipt, laid before the duty officer once', async () => {
  channel = await startChannel({ spread: { replicas: 3, copies: 3 } });
  const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
  await arrive(owner);
  await arrive(duty);
  for (let round = 1; round <= rounds; round++) {
    const since = owner.mark();
    await owner.say(slowPermit);
    const message = await owner.waitFor(/有照片、文件/, { since });
    for (const label of [/没有材料/, /仅委内可见$/, '下一步 »']) await owner.press(label, { message });
    // Two devices show the same button, and each is tapped three times.
    const taps = Array.from({ length: 6 }, async () => await owner.press('📨 确认提交', { message }));
    await Promise.allSettled(taps);
    const receipt = await owner.waitFor(
      ({ messageId, text = '' }) => messageId === message.messageId && /ZT-\d/.test(text),
      { since },
    );
    await quiet(channel);
    const number = numberIn(receipt.text ?? '');
    expect((await channel.state()).cases).toEqual({ filed: round });
    for (const person of [owner, duty]) {
      const about = person
        .messages()
        .filter(({ from, text = '' }) => from === 'bot' && text.includes(number));
      expect(about, `${person.id} in round ${round}`).toHaveLength(1);
    }
  }
  expect((await channel.state()).deadLetters).toBe(0);
});

test('pressed once more on a device that stood still, the case dispatched meanwhile: the receipt says the date it said', async () => {
  channel = await startChannel();
  const [owner, duty] = [channel.person(cast.owner), channel.person(cast.duty)];
  await arrive(owner);
  await arrive(duty);
  await owner.say(slowPermit);
  const message = await owner.waitFor(/有照片、文件/);
  for (const label of [/没有材料/, /仅委内可见$/]) await owner.press(label, { message });
  const { messageId } = message;
  const { message: consent } = await owner.press('下一步 »', { message });
  const data = dataUnder(consent, '📨 确认提交');
  await owner.pressData({ messageId, data });
  const receipt = (await owner.waitFor(/已提交/)).text ?? '';
  await pressOn(channel, { person: cast.duty, number: numberIn(receipt), label: /交办 审批局/ });
  await quiet(channel);
  await owner.pressData({ messageId, data });
  await quiet(channel);
  const shown = owner.messages().find((one) => one.messageId === messageId);
  expect(shown?.text).toBe(receipt);
});
