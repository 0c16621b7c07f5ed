/** Rows of rules §2 by which supervisor and leader press: raise the level, list, take charge; and the reports these ask for. */
import { openStates, type CaseRecord, type CaseState } from '../case.js';
import { handlingClockNames } from '../clock-names.js';
import { written, type TransitionRequest, type TransitionRow } from './row.js';

const heldStates: readonly CaseState[] = openStates.filter(
  (state) => state !== 'filed' && state !== 'supplement',
);

const raisesTo = (_c: CaseRecord, { input }: TransitionRequest): string | null =>
  input.parentDepartment ?? null;

export const raisingRows: readonly TransitionRow[] = [
  {
    // To the parent department, the old lead becomes a co-department; at the top of the tree it is listed instead.
    name: 'raise',
    from: heldStates,
    to: (c, request) => (raisesTo(c, request) === null ? c.state : 'dispatched'),
    by: ['supervisor', 'leader'],
    form: 'raise',
    rare: true,
    guard: (c, request) => {
      const parent = raisesTo(c, request);
      if (parent === null && c.listedAt !== null) return 'is-listed';
      if (parent !== null && c.excludedDepartments.includes(parent)) return 'department-excluded';
      return written(c, request);
    },
    stops: (c, request) => (raisesTo(c, request) === null ? [] : handlingClockNames),
    starts: (c, request) => (raisesTo(c, request) === null ? ['list-report'] : ['sign']),
    changes: (c, request) => {
      const parent = raisesTo(c, request);
      if (parent === null) return { listedAt: request.now };
      const old = c.department;
      const tasks = c.tasks.filter((task) => task.department !== parent && task.department !== old);
      const task =
        old === null ? [] : [{ department: old, openedAt: request.now, doneAt: null, doneBy: null }];
      return {
        department: parent,
        handlerId: null,
        contactedAt: null,
        pauseUntil: null,
        extension: null,
        signOffAskedAt: null,
        tasks: [...tasks, ...task],
      };
    },
    tells: (c, request) =>
      raisesTo(c, request) === null
        ? [{ event: 'listed', to: ['handler', 'head', 'leader'] }]
        : [
            { event: 'raised', to: ['officers', 'head', 'co-officers'] },
            { event: 'progress-raised', to: ['reporter'] },
          ],
  },
  {
    name: 'list',
    from: heldStates,
    to: 'same',
    by: ['supervisor', 'leader'],
    form: 'list',
    rare: true,
    guard: (c, request) => (c.listedAt === null ? written(c, request) : 'is-listed'),
    starts: ['list-report'],
    changes: (_c, { now }) => ({ listedAt: now }),
    tells: () => [{ event: 'listed', to: ['handler', 'head', 'leader'] }],
  },
  {
    name: 'delist',
    from: heldStates,
    to: 'same',
    by: ['supervisor', 'leader'],
    rare: true,
    guard: (c) => (c.listedAt === null ? 'not-listed' : null),
    stops: ['list-report'],
    changes: () => ({ listedAt: null }),
    tells: () => [{ event: 'delisted', to: ['handler', 'head'] }],
  },
  {
    name: 'take-charge',
    from: heldStates,
    to: 'same',
    by: ['leader'],
    rare: true,
    guard: (c) => (c.leaderId === null ? null : 'has-leader'),
    starts: ['charge-report'],
    changes: (_c, { personId }) => ({ leaderId: personId }),
    tells: () => [{ event: 'leader-in-charge', to: ['handler', 'head', 'supervisor'] }],
  },
  {
    name: 'release',
    from: heldStates,
    to: 'same',
    by: ['supervisor', 'leader'],
    rare: true,
    guard: (c) => (c.leaderId === null ? 'has-no-leader' : null),
    stops: ['charge-report'],
    changes: () => ({ leaderId: null }),
    tells: () => [{ event: 'leader-released', to: ['handler', 'head', 'supervisor'] }],
  },
  {
    // The report that a listed case, or one with a leader in charge, owes; its clock begins anew.
    name: 'report-progress',
    from: heldStates,
    to: 'same',
    by: ['handler', 'head'],
    form: 'progress',
    guard: (c, request) => (c.listedAt === null && c.leaderId === null ? 'not-listed' : written(c, request)),
    starts: (c) => [
      ...(c.listedAt === null ? [] : (['list-report'] as const)),
      ...(c.leaderId === null ? [] : (['charge-report'] as const)),
    ],
    tells: () => [{ event: 'progress-reported', to: ['supervisor', 'leader'] }],
  },
];
