/** Numbers of letters: none twice, none left out, one letter per cause (rules §4). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Letter } from '../../src/domain/letters.js';
import { InvariantError } from '../../src/errors.js';
import { createLog } from '../../src/log.js';
import { connectStore, ensureIndexes, type Connection } from '../../src/store/connect.js';
import { openKeys, type Keys } from '../../src/store/keys.js';
import { createLetters, type Letters } from '../../src/store/letters.js';
import { freshServices } from '../support/services.js';

interface Replica {
  readonly connection: Connection;
  readonly keys: Keys;
  readonly letters: Letters;
}
let replicas: readonly Replica[] = [];
beforeEach(async () => {
  const { mongoUri } = freshServices();
  const connections = await Promise.all(
    [1, 2].map(async () => await connectStore(mongoUri, { log: createLog('error') })),
  );
  replicas = await Promise.all(
    connections.map(async (connection) => {
      const keys = await openKeys(connection, { current: Buffer.alloc(32, 7) });
      return { connection, keys, letters: createLetters(connection, keys) };
    }),
  );
  for (const { connection } of replicas) await ensureIndexes(connection);
});
afterEach(async () => void (await Promise.all(replicas.map(({ connection }) => connection.close()))));

const at = new Date('2026-11-19T07:00:00Z');
const letter = (id: string, change: Partial<Letter> = {}): Omit<Letter, 'number'> => ({
  id,
  caseId: `case of ${id}`,
  kind: 'supervision',
  year: 2026,
  clock: { name: 'resolve', generation: 1, step: 'E2' },
  facts: {
    caseNumber: 'ZT-111-222-3333',
    department: null,
    headName: '王负责人',
    domain: 'approval',
    conduct: 'delay',
    urgent: false,
    filedAt: at,
    dueAt: at,
    issuedAt: at,
    answerBy: null,
    second: false,
    earlier: [],
    basis: null,
  },
  ...change,
});

const issueEverywhere = async (wanted: readonly Omit<Letter, 'number'>[]): Promise<readonly Letter[]> =>
  await Promise.all(wanted.flatMap((one) => replicas.map(async ({ letters }) => await letters.issue(one))));

test('two replicas that write twenty letters at once number them 1 to 20, the same letter alike', async () => {
  const wanted = Array.from({ length: 20 }, (_, i) => letter(`l${i}`));
  const issued = await issueEverywhere(wanted);
  const byId = new Map(issued.map(({ id, number }) => [id, number]));
  expect(issued.every(({ id, number }) => byId.get(id) === number)).toBe(true);
  expect([...byId.values()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('each kind and each year counts from 1, and names are not readable in the store', async () => {
  await issueEverywhere([letter('a')]);
  const [notice] = await issueEverywhere([letter('b', { kind: 'interview' })]);
  const [nextYear] = await issueEverywhere([letter('c', { year: 2027 })]);
  expect([notice?.number, nextYear?.number]).toEqual([1, 1]);
  const stored = await replicas[0]?.connection.collection('letters').find().toArray();
  expect(stored).toHaveLength(3);
  expect(JSON.stringify(stored)).not.toContain('王负责人');
  expect((await replicas[1]?.letters.byId('a'))?.facts).toEqual(letter('a').facts);
});

test('a letter that one replica erased is gone for the other one too, which still remembers its key', async () => {
  const [issued] = await issueEverywhere([letter('a')]);
  const [one, other] = replicas;
  expect(await other?.letters.ofCase('case of a')).toEqual([issued]);
  await one?.keys.destroy('case of a');
  await one?.letters.erase('case of a');
  for (const { letters } of replicas) {
    expect(await letters.ofCase('case of a')).toEqual([]);
    expect(await letters.byId('a')).toBe(null);
    await expect(letters.issue(letter('a'))).rejects.toThrow(InvariantError);
  }
});
