import { Schema, trusted, type Connection } from 'mongoose';
import type { OutboxEntry } from '../domain/case.js';
import type { Role } from '../domain/people.js';

export type DeliveryState = 'pending' | 'held' | 'sent' | 'dropped' | 'dead';

/** One event told to one person. It holds ids, never content (design §2.5). */
export interface Delivery {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly role: Role;
  readonly event: string;
  readonly messageId: string | null;
  readonly clock: OutboxEntry['clock'] | null;
  /** For a refresh: the card to be edited. */
  readonly cardMessageId: number | null;
  /** The letter that goes with the card, a delivery of its own. */
  readonly letterId: string | null;
  /** For a digest: the instant its morning is due at. */
  readonly slotAt: Date | null;
  /** For news about rules or calendar, which belong to no case: which change. */
  readonly about?: string | null;
  readonly state: DeliveryState;
  /** Counts the claims; a write of an older claim is fenced off. */
  readonly fence: number;
  readonly attempts: number;
  /** A request was written; without a message id afterwards it is not known whether it arrived. */
  readonly sending: boolean;
  readonly telegramMessageId: number | null;
  readonly ambiguous: number;
}

type DeliveryDocument = Omit<Delivery, 'id'> & {
  readonly _id: string;
  readonly order: string;
  readonly leaseUntil: Date;
  readonly nextAt: Date;
  readonly createdAt: Date;
  readonly doneAt?: Date;
};

const schema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    caseId: String,
    personId: String,
    role: String,
    event: String,
    messageId: String,
    clock: Schema.Types.Mixed,
    cardMessageId: Number,
    letterId: String,
    slotAt: Date,
    about: String,
    state: String,
    fence: Number,
    attempts: Number,
    sending: Boolean,
    telegramMessageId: Number,
    ambiguous: Number,
    order: String,
    leaseUntil: Date,
    nextAt: Date,
    createdAt: Date,
    doneAt: Date,
  },
  { versionKey: false },
);
// A worker takes the oldest open delivery of a person.
schema.index({ personId: 1, state: 1, order: 1 });
// The sweep asks who is waiting for a delivery that nobody is working on.
schema.index({ state: 1, nextAt: 1 });
// Whoever looks after the program asks how many may have arrived without our knowing.
schema.index({ ambiguous: 1 }, { partialFilterExpression: { ambiguous: { $gt: 0 } } });

const usualLeaseMs = 30_000;

export type NewDelivery = Pick<
  Delivery,
  'id' | 'caseId' | 'personId' | 'role' | 'event' | 'messageId' | 'clock' | 'cardMessageId'
> &
  Partial<Pick<Delivery, 'letterId' | 'slotAt' | 'about'>> & {
    /** Sorts a person's deliveries: the instant and place of the event. */
    readonly order: string;
  };

export type Deliveries = ReturnType<typeof createDeliveries>;

