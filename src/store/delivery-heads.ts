import type { Connection } from './connect.js';
import type { DeliveryDocument } from './delivery-schema.js';

// A delivery that was never tried is due, whatever the clock of whoever stored it said.
export const dueNow = { $or: [{ $eq: ['$attempts', 0] }, { $lte: ['$nextAt', '$$NOW'] }] };
export const unclaimed = { $lte: ['$leaseUntil', '$$NOW'] };

export type Head = Pick<DeliveryDocument, 'personId' | 'order' | 'nextAt'>;

const pageSize = 100;

/**
 * The oldest open delivery of each person, where it is due and in nobody's hands. What queues behind it is not asked, and hardly
 * read: a page goes on behind the last person it reached, so that one with thousands waiting costs no more than a page.
 */
export async function waitingHeads(connection: Connection): Promise<readonly Head[]> {
  const rows = connection.collection('deliveries');
  const heads: (Head & { readonly waits: boolean })[] = [];
  for (let after = ''; ;) {
    const page = await rows
      .aggregate<Head & { readonly waits: boolean }>([
        { $match: { state: 'pending', personId: { $gt: after } } },
        { $sort: { personId: 1, order: 1 } },
        { $limit: pageSize },
        { $project: { personId: 1, order: 1, nextAt: 1, waits: { $and: [unclaimed, dueNow] } } },
      ])
      .toArray();
    for (const row of page) if (row.personId !== heads.at(-1)?.personId) heads.push(row);
    const last = page.at(-1);
    if (!last || page.length < pageSize) return heads.filter(({ waits }) => waits);
    after = last.personId;
  }
}
