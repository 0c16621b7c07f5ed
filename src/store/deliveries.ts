import { randomUUID } from 'node:crypto';
import { trusted, type Connection } from 'mongoose';
import { countByState } from './count-by-state.js';
import {
  deliveryModel,
  deliveryStates,
  nothing,
  type Claimed,
  type Delivery,
  type DeliveryDocument,
  type DeliveryState,
  type NewDelivery,
  type Ordered,
} from './delivery-schema.js';
import { keptDeliveries } from './kept-deliveries.js';
import { dueNow, unclaimed, waitingHeads } from './delivery-heads.js';
import { oneById, writeTogether } from './together.js';

export type { Claimed, Delivery, NewDelivery, Ordered } from './delivery-schema.js';

/** How long a claim, and every step noted after it, keeps others away. */
const usualLeaseMs = 30_000;
/** A request was written, and its answer is not known. */
const unanswered = { $cond: ['$sending', 1, 0] };
// What a delivery of an older version lacks.
const nobodyInstead = { entryId: null, standsFor: null };

/** How a try ended that did not bring the delivery to its end. */
export interface Vain {
  readonly outcome: 'not-sent' | 'put-off' | 'unknown';
  readonly errorClass?: string | undefined;
}

export type Deliveries = ReturnType<typeof createDeliveries>;

