import { randomBytes } from 'node:crypto';
import { Schema, trusted, type Connection } from 'mongoose';
import { beginning, linkOf, type ChainHead } from '../audit-chain.js';
import {
  ownerRoles,
  type AuditAnchor,
  type AuditEntry,
  type AuditFact,
  type AuditFilter,
  type IdentityLook,
} from '../domain/audit.js';
import type { Seal } from '../seal.js';
import { factFields } from './audit-fields.js';
import { createLaneLeases } from './lanes.js';

type EntryDocument = Omit<AuditEntry, 'id' | 'seq'> & { readonly _id: number; readonly event: string };
type AnchorDocument = Omit<AuditAnchor, 'seq'> & { readonly _id: number };

const entrySchema = new Schema<EntryDocument>(
  {
    _id: { type: Number, required: true },
    event: String,
    kind: String,
    ...factFields,
    prev: String,
    hash: String,
  },
  { versionKey: false, minimize: false, collection: 'audit' },
);
// One event is chained once.
entrySchema.index({ event: 1 }, { unique: true });
// The auditor reads by case, by person, by day; the writer asks for a case's last revision; a reporter who has seen his name.
entrySchema.index({ caseId: 1, _id: -1 });
entrySchema.index({ by: 1, _id: -1 });
entrySchema.index({ at: 1, _id: -1 });

const anchorSchema = new Schema<AnchorDocument>(
  { _id: { type: Number, required: true }, hash: String, at: Date, signature: String },
  { versionKey: false, collection: 'audit_anchors' },
);

const lane = 'audit writer';
const leaseMs = 30_000;
const pageSize = 1_000;

export type Audit = ReturnType<typeof createAudit>;

/** The audit chain: append-only, each entry numbered and tied to the one before it, with one writer at a time. */
export function createAudit(connection: Connection, seal: Seal) {
  const entries = connection.model('AuditEntry', entrySchema, 'audit');
  const anchors = connection.model('AuditAnchor', anchorSchema, 'audit_anchors');
  const leases = createLaneLeases(connection, { leaseMs });
  const owner = randomBytes(9).toString('base64url');
  let before: Promise<unknown> = Promise.resolve();

  const toEntry = ({ _id, event, ...rest }: EntryDocument): AuditEntry => ({ seq: _id, id: event, ...rest });

  const head = async (): Promise<ChainHead> => {
    const last = await entries.findOne({}, { hash: 1 }).sort({ _id: -1 }).lean<EntryDocument>();
    return last ? { seq: last._id, hash: last.hash } : beginning;
  };

  return {
    head,

    /** Lets one process at a time write; the others leave it to him. False when somebody else is at it. */
    async alone(write: () => Promise<void>): Promise<boolean> {
      // Within one process the lease is everybody's: here they take turns.
      const turn = before.then(async () => {
        if ((await leases.acquire([lane], owner)) === 'busy') return false;
        try {
          await write();
        } finally {
          await leases.release([lane], owner);
        }
        return true;
      });
      before = turn.catch(() => undefined);
      return await turn;
    },

    /** Chains what is not in the chain yet. A writer that lost its lease meets a number that is taken, and stops. */
    async append(facts: readonly AuditFact[]): Promise<void> {
      const ids = facts.map(({ id }) => id);
      const known = await entries
        .find({ event: trusted({ $in: ids }) }, { event: 1 })
        .lean<Pick<EntryDocument, 'event'>[]>();
      const there = new Set(known.map(({ event }) => event));
      let at = await head();
      const fresh: EntryDocument[] = [];
      for (const fact of facts) {
        if (there.has(fact.id)) continue;
        there.add(fact.id);
        const { seq, id, ...rest } = linkOf(seal, at, fact);
        fresh.push({ _id: seq, event: id, ...rest });
        at = { seq, hash: rest.hash };
      }
      if (fresh.length > 0) await entries.insertMany(fresh, { ordered: true });
    },

    /** The last revision of a case that is in the chain. */
    async lastRevOf(caseId: string): Promise<number> {
      const last = await entries
        .findOne({ caseId, kind: 'change' }, { rev: 1 })
        .sort({ _id: -1 })
        .lean<Pick<EntryDocument, 'rev'>>();
      return last?.rev ?? -1;
    },

    /** Everything, in the order of its numbers. */
    async *all(): AsyncGenerator<AuditEntry> {
      for (let seq = -1; ;) {
        const page = await entries
          .find({ _id: trusted({ $gt: seq }) })
          .sort({ _id: 1 })
          .limit(pageSize)
          .lean<EntryDocument[]>();
        for (const doc of page) yield toEntry(doc);
        const last = page.at(-1);
        if (!last || page.length < pageSize) return;
        seq = last._id;
      }
    },

    /** The latest entries below a number, the newest first. */
    async page(filter: AuditFilter, below: number | null, limit: number): Promise<readonly AuditEntry[]> {
      const found = await entries
        .find({ ...wanted(filter), ...(below === null ? {} : { _id: trusted({ $lt: below }) }) })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<EntryDocument[]>();
      return found.map(toEntry);
    },

    /** Who, by role and department, has seen the name behind a case before an instant, and when last; the latest first. */
    async identityLooks(caseId: string, before: Date | null): Promise<readonly IdentityLook[]> {
      const until = before === null ? {} : { at: trusted({ $lt: before }) };
      const found = await entries
        .find({ caseId, kind: 'look', what: 'identity', ...until }, { role: 1, departments: 1, at: 1 })
        .sort({ _id: -1 })
        .limit(pageSize)
        .lean<EntryDocument[]>();
      const latest = new Map<string, IdentityLook>();
      for (const { role, departments, at } of found) {
        const key = `${role} ${departments}`;
        if (role !== null && !latest.has(key)) latest.set(key, { role, departments, at });
      }
      return [...latest.values()];
    },

    /** Remembers a head that was carried outside. */
    async putAnchor({ seq, ...rest }: AuditAnchor): Promise<void> {
      await anchors.updateOne({ _id: seq }, { $setOnInsert: rest }, { upsert: true });
    },

    async lastAnchor(): Promise<AuditAnchor | null> {
      const doc = await anchors.findOne().sort({ _id: -1 }).lean<AnchorDocument>();
      if (!doc) return null;
      const { _id, ...rest } = doc;
      return { seq: _id, ...rest };
    },
  };
}

const wanted = (filter: AuditFilter): Record<string, unknown> => {
  switch (filter.by) {
    case 'all':
      return {};
    case 'case':
      return { caseId: filter.caseId };
    case 'person':
      // What somebody did for his own enterprise is not told under his name.
      return { by: filter.personId, role: trusted({ $nin: [...ownerRoles] }) };
    case 'day':
      return { at: trusted({ $gte: filter.from, $lt: filter.until }) };
  }
};
