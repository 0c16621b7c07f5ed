/** What the program tells about itself to whoever watches it: the truth, and nothing about anybody. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { signed, slowPermit } from '../support/case-steps.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
});
afterEach(async () => await channel.stop());

const ask = async (path: string) => await fetch(`${channel.replicas[0]}${path}`);

test('after a case was worked on: ready with all its figures; the metrics count what happened and name nobody', async () => {
  for (const id of [cast.owner, cast.duty, cast.officer]) await arrive(channel.person(id));
  const number = await signed(channel);
  await quiet(channel);

  const ready = await ask('/readyz');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    ready: true,
    checks: {
      store: 'ok',
      redis: 'ok',
      telegram: 'ok',
      updates: 'polling',
      inbox: 'ok',
      deliveries: 'ok',
      loop: 'ok',
    },
    figures: {
      pollerSilentMs: expect.any(Number) as number,
      updatesWaiting: 0,
      oldestUpdateMs: 0,
      deadLetters: 0,
      loopLagMs: expect.any(Number) as number,
    },
  });

  const text = await (await ask('/metrics')).text();
  const value = (line: string): number =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  for (const counted of ['updates_received_total', 'updates_handled_total', 'deliveries{state="settled"}'])
    expect(value(counted), counted).toBeGreaterThan(2);
  for (const [gauge, expected] of [
    ['store_up', 1],
    ['redis_up', 1],
    ['telegram_authorized', 1],
    ['inbox_waiting', 0],
    ['inbox_dead_letters', 0],
    ['updates_dead_total', 0],
    ['deliveries_ambiguous', 0],
    ['updates_way_in{state="polling"}', 1],
    ['queue_jobs{queue="deliver",state="delayed"}', 0],
  ] as const)
    expect(value(gauge), gauge).toBe(expected);
  expect(value('telegram_call_seconds_count{method="sendMessage",outcome="ok"}')).toBeGreaterThan(2);
  expect(text).toMatch(/sweep_seconds_count \d/);
  expect(text).toMatch(/due_step_late_seconds_count \d/);
  expect(text).toMatch(/nodejs_eventloop_lag_seconds/);
  const ids = (await channel.connection().collection<{ _id: string }>('people').find().toArray()).map(
    ({ _id }) => _id,
  );
  // Names and labels; a measured value may hold any digits.
  const said = text.replaceAll(/ \S+$/gm, '');
  for (const secret of [...ids, number, slowPermit.slice(0, 8), String(cast.owner), String(cast.officer)])
    expect(said).not.toContain(secret);
});

test('a file that was asked for and may have arrived is in the figure of what is in doubt', async () => {
  const admin = channel.person(cast.admin);
  await arrive(admin);
  channel.sandbox.faults.add([{ method: 'sendDocument', kind: 'dropAfter', chatId: cast.admin, count: 1 }]);
  await admin.say('/rules');
  await admin.press(/取回文件/);
  await expect
    .poll(async () => await (await ask('/metrics')).text(), { timeout: 15_000, interval: 500 })
    .toMatch(/^deliveries_ambiguous 1$/m);
});
