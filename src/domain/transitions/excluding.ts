/** Rows by which people and departments that a complaint names are kept out of it (rules §6). */
import type { CaseRecord } from '../case.js';
import { awaitsChoice } from '../exclusions.js';
import { liveStates, type TransitionRow } from './row.js';

const without = (held: readonly string[], gone: readonly string[]): readonly string[] =>
  held.filter((one) => !gone.includes(one));

/** Whoever has the case in hand gives it away first; then there is nothing left to take from him by surprise. */
const holds = (c: CaseRecord, department: string | undefined, personIds: readonly string[]): boolean => {
  const inHand = c.state !== 'filed' && c.state !== 'returned' && c.state !== 'sealed';
  if (personIds.some((id) => (inHand && id === c.handlerId) || id === c.leaderId)) return true;
  return inHand && (department === c.department || c.tasks.some((task) => task.department === department));
};

export const excludingRows: readonly TransitionRow[] = [
  {
    name: 'exclude',
    from: liveStates,
    to: 'same',
    // The program itself where an interest, or a wish of the reporter, arises after filing.
    by: ['duty', 'supervisor', 'system'],
    hidden: true,
    guard: (c, { input: { department, personIds = [], leavesNobody } }) => {
      if (department === undefined && personIds.length === 0) return 'not-possible-now';
      if (holds(c, department, personIds)) return 'holds-the-case';
      if (leavesNobody) return 'nobody-left';
      const news =
        (department !== undefined && !c.excludedDepartments.includes(department)) ||
        personIds.some((id) => !c.excludedPersonIds.includes(id));
      return news ? null : 'same-already';
    },
    changes: (c, { input: { department, personIds = [] } }) => ({
      excludedDepartments: [...new Set([...c.excludedDepartments, ...(department ? [department] : [])])],
      excludedPersonIds: [...new Set([...c.excludedPersonIds, ...personIds])],
    }),
  },
  {
    // What the reporter asked for is not taken back behind his back: the supervisor decides, and he is told.
    name: 'lift-exclusion',
    from: liveStates,
    to: 'same',
    by: ['supervisor'],
    hidden: true,
    guard: (c, { input: { department, personIds = [] } }) =>
      c.excludedDepartments.includes(department ?? '') ||
      personIds.some((id) => c.excludedPersonIds.includes(id))
        ? null
        : 'same-already',
    changes: (c, { input: { department, personIds = [] } }) => ({
      excludedDepartments: without(c.excludedDepartments, [department ?? '']),
      excludedPersonIds: without(c.excludedPersonIds, personIds),
    }),
    tells: () => [{ event: 'exclusion-lifted', to: ['reporter', 'leader'] }],
  },
  {
    // The names that matched nobody are no staff: nobody else is to be kept out.
    name: 'settle-names',
    from: ['filed', 'supplement', 'returned'],
    to: 'same',
    by: ['duty', 'supervisor'],
    hidden: true,
    guard: (c) => (awaitsChoice(c) ? null : 'already-done'),
  },
];
