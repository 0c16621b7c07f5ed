import type { Connection } from './connect.js';
import type { DeliveryDocument } from './delivery-schema.js';

// A delivery that was never tried is due, whatever the clock of whoever stored it said.
export const dueNow = { $or: [{ $eq: ['$attempts', 0] }, { $lte: ['$nextAt', '$$NOW'] }] };
export const unclaimed = { $lte: ['$leaseUntil', '$$NOW'] };

export type Head = Pick<DeliveryDocument, 'personId' | 'order'> & Required<Pick<DeliveryDocument, 'dueAt'>>;

interface SeenHead extends Head {
  /** It is due to be tried and in nobody's hands. */
  readonly waits: boolean;
  /** It should be with its person, and is in nobody's hands for the first time. */
  readonly isDue: boolean;
}

const dueAt = { $ifNull: ['$dueAt', '$nextAt'] };
// What was never tried is not hidden by the clock of whoever stored it; a later try that hangs does not make it young.
const isDue = {
  $and: [
    { $or: [unclaimed, { $gt: ['$attempts', 1] }] },
    { $or: [{ $eq: ['$attempts', 0] }, { $lte: [dueAt, '$$NOW'] }] },
  ],
};

const pageSize = 100;

/** The oldest open delivery of each person, where it may be worked on now. */
export const waitingHeads = async (connection: Connection): Promise<readonly Head[]> =>
  (await allHeads(connection)).filter(({ waits }) => waits);

/** The oldest open delivery of each person, where it should have arrived; between two vain tries, too. */
export const dueHeads = async (connection: Connection): Promise<readonly Head[]> =>
  (await allHeads(connection)).filter((head) => head.isDue);

/**
 * The oldest open delivery of each person. What queues behind it is not asked, and hardly read: a page goes on behind the last
 * person it reached, so that one with thousands waiting costs no more than a page.
 */
async function allHeads(connection: Connection): Promise<readonly SeenHead[]> {
  const rows = connection.collection('deliveries');
  const heads: SeenHead[] = [];
  for (let after = ''; ;) {
    const page = await rows
      .aggregate<SeenHead>([
        { $match: { state: 'pending', personId: { $gt: after } } },
        { $sort: { personId: 1, order: 1 } },
        { $limit: pageSize },
        { $project: { personId: 1, order: 1, dueAt, isDue, waits: { $and: [unclaimed, dueNow] } } },
      ])
      .toArray();
    for (const row of page) if (row.personId !== heads.at(-1)?.personId) heads.push(row);
    const last = page.at(-1);
    if (!last || page.length < pageSize) return heads;
    after = last.personId;
  }
}
