import { Schema, type Connection } from 'mongoose';
import type { Month } from '../domain/rates/month.js';
import type { MonthTable } from '../domain/rates/ranking.js';
import { isDuplicate } from './cases.js';

/** A ranking as it was published: with its numbers, its rules and the names of that day. It never changes. */
export interface PublishedRanking {
  readonly month: Month;
  readonly table: MonthTable;
  readonly names: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly causeId: string;
}

type RankingDocument = Omit<PublishedRanking, 'month'> & { readonly _id: string };

const schema = new Schema<RankingDocument>(
  {
    _id: { type: String, required: true },
    table: Schema.Types.Mixed,
    names: Schema.Types.Mixed,
    publishedAt: Date,
    publishedBy: String,
    causeId: String,
  },
  { versionKey: false, minimize: false },
);

export type Rankings = ReturnType<typeof createRankings>;

/** Published rankings by month: written once, never again. */
export function createRankings(connection: Connection) {
  const model = connection.model('Ranking', schema, 'rankings');
  return {
    /** False when the month was published before. */
    async publish({ month, ...rest }: PublishedRanking): Promise<boolean> {
      try {
        await model.create({ _id: month, ...rest });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },

    async ofMonth(month: Month): Promise<PublishedRanking | null> {
      const found = await model.findOne({ _id: month }).lean<RankingDocument>();
      if (!found) return null;
      const { _id, ...rest } = found;
      return { month: _id, ...rest };
    },
  };
}
