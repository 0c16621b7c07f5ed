import { trusted, type Connection } from 'mongoose';
import type { CaseState } from '../domain/case.js';
import type { Role } from '../domain/people.js';
import { keptOut } from './kept-out.js';
import type { CaseDocument } from './case-schema.js';

export interface LedgerRequest {
  readonly department: string;
  readonly states: readonly CaseState[];
  /** The reader; a case he is excluded from is not in his ledger. */
  readonly personId: string;
  readonly role: Role;
}

export interface LedgerWindow {
  /** The latest struck off first, instead of the earliest due first. */
  readonly newestFirst: boolean;
  readonly skip: number;
  readonly limit: number;
}

export type Ledger = ReturnType<typeof createLedger>;

/** The cases of a department's ledger; the collection of cases must be known to the connection. */
export function createLedger(connection: Connection) {
  const model = connection.model<CaseDocument>('Case');
  return {
    async ids(
      request: LedgerRequest,
      { newestFirst, skip, limit }: LedgerWindow,
    ): Promise<readonly string[]> {
      const found = await model
        .find(filterOf(request), { _id: 1 })
        .sort(newestFirst ? { closedAt: -1, _id: 1 } : { dueAt: 1, _id: 1 })
        .skip(skip)
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map((doc) => doc._id);
    },

    count: async (request: LedgerRequest): Promise<number> => await model.countDocuments(filterOf(request)),
  };
}

/** What was archived without having been struck off never stood in the ledger as done. */
const filterOf = ({ department, states, personId, role }: LedgerRequest): Record<string, unknown> => ({
  department,
  track: 'service',
  state: trusted({ $in: [...states] }),
  ...keptOut(personId, role),
  // Nor is what his department is named in (rules §6).
  ...(role === 'head' ? { excludedDepartments: trusted({ $ne: department }) } : {}),
  ...(states.includes('archived') ? { closedAt: trusted({ $ne: null }) } : {}),
});
