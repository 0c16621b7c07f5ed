/**
 * Fault 22: buttons that were not drawn for their presser. FORGED_PRESSES=100000 makes it long and holds what a refusal costs
 * against the ordinary presses that the same people make in between.
 */
import fc from 'fast-check';
import type { TestPerson } from 'telegram-sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features, pressesOf } from '../../handlers/index.js';
import type { HandlerDeps } from '../../handlers/turn.js';
import { zh } from '../../src/text/zh.js';
import { dispatched } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

const long = process.env['FORGED_PRESSES'] !== undefined;
const count = Number(process.env['FORGED_PRESSES'] ?? 600);
const timeoutMs = 60_000;
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

const percentile = (values: readonly number[], of: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * of))] ?? 0;

/** Whoever may see the case opens its card after each tenth forgery. */
const insiders: readonly number[] = [cast.owner, cast.officer, cast.duty];
const everyTenth = 10;

/** What a person saw, but for the card he opens in between: how long it takes until it is due changes with the hour. */
const seenBeside = (telegramId: number, messageId: number): string =>
  JSON.stringify(
    channel
      .person(telegramId)
      .history()
      .filter((one) => one.by === 'bot' && one.messageId !== messageId),
  );

const newestOf = (telegramId: number): number =>
  channel
    .person(telegramId)
    .messages()
    .findLast(({ from }) => from === 'bot')?.messageId ?? 0;

async function timed(
  pressing: () => ReturnType<TestPerson['pressData']>,
): Promise<{ readonly ms: number; readonly answer: string }> {
  const from = performance.now();
  const pressed = await pressing();
  return { ms: performance.now() - from, answer: pressed.answer?.text ?? '(none)' };
}

test(`of ${count} forged presses none is accepted, all get one answer, and all are in the audit`, async () => {
  const numbers = [await dispatched(channel), await dispatched(channel)];
  await quiet(channel);
  const store = channel.connection();
  const before = await store.collection('cases').find().sort({ _id: 1 }).toArray();
  const drafts = await store.collection('drafts').countDocuments();
  const ids = before.map(({ _id }) => String(_id));
  const cards = new Map<number, number>();
  for (const id of forgers) {
    if (insiders.includes(id)) await channel.person(id).say(`/case ${numbers[0]}`);
    await quiet(channel);
    cards.set(id, newestOf(id));
    // What is forged stands below a message of its own.
    await channel.person(id).say('/help');
    await quiet(channel);
  }
  const caseId = String(before.find(({ number }) => number === numbers[0])?._id);
  const shown = forgers.map((id) => seenBeside(id, cards.get(id) ?? 0));

  const refused: number[] = [];
  const ordinary: number[] = [];
  const answers = new Map<string, number>();
  const queue = fc.sample(forgeries(ids), { numRuns: count, seed });
  // Everybody presses for himself, one press after the other, all at the same time.
  const presses = forgers.map(async (by) => {
    const person = channel.person(by);
    const [newest, card] = [newestOf(by), cards.get(by) ?? 0];
    const open = channel.drawPress({ action: 'card', id: caseId }, by);
    for (const [i, { data }] of queue.filter((one) => one.by === by).entries()) {
      const one = await timed(async () => await person.pressData({ messageId: newest, data, timeoutMs }));
      answers.set(one.answer, (answers.get(one.answer) ?? 0) + 1);
      if (!insiders.includes(by)) continue;
      refused.push(one.ms);
      if (i % everyTenth !== 0) continue;
      const usual = await timed(
        async () => await person.pressData({ messageId: card, data: open, timeoutMs }),
      );
      expect(usual.answer).toBe('(none)');
      ordinary.push(usual.ms);
    }
  });
  await Promise.all(presses);
  await quiet(channel);

  expect(Object.fromEntries(answers)).toEqual({ [zh.refusals.forged]: queue.length });
  expect(await store.collection('cases').find().sort({ _id: 1 }).toArray()).toEqual(before);
  expect(await store.collection('drafts').countDocuments()).toBe(drafts);
  expect(forgers.map((id) => seenBeside(id, cards.get(id) ?? 0))).toEqual(shown);
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
  // Not timed where machines are shared.
  if (long) holdCosts(refused, ordinary);
}, 10_800_000);

/** A forger is not to make more work than somebody who may: at most half as much again, at the slow end. */
function holdCosts(refused: readonly number[], ordinary: readonly number[]): void {
  for (const of of [0.5, 0.99]) {
    const [a, b] = [percentile(refused, of), percentile(ordinary, of)];
    process.stdout.write(
      `p${of * 100}: ${refused.length} refused ${a.toFixed(1)} ms, ${ordinary.length} ordinary ${b.toFixed(1)} ms = ${(a / b).toFixed(2)}\n`,
    );
  }
  expect(percentile(refused, 0.99)).toBeLessThan(1.5 * percentile(ordinary, 0.99));
}

test('an old button of one’s own does nothing, is answered plainly, and is in the audit', async () => {
  const number = await dispatched(channel);
  await quiet(channel);
  const cases = channel.connection().collection('cases');
  const before = await cases.findOne({ number });
  const data = channel.drawPress(
    { action: 'set-confidentiality', id: String(before?._id), rev: 0, arg: 'locked' },
    cast.owner,
  );
  const owner = channel.person(cast.owner);
  for (let again = 0; again < 3; again++) {
    const pressed = await owner.pressData({ messageId: newestOf(cast.owner), data, timeoutMs });
    expect(pressed.answer?.text).toBe(zh.refusals.stale);
  }
  expect(await cases.findOne({ number })).toEqual(before);
  await quiet(channel);
  await channel.advance('PT1S');
  // Without the case: the chain outlives its erasure, and would say whose it was.
  const noted = await channel
    .connection()
    .collection('audit')
    .find({ kind: 'denial', what: 'stale', by: String(before?.['reporterId']), caseId: null })
    .toArray();
  expect(noted.reduce((sum, one) => sum + Number(one['count']), 0)).toBe(3);
});
