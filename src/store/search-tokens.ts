import { Schema, trusted, type Connection } from 'mongoose';
import type { Seal } from '../seal.js';
import type { PageKey } from './case-pages.js';
import { oneById, writeTogether } from './together.js';

/** The commission finds the whole text and the enterprise's name; a department only the version it was given. */
export const searchScopes = ['commission', 'department'] as const;
export type SearchScope = (typeof searchScopes)[number];

/** The words of a case in one scope. */
export interface SearchWords {
  readonly caseId: string;
  readonly scope: SearchScope;
  readonly reporterId: string;
  readonly departments: readonly string[];
  readonly filedAt: Date;
  readonly words: readonly string[];
  /** Parts of long words and the enterprise's name: they find a case but do not make two cases alike. */
  readonly moreWords: readonly string[];
  /** What the words were taken from; another value means that they are out of date. */
  readonly takenFrom: string;
}

type TokenDocument = Omit<SearchWords, 'words' | 'moreWords'> & {
  readonly _id: string;
  readonly tokens: readonly string[];
  readonly moreTokens: readonly string[];
};

const schema = new Schema<TokenDocument>(
  {
    _id: { type: String, required: true },
    caseId: String,
    scope: String,
    reporterId: String,
    departments: [String],
    filedAt: Date,
    tokens: [String],
    moreTokens: [String],
    takenFrom: String,
  },
  { versionKey: false },
);
// Somebody looks for words in what his scope holds, the newest first.
schema.index({ scope: 1, tokens: 1, filedAt: -1, caseId: -1 });
// A reporter looks for words in his own cases.
schema.index({ reporterId: 1, scope: 1, filedAt: -1, caseId: -1 });

/** A word of more cases than that is no rare one. */
const fewCases = 100;

export type SearchTokens = ReturnType<typeof createSearchTokens>;

export interface Matching {
  readonly scope: SearchScope;
  readonly words: readonly string[];
  readonly reporterId?: string;
  readonly departments?: readonly string[];
  readonly from: PageKey | null;
  readonly limit: number;
}

export interface Match {
  readonly id: string;
  readonly filedAt: Date;
}

/** Words of cases as keyed hashes, a space of its own for each scope, so that one scope tells nothing about the other. */
export function createSearchTokens(connection: Connection, seal: Seal) {
  const model = connection.model('SearchTokens', schema, 'search_tokens');
  const one = oneById<Pick<TokenDocument, '_id' | 'takenFrom'>>(model, { takenFrom: 1 });
  const write = writeTogether(model);
  const idOf = (caseId: string, scope: SearchScope) => `${caseId}.${scope}`;
  const hashed = (scope: SearchScope, words: readonly string[]): string[] =>
    words.map((word) => seal.lookup(`search ${scope}`, word));

  /** Words that few cases have go first: the store goes by the first one, and looks at each case that has it. */
  const rarestFirst = async (scope: SearchScope, tokens: readonly string[]): Promise<readonly string[]> => {
    if (tokens.length < 2) return tokens;
    const counted = await Promise.all(
      tokens.map(async (token) => ({
        token,
        count: await model.countDocuments({ scope, tokens: token }, { limit: fewCases }),
      })),
    );
    return counted.toSorted((a, b) => a.count - b.count).map(({ token }) => token);
  };

  return {
    /** Puts the words of a case into a scope, in place of those it had there. */
    async put({ words, moreWords, ...facts }: SearchWords): Promise<void> {
      // By hash: in the order of the words they would tell a thief who knows some of them how the text runs.
      const tokens = hashed(facts.scope, [...new Set([...words, ...moreWords])]).toSorted();
      const own = new Set(hashed(facts.scope, words));
      const moreTokens = hashed(facts.scope, moreWords)
        .filter((token) => !own.has(token))
        .toSorted();
      await write({
        filter: { _id: idOf(facts.caseId, facts.scope) },
        update: { $set: { ...facts, tokens, moreTokens } },
        upsert: true,
      });
    },

    /** What the words of a case were taken from, or null where it has none. */
    async takenFrom(caseId: string, scope: SearchScope): Promise<string | null> {
      return (await one(idOf(caseId, scope)))?.takenFrom ?? null;
    },

    /** Takes a case out of a scope, or out of all of them: nobody finds it by words any more. */
    async erase(caseId: string, scopes: readonly SearchScope[] = searchScopes): Promise<void> {
      await Promise.all(scopes.map(async (scope) => await write({ filter: { _id: idOf(caseId, scope) } })));
    },

    /** Nobody is the reporter of these cases any more. */
    async forgetReporter(reporterId: string): Promise<void> {
      await model.updateMany({ reporterId }, { $set: { reporterId: '' } });
    },

    /** Cases of a scope that hold all the words, the newest first; towards a page key's side of it. */
    async matching(asked: Matching): Promise<readonly Match[]> {
      const { scope, words, reporterId, departments, from, limit } = asked;
      const back = from?.towards === 'previous';
      const tokens = await rarestFirst(scope, hashed(scope, words));
      const [behind, bound] = back ? ['$gt', '$gte'] : ['$lt', '$lte'];
      const found = await model
        .find(
          {
            scope,
            ...(tokens.length > 0 ? { tokens: trusted({ $all: tokens }) } : {}),
            ...(reporterId === undefined ? {} : { reporterId }),
            ...(departments === undefined ? {} : { departments: trusted({ $in: [...departments] }) }),
            ...(from === null
              ? {}
              : {
                  filedAt: trusted({ [bound]: from.at }),
                  $or: [
                    { filedAt: trusted({ [behind]: from.at }) },
                    { caseId: trusted({ [behind]: from.id }) },
                  ],
                }),
          },
          { caseId: 1, filedAt: 1 },
        )
        .sort({ filedAt: back ? 1 : -1, caseId: back ? 1 : -1 })
        .limit(limit)
        .lean<{ caseId: string; filedAt: Date }[]>();
      return found.map(({ caseId, filedAt }) => ({ id: caseId, filedAt }));
    },

    /** The words of several cases as the commission reads them, hashed: only to be compared. */
    async toCompare(caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
      const ids = caseIds.map((caseId) => idOf(caseId, 'commission'));
      const found = await model
        .find({ _id: trusted({ $in: ids }) }, { caseId: 1, tokens: 1, moreTokens: 1 })
        .lean<Pick<TokenDocument, 'caseId' | 'tokens' | 'moreTokens'>[]>();
      return new Map(
        found.map(({ caseId, tokens, moreTokens }) => [
          caseId,
          tokens.filter((token) => !moreTokens.includes(token)),
        ]),
      );
    },
  };
}
