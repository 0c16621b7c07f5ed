/** Telegram's apps cut a text of more than 4,096 characters into several messages: it is refused whole, once, and no end of it goes anywhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pressOn, signed, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, heard, quiet } from '../support/listening.js';
import { fillIn } from '../support/reporting.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.passerBy, cast.duty, cast.officer]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const long = `${'一二三四五六七八九十'.repeat(440)}${'尾巴'.repeat(50)}`;

/** What the bot answered to a long text, all of it having been dealt with. */
async function answersTo(id: number, text: string): Promise<readonly string[]> {
  const person = channel.person(id);
  const since = person.mark();
  await person.say(text);
  await quiet(channel);
  return heard(person, since);
}

test('a long message to the enterprise is refused once; neither its beginning nor its end arrives, the next one does', async () => {
  const number = await signed(channel);
  await pressOn(channel, { person: cast.officer, number, label: /首次联系/ });
  const answers = await answersTo(cast.officer, long);
  expect(answers.filter((line) => line.includes('太长了'))).toEqual([
    '太长了，整段都没有收：最多 3000 字。请写短一点，其余可以作为文件发来。',
  ]);
  expect(answers.join('\n')).not.toMatch(/已发出|已办/);
  await answersTo(cast.officer, '您好，正在核实。');
  expect(everSeen(channel.person(cast.owner))).not.toMatch(/尾巴/);
  expect(everSeen(channel.person(cast.owner))).toMatch(/您好，正在核实。/);
});

test('the end of a long report is not its beginning', async () => {
  const passerBy = channel.person(cast.passerBy);
  const answers = await answersTo(cast.passerBy, long);
  expect(answers.filter((line) => line.includes('太长了'))).toHaveLength(1);
  const since = passerBy.mark();
  await passerBy.say(slowPermit);
  const { screen } = await fillIn(passerBy, { until: 'review', since });
  expect(screen.text).toContain(slowPermit.slice(0, 20));
  expect(screen.text).not.toMatch(/尾巴/);
});

test('a refusal names the limit of what is filled in, and a file only where one is taken', async () => {
  const passerBy = channel.person(cast.passerBy);
  await passerBy.say('/cancel');
  const since = passerBy.mark();
  await passerBy.say('/report');
  await passerBy.press('丢弃草稿，重新写', { message: await passerBy.waitFor(/没写完/, { since }) });
  const begun = passerBy.mark();
  await passerBy.say(slowPermit);
  await fillIn(passerBy, { until: 'enterprise', since: begun });
  const [refused = ''] = await answersTo(cast.passerBy, '名'.repeat(81));
  expect(refused).toMatch(/企业名称最多 80 字/);
  expect(refused).not.toMatch(/文件|3000/);
});
