/** The row by which the commission says that two cases belong together; each stays what it is. */
import { caseStates } from '../case.js';
import type { TransitionRow } from './row.js';

export const linkingRows: readonly TransitionRow[] = [
  {
    name: 'link',
    from: caseStates,
    to: 'same',
    by: ['duty', 'supervisor'],
    hidden: true,
    guard: (c, { input: { otherCaseId } }) => {
      if (!otherCaseId || otherCaseId === c.id) return 'not-possible-now';
      return c.linkedIds.includes(otherCaseId) ? 'already-done' : null;
    },
    changes: (c, { input: { otherCaseId } }) => ({
      linkedIds: otherCaseId === undefined ? c.linkedIds : [...c.linkedIds, otherCaseId],
    }),
  },
];
