/** The sweep runs twice, and on three replicas at the same moment: nobody hears anything a second time. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { now, tillMorning, wd, workingTime } from '../support/business-time.js';
import { contacted, dispatched, filed } from '../support/case-steps.js';
import { heard, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const { owner, officer, colleague, head, duty, secondDuty, supervisor, leader } = cast;
const everybody = [owner, officer, colleague, head, duty, secondDuty, supervisor, leader];

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel({ workers: 2, schedules: ['watch', 'digest'] });
  for (const id of everybody) await arrive(channel.person(id));
  await quiet(channel);
});
afterEach(async () => await channel.stop());

/** Moves every replica's clock by a second at once, several times: each move sweeps. */
const sweepEverywhere = async (times: number): Promise<void> => {
  await Promise.all(
    Array.from({ length: times }, async (_, i) => {
      const response = await fetch(`${channel.replicas[i % channel.replicas.length]}/dev/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: 'PT1S' }),
      });
      expect(response.status).toBe(200);
    }),
  );
};

test('three cases on three ladders and a morning fall due at once, swept by three replicas: everything is said once', async () => {
  await tillMorning(channel);
  await contacted(channel);
  await dispatched(channel);
  await filed(channel);
  await quiet(channel);
  expect(channel.replicas).toHaveLength(3);
  const since = channel.person(owner).mark();
  // Far past half-time, the signing and the triage: nothing was swept on the way.
  const at = workingTime.add(await now(channel), 5 * wd + 30);
  const moved = (await channel.connection().collection('business_time').findOne())?.['offsetMs'] as number;
  const ahead = at.getTime() - (await now(channel)).getTime();
  await channel
    .connection()
    .collection('business_time')
    .updateOne({}, { $set: { offsetMs: moved + ahead } });
  await sweepEverywhere(9);
  await quiet(channel);
  await sweepEverywhere(6);
  await quiet(channel);
  for (const id of everybody) {
    const lines = heard(channel.person(id), since);
    expect(lines, `to ${id}`).toEqual([...new Set(lines)]);
  }
  expect(heard(channel.person(officer), since).filter((line) => line.includes('时限已过半'))).toHaveLength(1);
  expect(heard(channel.person(leader), since).filter((line) => line.includes('交办已超时'))).toHaveLength(1);
});