/** Deliveries by keyed hash, claimed by lease of the store's own time and fenced. */
export function createDeliveries(connection: Connection, leaseMs = usualLeaseMs) {
  const model = connection.model('Delivery', schema, 'deliveries');
  const toDelivery = ({
    _id,
    order: _o,
    leaseUntil: _l,
    nextAt: _n,
    createdAt: _c,
    doneAt: _d,
    ...rest
  }: DeliveryDocument): Delivery => ({ id: _id, ...rest });
  const fenced = (d: Delivery) => ({ _id: d.id, fence: d.fence, state: 'pending' as const });

  const finish = async (d: Delivery, state: DeliveryState): Promise<boolean> => {
    const done = await model.updateOne(fenced(d), {
      $set: { state, sending: false, doneAt: new Date(), leaseUntil: new Date(0) },
    });
    return done.matchedCount === 1;
  };

  return {
    /** Stores deliveries; one that exists already stays as it is. */
    async insert(deliveries: readonly NewDelivery[]): Promise<void> {
      if (deliveries.length === 0) return;
      const now = new Date();
      const blank = {
        state: 'pending',
        fence: 0,
        attempts: 0,
        sending: false,
        telegramMessageId: null,
        ambiguous: 0,
        leaseUntil: new Date(0),
        nextAt: now,
        createdAt: now,
      };
      await model.bulkWrite(
        deliveries.map(({ id, letterId = null, slotAt = null, ...rest }) => ({
          updateOne: {
            filter: { _id: id },
            update: { $setOnInsert: { ...rest, letterId, slotAt, ...blank } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },

    /**
     * Claims the oldest open delivery of a person. 'busy' when another worker holds it or it waits for its next try,
     * null when nothing is open. Order per person holds because nothing younger is ever claimed before it.
     */
    async claimNext(personId: string): Promise<Delivery | 'busy' | null> {
      const oldest = await model
        .findOne({ personId, state: 'pending' }, { _id: 1 })
        .sort({ order: 1 })
        .lean<{ _id: string }>();
      if (!oldest) return null;
      const claimed = await model
        .findOneAndUpdate(
          {
            _id: oldest._id,
            state: 'pending',
            $expr: trusted({ $and: [{ $lte: ['$leaseUntil', '$$NOW'] }, { $lte: ['$nextAt', '$$NOW'] }] }),
          },
          [
            {
              $set: {
                leaseUntil: { $add: ['$$NOW', leaseMs] },
                fence: { $add: ['$fence', 1] },
                attempts: { $add: ['$attempts', 1] },
              },
            },
          ],
          { returnDocument: 'after', updatePipeline: true },
        )
        .lean<DeliveryDocument>();
      return claimed ? toDelivery(claimed) : 'busy';
    },

    /** Notes that the request is about to be written; a claim that finds this note knows that the last one died there. */
    async markSending(d: Delivery): Promise<boolean> {
      const marked = await model.updateOne(fenced(d), {
        $set: { sending: true },
        $inc: { ambiguous: d.sending ? 1 : 0 },
      });
      return marked.matchedCount === 1;
    },

    /** Stores the message id as the very next thing after the answer. */
    async noteSent(d: Delivery, telegramMessageId: number): Promise<boolean> {
      const noted = await model.updateOne(fenced(d), { $set: { sending: false, telegramMessageId } });
      return noted.matchedCount === 1;
    },

    markSent: (d: Delivery) => finish(d, 'sent'),
    drop: (d: Delivery) => finish(d, 'dropped'),
    bury: (d: Delivery) => finish(d, 'dead'),

    /** Gives the delivery back to be tried after a pause; `unknown` when it may have arrived. */
    async postpone(d: Delivery, pauseMs: number, outcome: 'not-sent' | 'unknown'): Promise<void> {
      await model.updateOne(fenced(d), {
        $set: { leaseUntil: new Date(0), nextAt: new Date(Date.now() + pauseMs), sending: false },
        $inc: { ambiguous: outcome === 'unknown' ? 1 : 0 },
      });
    },

    /** Keeps everything open for a person who cannot be reached. */
    async hold(personId: string): Promise<void> {
      await model.updateMany(
        { personId, state: 'pending' },
        { $set: { state: 'held', leaseUntil: new Date(0), sending: false } },
      );
    },

    /** He is back: what was kept goes on, in its old order. */
    async release(personId: string): Promise<number> {
      const released = await model.updateMany(
        { personId, state: 'held' },
        { $set: { state: 'pending', nextAt: new Date() } },
      );
      return released.modifiedCount;
    },

    /** People with an open delivery that is due and that nobody works on. */
    async waitingPeople(limit: number): Promise<readonly string[]> {
      const found = await model
        .find(
          {
            state: 'pending',
            nextAt: trusted({ $lte: new Date() }),
            leaseUntil: trusted({ $lte: new Date() }),
          },
          { personId: 1 },
        )
        .sort({ nextAt: 1 })
        .limit(limit)
        .lean<{ personId: string }[]>();
      return [...new Set(found.map((doc) => doc.personId))];
    },

    async countByState(): Promise<Record<string, number>> {
      const rows = await model.aggregate<{ _id: string; count: number }>([
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      return Object.fromEntries(rows.map((row) => [row._id, row.count]));
    },
  };
}
