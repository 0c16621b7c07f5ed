/** Rows about keeping and forgetting: a hold stops the erasure, the date of retention brings it, a reporter leaves (retention.ts). */
import { caseStates, isOpen, isSurveyOpen } from '../case.js';
import { isErased } from '../retention.js';
import { written, type TransitionRow } from './row.js';

export const keepingRows: readonly TransitionRow[] = [
  {
    // A dispute or an inquiry needs the content longer than its date.
    name: 'hold',
    from: caseStates,
    to: 'same',
    by: ['supervisor'],
    form: 'hold',
    rare: true,
    guard: (c, request) => {
      if (isErased(c)) return 'is-erased';
      return c.heldAt === null ? written(c, request) : 'is-held';
    },
    changes: (_c, { now }) => ({ heldAt: now }),
  },
  {
    name: 'release-hold',
    from: caseStates,
    to: 'same',
    by: ['supervisor'],
    form: 'release-hold',
    rare: true,
    guard: (c, request) => (c.heldAt === null ? 'not-held' : written(c, request)),
    changes: () => ({ heldAt: null }),
  },
  {
    // What is left is a tombstone: number, dates, states and who of the staff did what.
    name: 'erase',
    from: ['archived'],
    to: 'same',
    by: ['system'],
    hidden: true,
    guard: (c, { now }) => {
      if (isErased(c)) return 'is-erased';
      if (c.heldAt !== null) return 'is-held';
      return c.eraseAt !== null && c.eraseAt <= now ? null : 'not-possible-now';
    },
    changes: (c, { now }) => ({
      erasedAt: now,
      reporterId: '',
      enterpriseId: null,
      access: { ...c.access, interestedIds: [] },
    }),
  },
  {
    // He has his account deleted: the case goes on without a chat, its enterprise is called.
    name: 'leave',
    from: caseStates,
    to: 'same',
    by: ['reporter'],
    hidden: true,
    changes: () => ({ reporterId: '' }),
    tells: (c) =>
      isOpen(c) || c.state === 'sealed' || isSurveyOpen(c) ? [{ event: 'reporter-left', to: ['duty'] }] : [],
  },
];
