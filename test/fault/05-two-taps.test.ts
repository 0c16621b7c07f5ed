/** "Send" pressed twice, on two devices, with every update at several replicas (fault 5). */
import { afterEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive, numberIn } from '../support/steps.js';

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
