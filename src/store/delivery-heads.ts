import type { PipelineStage } from 'mongoose';

// A delivery that was never tried is due, whatever the clock of whoever stored it said.
export const dueNow = { $or: [{ $eq: ['$attempts', 0] }, { $lte: ['$nextAt', '$$NOW'] }] };
export const unclaimed = { $lte: ['$leaseUntil', '$$NOW'] };

/**
 * The oldest open delivery of each person, where it is due and in nobody's hands, under the person's id. What queues behind
 * it is not asked: it waits for the oldest one.
 */
export const waitingHeads: readonly (PipelineStage.Match | PipelineStage.Sort | PipelineStage.Group)[] = [
  { $match: { state: 'pending' } },
  { $sort: { personId: 1, order: 1 } },
  {
    $group: {
      _id: '$personId',
      order: { $first: '$order' },
      attempts: { $first: '$attempts' },
      nextAt: { $first: '$nextAt' },
      leaseUntil: { $first: '$leaseUntil' },
    },
  },
  { $match: { $expr: { $and: [unclaimed, dueNow] } } },
];
