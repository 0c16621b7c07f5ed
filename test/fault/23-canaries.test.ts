/**
 * Faults 21, 23 and 26: everybody walks every command and every button with every case; what he ever got to see is held
 * against rules §6. Then the store, redis-server, the log and the metrics are searched as a thief would.
 * CANARY_CASES=1000 CANARY_WALKED=3 makes it long: every command and every button by everybody, each with three cases.
 */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features, pressesOf } from '../../handlers/index.js';
import type { HandlerDeps } from '../../handlers/turn.js';
import { makeCaseNumber } from '../../src/domain/case-number.js';
import { isTransitionName } from '../../src/domain/transitions/table.js';
import { createIdentities } from '../../src/store/identities.js';
import { openKeys } from '../../src/store/keys.js';
import { createPeople } from '../../src/store/people.js';
import { en } from '../../src/text/en.js';
import { bird, databaseText, fileCanaries, liaison, redisText, withCanaries } from '../support/canaries.js';
import type { CanaryCase } from '../support/canaries.js';
import { cast, startChannel, usualMasterKeys, type Channel } from '../support/channel.js';
import { everSeen, quiet } from '../support/listening.js';

const count = Number(process.env['CANARY_CASES'] ?? 20);
/** How many cases each walker takes to every command and button; all are looked for afterwards. */
const walked = Number(process.env['CANARY_WALKED'] ?? 0);
/** Without it everybody walks a third, with one case, so that each is walked by four. */
const inHand = walked || 1;
const share = walked > 0 ? 1 : 3;

let channel: Channel;
let cases: readonly CanaryCase[] = [];
const logged: string[] = [];
/** What each was answered above the chat. */
const toasts = new Map<number, string[]>();

beforeAll(async () => {
  channel = await startChannel({ ...withCanaries, onLog: (line) => logged.push(line) });
});
afterAll(async () => await channel.stop());

/** Rules §6, written down once more and apart from the program. */
interface Walker {
  readonly id: number;
  readonly side: 'department' | 'commission' | 'outside';
  readonly department?: string;
  /** After a colleague has signed he sees it no more. */
  readonly signs?: boolean;
}
const walkers: Readonly<Record<string, Walker>> = {
  'the officer who signed one': { id: cast.officer, side: 'department', department: 'SPJ' },
  'a colleague': { id: cast.colleague, side: 'department', department: 'SPJ' },
  'the head': { id: cast.head, side: 'department', department: 'SPJ' },
  'an officer of another department': { id: cast.housingOfficer, side: 'department', department: 'ZJJ' },
  'the head of another department': { id: cast.enforcementHead, side: 'department', department: 'ZFJ' },
  'the duty officer': { id: cast.duty, side: 'commission' },
  'the supervisor': { id: cast.supervisor, side: 'commission' },
  'the leader': { id: cast.leader, side: 'commission' },
  'the auditor': { id: cast.auditor, side: 'outside' },
  'the administrator': { id: cast.admin, side: 'outside' },
  'a liaison of another enterprise': { id: liaison.id, side: 'outside' },
  'another enterprise': { id: cast.englishOwner, side: 'outside' },
};

const mayReadName = ({ side, department }: Walker, c: CanaryCase): boolean => {
  if (side === 'commission') return c.level !== 'locked';
  return side === 'department' && c.track === 'service' && c.department === department && c.level === 'open';
};
/** To everybody else its number is one that does not exist; the auditor knows of every case. */
const mayKnow = (walker: Walker, c: CanaryCase): boolean =>
  mayReadWords(walker, c) || walker.id === cast.auditor;
const mayReadWords = ({ side, department }: Walker, c: CanaryCase): boolean =>
  side === 'commission' || (side === 'department' && c.track === 'service' && c.department === department);

// Derived from the program's own lists, so that what comes next is walked as well.
const commands = Object.keys(en.help.commands);
const actions = [...pressesOf(features({} as HandlerDeps)).keys()];
const args: readonly (string | undefined)[] = [
  undefined,
  'open',
  'SPJ',
  'pool',
  'todo',
  'my',
  'c',
  'p',
  'yes',
  'submitted.1.SPJ',
  'open.1.SPJ',
  'closed.1.ZJJ',
  '2026-11.1',
  'contacted.yes',
  'back.SPJ',
];

