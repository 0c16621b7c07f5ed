/** What really happened, read from the store once everything has settled. */
import type { CaseRecord } from '../src/domain/case.js';
import { createSeal } from '../src/seal.js';
import type { Connection } from '../src/store/connect.js';
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
  readonly ambiguous: number;
  readonly slotAt: Date | null;
  readonly letterId: string | null;
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
  readonly personIdOf: ReadonlyMap<number, string>;
  /** Ids of updates in the inbox, by what became of them. */
  readonly updates: ReadonlyMap<number, string>;
}

export async function readTruth(
  connection: Connection,
  { dataKey }: Pick<World, 'dataKey'>,
  telegramIds: readonly number[],
): Promise<Truth> {
  const all = async <T>(
    name: string,
    fields: readonly string[],
    filter: object = {},
  ): Promise<readonly T[]> => {
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    const found = await connection.collection(name).find(filter, { projection }).toArray();
    return found as unknown as readonly T[];
  };
  const people = createPeople(connection, createSeal({ dataKey }));
  const known = await Promise.all(
    telegramIds.map(async (telegramId) => {
      const person = await people.meet({ telegramId, name: '', username: null }, { rename: false });
      return [person.id, telegramId] as const;
    }),
  );
  const [cases, deliveries, cards, inbox] = await Promise.all([
    all<StoredCase>('cases', []),
    all<Delivered>('deliveries', [
      'caseId',
      'personId',
      'event',
      'state',
      'order',
      'telegramMessageId',
      'ambiguous',
      'slotAt',
      'letterId',
    ]),
    all<ShownCard>('cards', ['personId', 'telegramMessageId', 'caseId'], { current: true }),
    all<{ readonly updateId: number; readonly state: string }>('inbox', ['updateId', 'state']),
  ]);
  return {
    cases,
    deliveries,
    cards,
    telegramIdOf: new Map(known),
    personIdOf: new Map(known.map(([id, telegramId]) => [telegramId, id])),
    updates: new Map(inbox.map(({ updateId, state }) => [updateId, state])),
  };
}
