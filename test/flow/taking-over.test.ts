/** Taking over (rules §2, reassign): no case without a living person. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { tillMorning, until, workingTime, now } from '../support/business-time.js';
import { pressOn, signed } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel({ schedules: ['watch'] });
  for (const id of [cast.owner, cast.duty, cast.officer, cast.colleague, cast.head])
    await arrive(channel.person(id));
});
afterEach(async () => await channel.stop());

const handlers = async (): Promise<number> =>
  (await channel.connection().collection('cases').distinct('handlerId')).length;

test('the head hands all open cases of an officer over in two presses; the officer loses them, the substitute has them; an officer may not', async () => {
  const first = await signed(channel);
  const second = await signed(channel);
  const [head, officer, colleague] = [cast.head, cast.officer, cast.colleague].map((id) =>
    channel.person(id),
  ) as [ReturnType<Channel['person']>, ReturnType<Channel['person']>, ReturnType<Channel['person']>];

  await officer.say('/team');
  await officer.waitFor(/不在您的身份里/);

  const since = colleague.mark();
  await head.say('/team');
  const list = await head.waitFor(/承办人与在办件/);
  expect(list.text).toMatch(/在办 2/);
  await head.press(/在办 2/);
  await head.press(/2 件全部交给/);
  await head.waitFor(/已把 2 件交给/);
  await quiet(channel);

  expect(await handlers()).toBe(1);
  for (const number of [first, second]) {
    expect(
      colleague.messages().some(({ text = '' }) => text.includes(number) && text.includes('办理中')),
    ).toBe(true);
    await officer.say(`/case ${number}`);
    await officer.waitFor(/找不到这件事/);
  }
  expect(heard(colleague, since)).toHaveLength(2);
});

test('a handler who cannot be reached for two working days is named to head and duty once, and the case gets another from its card', async () => {
  await tillMorning(channel);
  const number = await signed(channel);
  const head = channel.person(cast.head);
  const duty = channel.person(cast.duty);
  await channel.person(cast.officer).block();
  await quiet(channel);
  const since = [head.mark(), duty.mark()] as const;
  const alarms = (): number =>
    [heard(head, since[0]), heard(duty, since[1])]
      .flat()
      .filter((line) => line.includes('承办人已不在岗、外出或联系不上')).length;

  await until(channel, workingTime.addWorkingDays(await now(channel), 1));
  expect(alarms()).toBe(0);
  await until(channel, workingTime.addWorkingDays(await now(channel), 2));
  expect(alarms()).toBe(2);
  await until(channel, workingTime.addWorkingDays(await now(channel), 1));
  expect(alarms()).toBe(2);

  await pressOn(channel, { person: cast.duty, number, label: /更多/ });
  await pressOn(channel, { person: cast.duty, number, label: /换承办人/ });
  await pressOn(channel, { person: cast.duty, number, label: /在办 0/ });
  await quiet(channel);
  await channel.person(cast.colleague).waitFor(new RegExp(number));
});
