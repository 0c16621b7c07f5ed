import type { DeadLetter, Revival } from '../domain/dead-letter.js';
import type { Seal } from '../seal.js';
import type { Connection } from './connect.js';
import { deliveryModel, type DeliveryDocument } from './delivery-schema.js';
import { referenceOf } from './inbox-schema.js';
import { revivable, revivedBy, setAside, untoldDead, type PageAsked } from './set-aside.js';

/** Deliveries that were set aside for good, seen by reference and class of error alone. */
export function createDeadDeliveries(connection: Connection, seal: Seal) {
  const model = deliveryModel(connection);
  return {
    ...setAside(model),

    /** In the order they died in. */
    async list({ skip, limit }: PageAsked): Promise<readonly DeadLetter[]> {
      const rows = await model
        .find({ state: 'dead' }, { doneAt: 1, errorClass: 1 })
        .sort({ doneAt: 1, _id: 1 })
        .skip(skip)
        .limit(limit)
        .lean<DeliveryDocument[]>();
      return rows.map(({ _id, doneAt, errorClass }) => ({
        kind: 'delivery',
        id: _id,
        ref: referenceOf(seal, _id),
        buriedAt: doneAt,
        errorClass,
      }));
    },

    /**
     * Lets one, or all, be tried anew, each in its old place among what is its person's; gives whose they are, one for each this press
     * has revived. The same press does it once. What was in doubt about them stays counted.
     */
    async revive(which: { readonly id: string } | 'all', revival: Revival): Promise<readonly string[]> {
      const now = new Date();
      await model.updateMany(revivable(which, revival), {
        // It is late from now on.
        $set: { state: 'pending', attempts: 0, nextAt: now, dueAt: now },
        $inc: { fence: 1 },
        // What is open must not expire with what was told.
        $unset: { doneAt: 1, toldAt: 1, errorClass: 1, lost: 1 },
        $push: { revivals: { ...revival, at: now } },
      });
      const revived = await model
        .find(revivedBy(revival), { personId: 1 })
        .lean<Pick<DeliveryDocument, 'personId'>[]>();
      return revived.map(({ personId }) => personId);
    },

    /** Those of which the administrators were not told. */
    async untold(limit: number): Promise<readonly Pick<DeadLetter, 'id' | 'buriedAt'>[]> {
      const rows = await model.find(untoldDead(), { doneAt: 1 }).limit(limit).lean<DeliveryDocument[]>();
      return rows.map(({ _id, doneAt }) => ({ id: _id, buriedAt: doneAt }));
    },
  };
}
