/** Thousands of cases whose half-time reminders fall due one after the other, each to one of many officers. */
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../src/log.js';
import { connectStore, type Connection } from '../src/store/connect.js';
import { createStore } from '../src/store/index.js';
import { openKeys } from '../src/store/keys.js';
import { rules } from '../test/unit/domain/case-of-test.js';
import { benchKey } from './bench-key.js';
import { department, livedCase } from './case-lives.js';
import { openWorld, type World } from './world.js';
import { numbersIn } from '../chaos/numbers-in.js';

export interface Reminders {
  readonly world: World;
  readonly connection: Connection;
  /** Number of the case → when its reminder is due, in real time. */
  readonly dueAt: ReadonlyMap<string, number>;
  readonly firstDueAt: number;
  readonly stop: () => Promise<void>;
}

const officers = Array.from({ length: 250 }, (_, i) => 20_001 + i);
const headline = '办理时限已过半';

/** Opens a world with Telegram's budgets and `count` cases in it; the first reminder falls due `leadMs` from now, the others over `windowMs`. */
export async function openReminders(given: {
  readonly count: number;
  readonly windowMs: number;
  readonly leadMs: number;
}): Promise<Reminders> {
  const world = await openWorld({
    people: officers,
    budgets: 'telegram',
    organisation: (file) => ({
      ...file,
      departments: file.departments.map((one) => (one.code === department ? { ...one, officers } : one)),
    }),
  });
  const connection = await connectStore(world.mongoUri, { log: createLog('error') });
  const ids = await everybodyStarts(world, connection);
  const store = createStore(connection, await openKeys(connection, { current: benchKey }));
  // A morning in working hours, far enough ahead that nothing of the past is due.
  const base = rules.time.add(rules.time.nextOpening(new Date(Date.now() + 86_400_000)), 60);
  const cases = Array.from({ length: given.count }, (_, i) =>
    // What comes next of a case that was filed, dispatched, signed and answered is its half-time.
    livedCase({
      index: i,
      at: new Date(base.getTime() + (i * given.windowMs) / given.count),
      until: 'contact',
      handlerId: ids[i % ids.length] ?? '',
    }),
  );
  for (let i = 0; i < cases.length; i += 50)
    await Promise.all(cases.slice(i, i + 50).map(async (c) => await store.cases.insert(c)));
  const wakes = cases.map(({ wakeAt }) => wakeAt?.getTime() ?? 0);
  const offsetMs = Math.min(...wakes) - given.leadMs - Date.now();
  await connection
    .collection<{ _id: string; offsetMs: number }>('business_time')
    .updateOne({ _id: 'offset' }, { $set: { offsetMs } }, { upsert: true });
  const dueAt = new Map(cases.map(({ number }, i) => [number, (wakes[i] ?? 0) - offsetMs]));
  return {
    world,
    connection,
    dueAt,
    firstDueAt: Math.min(...dueAt.values()),
    stop: async () => {
      await connection.close();
      await world.stop();
    },
  };
}

/** Everybody has pressed Start and chosen a language; gives the ids the program knows them by. */
async function everybodyStarts({ sandbox }: World, connection: Connection): Promise<readonly string[]> {
  for (const id of officers) await sandbox.person(id).start();
  while (sandbox.pendingUpdates().length > 0) await pause(200);
  const people = connection.collection<{ _id: string; language: string | null }>('people');
  await people.updateMany({ language: null }, { $set: { language: 'zh' } });
  const held = { 'grants.department': department, 'grants.role': 'officer' };
  return (await people.find(held).toArray()).map(({ _id }) => _id);
}

export interface Seen {
  /** Number of the case → when its reminder could be read first. */
  readonly at: ReadonlyMap<string, number>;
  readonly twice: number;
  /** Reminders that a person read in another order than they fell due. */
  readonly outOfOrder: number;
  /** Notices that were never filled. */
  readonly empty: number;
}

/** What people saw: the judge is the sandbox, which wrote down every accepted call. */
export function readReminders({ world, dueAt }: Reminders): Seen {
  const at = new Map<string, number>();
  let [twice, outOfOrder, empty] = [0, 0, 0];
  for (const id of officers) {
    const person = world.sandbox.person(id);
    const first = new Map<string, number>();
    const messages = new Map<string, Set<number>>();
    for (const { by, text, at: shownAt, messageId } of person.history()) {
      const number = numbersIn(text)[0];
      if (by !== 'bot' || number === undefined || !text.includes(headline)) continue;
      if (!first.has(number)) first.set(number, shownAt);
      messages.set(number, (messages.get(number) ?? new Set<number>()).add(messageId));
    }
    let latest = 0;
    for (const [number, shownAt] of first) {
      at.set(number, shownAt);
      const due = dueAt.get(number) ?? 0;
      if (due < latest) outOfOrder++;
      latest = Math.max(latest, due);
    }
    twice += [...messages.values()].filter(({ size }) => size > 1).length;
    empty += person.messages().filter(({ text = '' }) => text.startsWith('🔔')).length;
  }
  return { at, twice, outOfOrder, empty };
}

/** Waits until every reminder was seen, or nothing new was for two minutes. */
export async function untilSeen(reminders: Reminders, say: (line: string) => void): Promise<Seen> {
  let changedAt = Date.now();
  let last = -1;
  for (;;) {
    const seen = readReminders(reminders);
    if (seen.at.size !== last) changedAt = Date.now();
    last = seen.at.size;
    if (seen.at.size >= reminders.dueAt.size || Date.now() - changedAt > 120_000) return seen;
    say(`  ${seen.at.size} of ${reminders.dueAt.size} seen`);
    await pause(20_000);
  }
}