async function walk(walker: Walker, place: number): Promise<void> {
  const person = channel.person(walker.id);
  // Some of those by chat, and one of the table.
  const hand = Array.from({ length: inHand }, (_, i) => cases[(place + i * 3) % cases.length]).filter(
    (c) => c !== undefined,
  );
  for (const [i, command] of commands.entries()) {
    if ((i + place) % share !== 0) continue;
    await person.say(`/${command}`);
    for (const c of hand) await person.say(`/${command} ${c.number}`);
  }
  for (const c of hand) await person.say(`/case ${c.number}`);
  await person.say('/find 扩建');
  await person.say('/find 批复 已提交');
  const heard: string[] = [];
  for (const [i, action] of actions.entries()) {
    // Whoever may change who sees a case is not walked into doing it: then other people rightly see it.
    if ((i + place) % share !== 0 || (isTransitionName(action) && walker.side === 'commission')) continue;
    for (const [k, c] of hand.entries()) {
      const arg = args[(i + k + place) % args.length];
      const newest = person.messages().findLast(({ from }) => from === 'bot');
      const data = channel.drawPress({ action, id: c.id, rev: 3, ...(arg ? { arg } : {}) }, walker.id);
      const pressed = await person.pressData({ messageId: newest?.messageId ?? 0, data, timeoutMs: 60_000 });
      heard.push(pressed.answer?.text ?? '');
    }
  }
  toasts.set(walker.id, heard);
}

test('everybody walks every command and every button, and nobody ever sees what rules §6 does not grant him', async () => {
  cases = await fileCanaries(channel, count);
  expect(cases.filter(({ track }) => track === 'integrity').length).toBeGreaterThan(0);
  expect(cases.filter(({ department }) => department === 'SPJ').length).toBeGreaterThanOrEqual(5);
  await Promise.all(Object.values(walkers).map(async (walker, place) => await walk(walker, place)));
  await quiet(channel);
  const leaks: string[] = [];
  for (const [who, walker] of Object.entries(walkers)) {
    const seen = [everSeen(channel.person(walker.id)), ...(toasts.get(walker.id) ?? [])].join('\n');
    // A name that several cases share is his to know when one of them shows it.
    const known = new Set(cases.filter((c) => mayReadName(walker, c)).flatMap(({ names }) => names));
    for (const c of cases) {
      for (const name of c.names)
        if (!known.has(name) && seen.includes(name))
          leaks.push(`${who}: ${name} of a ${c.level} ${c.track} case`);
      if (!mayKnow(walker, c) && seen.includes(c.number)) leaks.push(`${who}: that there is ${c.number}`);
      if (!mayReadWords(walker, c) && seen.includes(c.words)) leaks.push(`${who}: the words of ${c.words}`);
    }
  }
  expect(leaks).toEqual([]);
  // The walk is one: the commission did see words and names, the officer the words of what was dispatched to him.
  const dutySaw = everSeen(channel.person(cast.duty));
  expect(dutySaw).toContain('CANARYWORD3chat');
  expect(dutySaw).toContain(bird.firstName);
  expect(everSeen(channel.person(cast.officer))).toContain('CANARYWORD1chat');
}, 3_600_000);

test('a number that is not there and one that is not his get one answer', async () => {
  const sealed = cases.find(({ track }) => track === 'integrity');
  for (const id of [cast.officer, cast.head, cast.englishOwner]) {
    const person = channel.person(id);
    const answers: string[] = [];
    for (const number of [sealed?.number ?? '', makeCaseNumber(Buffer.from('no such case'))]) {
      const since = person.mark();
      await person.say(`/case ${number}`);
      answers.push((await person.waitFor(() => true, { since })).text ?? '');
    }
    expect(answers[0]).toBe(answers[1]);
  }
});