/** Deliveries by keyed hash, claimed by lease of the store's own time and fenced. */
export function createDeliveries(connection: Connection, leaseMs = usualLeaseMs) {
  const model = deliveryModel(connection);
  const leased = { $add: ['$$NOW', leaseMs] };
  const toDelivery = ({
    _id,
    order,
    leaseUntil: _l,
    claim: _claim,
    nextAt: _n,
    dueAt: _due,
    errorClass: _e,
    toldAt: _t,
    revivals: _r,
    createdAt: _c,
    doneAt: _d,
    ...rest
  }: DeliveryDocument): Ordered => ({ id: _id, order, ...nobodyInstead, ...rest });
  const fenced = (d: Delivery) => ({ _id: d.id, fence: d.fence, state: 'pending' as const });

  const write = writeTogether(model);
  const one = oneById<Pick<DeliveryDocument, '_id' | 'fence' | 'state'>>(model, { fence: 1, state: 1 });
  /** Whether a write of this claim, which leaves the delivery in a state, has found it: nobody has claimed it since. */
  const isHis = async ({ id, fence }: Delivery, state: DeliveryState): Promise<boolean> => {
    const now = await one(id);
    return now?.fence === fence && now.state === state;
  };

  /** Adds as many doubts as its end leaves: nobody looks at it again. */
  const finish = async (
    d: Delivery,
    state: DeliveryState,
    doubts: object | number,
    more: Pick<Vain, 'errorClass'> = {},
  ): Promise<boolean> => {
    const ambiguous = { $add: ['$ambiguous', doubts] };
    const set = { state, sending: false, doneAt: new Date(), leaseUntil: new Date(0), ambiguous, ...more };
    return (await write({ filter: fenced(d), update: [{ $set: set }] })) ?? (await isHis(d, state));
  };

  /** Writes as the holder of a claim, by the store's own time; false when somebody else has claimed it since. */
  const advance = async (d: Delivery, fields: Record<string, unknown>): Promise<boolean> => {
    return (await write({ filter: fenced(d), update: [{ $set: fields }] })) ?? (await isHis(d, 'pending'));
  };

  const renew = async (d: Claimed, fields: Record<string, unknown>): Promise<Claimed | null> => {
    const leaseEndsAt = performance.now() + leaseMs;
    return (await advance(d, { ...fields, leaseUntil: leased })) ? { ...d, leaseEndsAt } : null;
  };

  return {
    ...keptDeliveries(model),

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
        dueAt: now,
        createdAt: now,
      };
      await Promise.all(
        deliveries.map(async ({ id, ...rest }) =>
          write({
            filter: { _id: id },
            update: { $setOnInsert: { ...nothing, ...rest, ...blank } },
            upsert: true,
          }),
        ),
      );
    },

    /**
     * Claims the oldest open delivery of a person. 'busy' when another worker holds it or it waits for its next try,
     * null when nothing is open. Order per person holds because nothing younger is ever claimed before it.
     */
    async claimNext(personId: string): Promise<Claimed | 'busy' | null> {
      const leaseEndsAt = performance.now() + leaseMs;
      const claim = randomUUID();
      const free = { $and: [unclaimed, dueNow] };
      // The oldest is met whether it is free or not, and left as it is where it is not: one round trip, and no younger one overtakes.
      const oldest = await model
        .findOneAndUpdate(
          { personId, state: 'pending' },
          [
            {
              $set: {
                claim: { $cond: [free, claim, '$claim'] },
                leaseUntil: { $cond: [free, leased, '$leaseUntil'] },
                fence: { $add: ['$fence', { $cond: [free, 1, 0] }] },
                attempts: { $add: ['$attempts', { $cond: [free, 1, 0] }] },
              },
            },
          ],
          { sort: { order: 1 }, returnDocument: 'after', updatePipeline: true },
        )
        .lean<DeliveryDocument>();
      if (!oldest) return null;
      return oldest.claim === claim ? { ...toDelivery(oldest), leaseEndsAt } : 'busy';
    },

    /**
     * Notes that the request is about to be written; a claim that finds this note knows that the last one died there.
     * Renews the claim and gives it; null when somebody else has claimed it since.
     */
    async markSending(d: Claimed): Promise<Claimed | null> {
      return await renew(d, { sending: true, ambiguous: { $add: ['$ambiguous', d.sending ? 1 : 0] } });
    },

    /** Stores the message id as the very next thing after the answer, and renews the claim. */
    async noteSent(d: Claimed, telegramMessageId: number): Promise<Claimed | null> {
      return await renew(d, { sending: false, telegramMessageId });
    },

    /** The newest message somebody got of a kind that is no card; null where there is none (any more). */
    async lastMessageOf(personId: string, event: string): Promise<number | null> {
      const last = await model
        .findOne({ personId, state: 'sent', event, cardMessageId: null }, { telegramMessageId: 1 })
        .sort({ order: -1 })
        .lean<Pick<DeliveryDocument, 'telegramMessageId'>>();
      return last?.telegramMessageId ?? null;
    },

    /**
     * Forgets a notice that was taken away, so that the content is sent anew at once. `maybeSeen` when an earlier claim may have
     * put the content there already. False when somebody else has claimed it since.
     */
    async forgetNotice(d: Delivery, { maybeSeen }: { readonly maybeSeen: boolean }): Promise<boolean> {
      return await advance(d, {
        telegramMessageId: null,
        sending: false,
        leaseUntil: new Date(0),
        nextAt: '$$NOW',
        lost: { $add: [{ $ifNull: ['$lost', 0] }, 1] },
        ambiguous: { $add: ['$ambiguous', maybeSeen ? 1 : 0] },
      });
    },

    /** `doubtful` when part of it may not have arrived and is not sent again. */
    markSent: (d: Delivery, { doubtful }: { readonly doubtful: boolean }) =>
      finish(d, 'sent', doubtful ? 1 : 0),
    drop: (d: Delivery) => finish(d, 'dropped', unanswered),
    /** `unknown` when the last request, if one was written, may have arrived. */
    bury: (d: Delivery, { outcome, errorClass = '' }: Vain) =>
      finish(d, 'dead', outcome === 'unknown' ? unanswered : 0, { errorClass }),

    /**
     * Gives the delivery back to be tried after a pause; `unknown` when it may have arrived, `put-off` when Telegram asked to wait.
     * False when somebody else has claimed it since.
     */
    async postpone(d: Delivery, pauseMs: number, { outcome, errorClass }: Vain): Promise<boolean> {
      const nextAt = { $add: ['$$NOW', pauseMs] };
      return await advance(d, {
        leaseUntil: new Date(0),
        nextAt,
        dueAt: outcome === 'put-off' ? nextAt : { $ifNull: ['$dueAt', '$nextAt'] },
        ...(errorClass === undefined ? {} : { errorClass }),
        sending: false,
        ambiguous: { $add: ['$ambiguous', outcome === 'unknown' ? 1 : 0] },
      });
    },

    /** Everything open for a person, in its order. */
    async openOf(personId: string): Promise<readonly Ordered[]> {
      const found = await model
        .find({ personId, state: 'pending' })
        .sort({ order: 1 })
        .lean<DeliveryDocument[]>();
      return found.map(toDelivery);
    },

    /** People whose oldest open delivery is due and in nobody's hands, those waiting longest first. */
    async waitingPeople(limit: number): Promise<readonly string[]> {
      const heads = await waitingHeads(connection);
      return heads
        .toSorted((a, b) => (a.order < b.order ? -1 : 1))
        .slice(0, limit)
        .map(({ personId }) => personId);
    },

    /** How often a send died between request and record, so that it is not known whether it arrived. */
    async countAmbiguous(): Promise<number> {
      const [sum] = await model.aggregate<{ count: number }>([
        { $match: { ambiguous: { $gt: 0 } } },
        { $group: { _id: null, count: { $sum: '$ambiguous' } } },
      ]);
      return sum?.count ?? 0;
    },

    /** Forgets what was told, and what waits to be told, about a case or to a person. */
    async erase(of: { readonly caseId: string } | { readonly personId: string }): Promise<void> {
      // With all its states the index by state and person serves it.
      const state = trusted({ $in: [...deliveryStates] });
      await model.deleteMany('caseId' in of ? of : { ...of, state });
    },

    countByState: async () => await countByState(deliveryStates, (state) => model.countDocuments({ state })),
  };
}
