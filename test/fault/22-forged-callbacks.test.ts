/**
 * Fault 22: buttons that were not drawn for their presser. FORGED_PRESSES=100000 makes it long and prints what a refusal costs
 * beside an ordinary press.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features, pressesOf } from '../../handlers/index.js';
import type { HandlerDeps } from '../../handlers/turn.js';
import { zh } from '../../src/text/zh.js';
import { dispatched } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const long = process.env['FORGED_PRESSES'] !== undefined;
const count = Number(process.env['FORGED_PRESSES'] ?? 600);
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_240_101);
const forgers = [
  cast.owner,
  cast.officer,
  cast.housingOfficer,
  cast.duty,
  cast.admin,
  cast.passerBy,
] as const;

let channel: Channel;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [...forgers, cast.head]) await arrive(channel.person(id));
});
afterAll(async () => await channel.stop());

const actions = [...pressesOf(features({} as HandlerDeps)).keys()];

interface Forgery {
  readonly by: number;
  readonly data: string;
}

/** Data of a real button — often somebody else's — and what a forger makes of it. */
function forgeries(caseIds: readonly string[]): fc.Arbitrary<Forgery> {
  const press = fc.record({
    action: fc.constantFrom(...actions),
    id: fc.constantFrom(...caseIds, 'AAAAAAAAAAAA'),
    rev: fc.nat({ max: 40 }),
    arg: fc.constantFrom('', 'SPJ', 'open', '1', 'back'),
  });
  const mutation = fc.oneof(
    fc.record({ how: fc.constant('replayed' as const) }),
    fc.record({ how: fc.constant('cut' as const), at: fc.nat({ max: 60 }) }),
    fc.record({
      how: fc.constant('changed' as const),
      at: fc.nat({ max: 60 }),
      to: fc.constantFrom(...'aZ0_-|.9'),
    }),
    fc.record({
      how: fc.constant('field' as const),
      at: fc.nat({ max: 4 }),
      to: fc.oneof(fc.constantFrom(...caseIds, ...actions, '0', 'zz'), fc.stringMatching(/^[\w.-]{0,12}$/)),
    }),
    fc.record({ how: fc.constant('invented' as const), data: fc.string({ minLength: 1, maxLength: 20 }) }),
  );
  return fc
    .record({
      by: fc.constantFrom(...forgers),
      drawnFor: fc.constantFrom(...forgers, cast.head),
      press,
      mutation,
    })
    .map(({ by, drawnFor, press: { arg, ...drawn }, mutation: how }) => {
      const real = channel.drawPress({ ...drawn, ...(arg ? { arg } : {}) }, drawnFor);
      return { by, data: forged(real, how), own: by === drawnFor && forged(real, how) === real };
    })
    .filter(({ data, own }) => !own && data !== '' && Buffer.byteLength(data) <= 64);
}

type Mutation =
  | { readonly how: 'replayed' }
  | { readonly how: 'cut'; readonly at: number }
  | { readonly how: 'changed'; readonly at: number; readonly to: string }
  | { readonly how: 'field'; readonly at: number; readonly to: string }
  | { readonly how: 'invented'; readonly data: string };

function forged(real: string, mutation: Mutation): string {
  switch (mutation.how) {
    case 'replayed':
      return real;
    case 'cut':
      return real.slice(0, mutation.at % real.length);
    case 'changed': {
      const at = mutation.at % real.length;
      return `${real.slice(0, at)}${mutation.to}${real.slice(at + 1)}`;
    }
    case 'field':
      return real
        .split('|')
        .map((field, i) => (i === mutation.at ? mutation.to : field))
        .join('|');
    case 'invented':
      return mutation.data;
  }
}

const percentile = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? 0;

test(`of ${count} forged presses none is accepted, all get one answer, and all are in the audit`, async () => {
  for (const owner of [cast.owner, cast.owner]) await dispatched(channel, { owner });
  await quiet(channel);
  const store = channel.connection();
  const before = await store.collection('cases').find().sort({ _id: 1 }).toArray();
  const drafts = await store.collection('drafts').countDocuments();
  const shown = forgers.map((id) => everSeen(channel.person(id)));
  const ids = before.map(({ _id }) => String(_id));

  const costs: number[] = [];
  const answers = new Map<string, number>();
  const queue = fc.sample(forgeries(ids), { numRuns: count, seed });
  // Everybody presses for himself, one press after the other, all at the same time.
  const presses = forgers.map(async (by) => {
    const person = channel.person(by);
    const newest = person.messages().findLast(({ from }) => from === 'bot')?.messageId ?? 0;
    for (const { data } of queue.filter((one) => one.by === by)) {
      const from = performance.now();
      const pressed = await person.pressData({ messageId: newest, data, timeoutMs: 60_000 });
      costs.push(performance.now() - from);
      const answer = pressed.answer?.text ?? '(none)';
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  });
  await Promise.all(presses);
  await quiet(channel);

  expect(Object.fromEntries(answers)).toEqual({ [zh.refusals.forged]: queue.length });
  expect(await store.collection('cases').find().sort({ _id: 1 }).toArray()).toEqual(before);
  expect(await store.collection('drafts').countDocuments()).toBe(drafts);
  expect(forgers.map((id) => everSeen(channel.person(id)))).toEqual(shown);
  // What waits is carried into the chain by the sweep that a moved clock makes.
  await channel.advance('PT1S');
  const [counted] = await store
    .collection('audit')
    .aggregate<{ total: number }>([
      { $match: { kind: 'denial', what: 'forged' } },
      { $group: { _id: null, total: { $sum: '$count' } } },
    ])
    .toArray();
  expect(counted?.total).toBe(queue.length);
  if (long) await printCosts(ids[0] ?? '', costs);
}, 7_200_000);

/** An ordinary press under the same load: everybody opens a card again and again. */
async function printCosts(caseId: string, refusals: readonly number[]): Promise<void> {
  const ordinary: number[] = [];
  await Promise.all(
    forgers.map(async (by) => {
      const person = channel.person(by);
      const newest = person.messages().findLast(({ from }) => from === 'bot')?.messageId ?? 0;
      const data = channel.drawPress({ action: 'card', id: caseId }, by);
      for (let i = 0; i < Math.min(500, count / forgers.length); i++) {
        const from = performance.now();
        await person.pressData({ messageId: newest, data, timeoutMs: 60_000 });
        ordinary.push(performance.now() - from);
      }
    }),
  );
  const [a, b] = [refusals, ordinary].map((costs) => costs.toSorted((x, y) => x - y));
  const line = (of: number): string =>
    `p${of * 100}: refused ${percentile(a ?? [], of).toFixed(1)} ms, ordinary ${percentile(b ?? [], of).toFixed(1)} ms`;
  process.stdout.write(`${[line(0.5), line(0.99)].join('\n')}\n`);
}