/** TIMING_PAIRS=1000: not timed where machines are shared, printed for whoever looks. */
const pairs = Number(process.env['TIMING_PAIRS'] ?? 0);

test.runIf(pairs > 0)(
  'what is missing and what is forbidden take the same time',
  async () => {
    const sealed = cases.find(({ track }) => track === 'integrity');
    const person = channel.person(cast.head);
    const messageId = person.messages().findLast(({ from }) => from === 'bot')?.messageId ?? 0;
    const press = async (id: string): Promise<number> => {
      const data = channel.drawPress({ action: 'card', id }, cast.head);
      const from = performance.now();
      await person.pressData({ messageId, data, timeoutMs: 60_000 });
      return performance.now() - from;
    };
    const took: Record<'missing' | 'forbidden', number[]> = { missing: [], forbidden: [] };
    for (let i = 0; i < pairs; i++) {
      // Each goes first half of the time.
      for (const which of i % 2 === 0
        ? (['missing', 'forbidden'] as const)
        : (['forbidden', 'missing'] as const))
        took[which].push(await press(which === 'missing' ? 'AAAAAAAAAAAA' : (sealed?.id ?? '')));
    }
    const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0;
    const [missing, forbidden] = [median(took.missing), median(took.forbidden)];
    process.stdout.write(
      `missing ${missing.toFixed(2)} ms, forbidden ${forbidden.toFixed(2)} ms (medians of ${pairs})\n`,
    );
    expect(Math.abs(missing - forbidden) / missing).toBeLessThan(0.1);
  },
  3_600_000,
);

test('every walk left its denials in the audit, whether there was such a case or not', async () => {
  await channel.advance('PT1S');
  const chain = channel.connection().collection('audit');
  for (const what of ['not-for-role', 'no-such-case'])
    expect(await chain.countDocuments({ kind: 'denial', what }), what).toBeGreaterThan(10);
});

test('a thief of the store, of redis-server and of the log finds no name, word, user name or Telegram id', async () => {
  // Something for the log to say.
  const her = channel.person(bird.id);
  const messageId = her.messages().findLast(({ from }) => from === 'bot')?.messageId ?? 0;
  await her.pressData({ messageId, data: `send|${bird.firstName}|1||forged` });
  const redis = new Redis({ ...channel.services.redis });
  const metrics = await (await fetch(`${channel.url()}/metrics`)).text();
  const loot: Readonly<Record<string, string>> = {
    store: await databaseText(channel),
    redis: await redisText(redis),
    log: logged.join('\n'),
    metrics,
  };
  redis.disconnect();
  const wanted = [...new Set(cases.flatMap(({ names, words }) => [...names, words])), String(liaison.id)];
  const found = Object.entries(loot).flatMap(([where, text]) =>
    wanted.filter((canary) => text.includes(canary)).map((canary) => `${where}: ${canary}`),
  );
  expect(found).toEqual([]);
  for (const [where, text] of Object.entries(loot)) expect(text.length, where).toBeGreaterThan(50);
});

test('ciphertexts that changed places open nowhere', async () => {
  const connection = channel.connection();
  const keys = await openKeys(connection, usualMasterKeys);
  const swap = async (collection: string, field: string): Promise<readonly string[]> => {
    const rows = connection.collection<{ _id: string } & Record<string, unknown>>(collection);
    const [a, b] = await rows
      .find({ [field]: { $type: 'string' } })
      .limit(2)
      .toArray();
    if (!a || !b) throw new Error(`nothing to swap in ${collection}`);
    await rows.updateOne({ _id: a._id }, { $set: { [field]: b[field] } });
    await rows.updateOne({ _id: b._id }, { $set: { [field]: a[field] } });
    return [a._id, b._id];
  };
  const identities = createIdentities(connection, keys);
  for (const id of await swap('identities', 'identity'))
    await expect(identities.ofCase(id)).rejects.toThrow();
  const people = createPeople(connection, keys.seal);
  for (const id of await swap('people', 'contact')) await expect(people.byId(id)).rejects.toThrow();
});
