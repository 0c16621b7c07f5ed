/** Fault 31: a flood of messages is cut off with one notice a person; nothing of a filed case is lost, the others are answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { slowPermit } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive, file } from '../support/steps.js';

const limit = 20;
const each = Number(process.env['FLOOD_MESSAGES'] ?? 60);
const flooders = [cast.owner, cast.englishOwner, cast.officer, cast.colleague, cast.head];

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel({ messagesPerMinute: limit });
  for (const id of [...flooders, cast.duty, cast.passerBy]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

test('each flooder reads one notice, an outsider is answered, and filed cases stand', async () => {
  const number = await file(channel.person(cast.owner), slowPermit);
  await quiet(channel);
  const marks = new Map(flooders.map((id) => [id, channel.person(id).mark()]));
  for (let i = 0; i < each; i++)
    await Promise.all(flooders.map(async (id) => await channel.person(id).say(`第 ${i} 遍：快点快点`)));
  const outsider = channel.person(cast.passerBy);
  const since = outsider.mark();
  await outsider.say('/help');
  await outsider.waitFor(/\/report/, { since });

  await quiet(channel);
  for (const id of flooders) {
    const person = channel.person(id);
    const told = person
      .history()
      .filter(
        ({ by, seq, text }) => by === 'bot' && seq > (marks.get(id) ?? 0) && /一分钟里发来的太多/.test(text),
      );
    expect(told, `notices of ${id}`).toHaveLength(1);
    const answers = person.history().filter(({ by, seq }) => by === 'bot' && seq > (marks.get(id) ?? 0));
    // A minute may have ended in between, and a new one begun to count.
    expect(answers.length, `answers to ${id}`).toBeLessThanOrEqual(2 * limit + 2);
  }
  expect((await channel.state()).deadLetters).toBe(0);
  const duty = channel.person(cast.duty);
  const asked = duty.mark();
  await duty.say(`/case ${number}`);
  await duty.waitFor(({ text = '' }) => text.includes(number) && text.includes('环评批复'), { since: asked });
});
