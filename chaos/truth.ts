/** What really happened, read from the store once everything has settled. */
import type { CaseRecord } from '../src/domain/case.js';
import type { Connection } from '../src/store/connect.js';
import { openKeys } from '../src/store/keys.js';
import { createPeople } from '../src/store/people.js';
import type { World } from './world.js';

export interface Delivered {
  readonly _id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly event: string;
  readonly state: string;
  readonly order: string;
  readonly telegramMessageId: number | null;
  /** For what is written over a message somebody has: that message. */
  readonly cardMessageId: number | null;
  readonly ambiguous: number;
  readonly slotAt: Date | null;
  readonly letterId: string | null;
  readonly createdAt: Date;
  readonly clock: object | null;
}

export type StoredCase = Omit<CaseRecord, 'id'> & { readonly _id: string };

export interface ShownCard {
  readonly personId: string;
  readonly telegramMessageId: number;
  readonly caseId: string;
}

export interface Truth {
  readonly cases: readonly StoredCase[];
  readonly deliveries: readonly Delivered[];
  readonly cards: readonly ShownCard[];
  readonly telegramIdOf: ReadonlyMap<string, number>;
  /** Ids of updates in the inbox, by what became of them. */
  readonly updates: ReadonlyMap<number, string>;
}

export async function readTruth(connection: Connection, { dataKey }: Pick<World, 'dataKey'>): Promise<Truth> {
  const all = async <T>(
    name: string,
    fields: readonly string[],
    filter: object = {},
  ): Promise<readonly T[]> => {
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    const found = await connection.collection(name).find(filter, { projection }).toArray();
    return found as unknown as readonly T[];
  };
  const { seal } = await openKeys(connection, { current: dataKey });
  const ids = (await all<{ readonly _id: string }>('people', ['_id'])).map(({ _id }) => _id);
  const people = await createPeople(connection, seal).byIds(ids);
  const known = people.map(({ id, contact }) => [id, contact.telegramId] as const);
  const [cases, deliveries, cards, inbox] = await Promise.all([
    all<StoredCase>('cases', []),
    all<Delivered>('deliveries', [
      'caseId',
      'personId',
      'event',
      'state',
      'order',
      'telegramMessageId',
      'cardMessageId',
      'ambiguous',
      'slotAt',
      'letterId',
      'createdAt',
      'clock',
    ]),
    all<ShownCard>('cards', ['personId', 'telegramMessageId', 'caseId'], { current: true }),
    all<{ readonly updateId: number; readonly state: string }>('inbox', ['updateId', 'state']),
  ]);
  return {
    cases,
    deliveries,
    cards,
    telegramIdOf: new Map(known),
    updates: new Map(inbox.map(({ updateId, state }) => [updateId, state])),
  };
}
