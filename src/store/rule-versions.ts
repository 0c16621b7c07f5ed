import { Schema, trusted, type Connection } from 'mongoose';
import type { RuleChange, SettingKey } from '../domain/rules/settings.js';
import { isDuplicate } from './cases.js';

/** The numbers of one version, who put them into force and what differs from the version before. It never changes. */
export interface RuleVersion {
  readonly version: number;
  readonly document: Readonly<Partial<Record<SettingKey, string>>>;
  readonly changes: readonly RuleChange[];
  /** Null for the numbers the organisation started with. */
  readonly changedBy: string | null;
  /** Business time. */
  readonly changedAt: Date;
  /** The proposal it was made from; a second press finds its own change by it. */
  readonly proposalId: string | null;
}

interface RuleVersionDocument extends Omit<RuleVersion, 'version' | 'document'> {
  readonly _id: number;
  /** A list, because the keys hold dots. */
  readonly numbers: readonly { readonly key: string; readonly value: string }[];
  readonly untold?: boolean;
}

const schema = new Schema<RuleVersionDocument>(
  {
    _id: { type: Number, required: true },
    numbers: Schema.Types.Mixed,
    changes: Schema.Types.Mixed,
    changedBy: String,
    changedAt: Date,
    proposalId: String,
    untold: Boolean,
  },
  { versionKey: false, minimize: false },
);
// The sweep asks which change was not told yet.
schema.index({ untold: 1 }, { sparse: true });

const toVersion = ({ _id, numbers, untold: _untold, ...rest }: RuleVersionDocument): RuleVersion => ({
  version: _id,
  document: Object.fromEntries(numbers.map(({ key, value }) => [key, value])),
  ...rest,
});

/** The versions of the rules, numbered from 1; one is added, none is ever changed. */
export function createRuleVersions(connection: Connection) {
  const model = connection.model('RuleVersion', schema, 'rule_versions');
  return {
    /** False when this version exists already: somebody was faster. Whether it is to be told is part of the same write. */
    async add({ version, document, ...rest }: RuleVersion): Promise<boolean> {
      const untold = rest.changedBy === null ? {} : { untold: true };
      try {
        const numbers = Object.entries(document).map(([key, value]) => ({ key, value }));
        await model.create({ _id: version, numbers, ...rest, ...untold });
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return false;
      }
    },

    /** Every version later than one, the earliest first. */
    async after(version: number): Promise<readonly RuleVersion[]> {
      const found = await model
        .find({ _id: trusted({ $gt: version }) })
        .sort({ _id: 1 })
        .lean<RuleVersionDocument[]>();
      return found.map(toVersion);
    },

    async byNumber(version: number): Promise<RuleVersion | null> {
      const found = await model.findOne({ _id: version }).lean<RuleVersionDocument>();
      return found ? toVersion(found) : null;
    },

    untold: async (): Promise<readonly RuleVersion[]> =>
      (await model.find({ untold: true }).lean<RuleVersionDocument[]>()).map(toVersion),

    async noteTold(version: number): Promise<void> {
      await model.updateOne({ _id: version }, { $unset: { untold: 1 } });
    },
  };
}
