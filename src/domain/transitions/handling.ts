/** Rows of rules §2 while a department works: wait, extension, child tasks, reassignment. */
import { after, before } from '../clocks.js';
import { runningWorkClock, type CaseRecord } from '../case.js';
import { workClockNames } from '../clock-names.js';
import { tierOfSeveral } from '../tiers.js';
import type { TimeRules } from '../clocks.js';
import { tellsHeldFiles, withWaitingFiles } from '../held-files.js';
import type { RefusalName } from './refusals.js';
import { liveStates, written, type TransitionRequest, type TransitionRow } from './row.js';

/** Whether so many days are within what one extension of the running clock may be. */
export function fitsExtension(c: CaseRecord, days: number, { rules, time }: TimeRules): boolean {
  const clock = runningWorkClock(c);
  if (!clock) return false;
  const limit = clock.limit.working ?? clock.limit.natural ?? 0;
  const asked = days * (clock.limit.working === undefined ? 24 * 60 : time.minutesPerDay);
  return asked <= limit * rules.caps.extension.longestShare;
}

/** Days asked for must leave the clock within its cap, and be asked for early enough. */
function mayExtend(c: CaseRecord, request: TransitionRequest, timeRules: TimeRules): RefusalName | null {
  const { rules, time } = timeRules;
  const clock = runningWorkClock(c);
  const { askBefore, times } = rules.caps.extension;
  if (c.extension !== null) return 'extension-open';
  if (!clock || c.extensionCount >= times) return 'extension-used';
  if (request.now > before(clock.dueAt, askBefore, time)) return 'extension-too-late';
  if (!fitsExtension(c, request.input.days ?? 1, timeRules)) return 'extension-too-long';
  return written(c, request);
}

export const handlingRows: readonly TransitionRow[] = [
  {
    name: 'wait',
    from: ['handling'],
    to: 'waiting',
    by: ['handler'],
    form: 'wait',
    guard: (c, request, { rules }) => {
      if (c.waitCount >= rules.caps.wait.times) return 'wait-used';
      return c.contactedAt === null ? 'contact-first' : written(c, request);
    },
    pauses: workClockNames,
    changes: (c, { now }, { rules, time }) => ({
      waitCount: c.waitCount + 1,
      pauseUntil: after(now, rules.caps.wait.longest, time),
    }),
    tells: () => [{ event: 'waiting', to: ['reporter'] }],
  },
  {
    name: 'resume',
    from: ['waiting'],
    to: 'handling',
    by: ['reporter'],
    form: 'resume',
    guard: written,
    resumes: workClockNames,
    changes: (c, request) => ({ pauseUntil: null, ...withWaitingFiles(c, request) }),
    tells: (c, request) => [{ event: 'resumed', to: ['handler'] }, ...tellsHeldFiles(c, request)],
  },
  {
    name: 'lapse-wait',
    from: ['waiting'],
    to: 'handling',
    by: ['system'],
    hidden: true,
    resumes: workClockNames,
    changes: () => ({ pauseUntil: null }),
    tells: () => [{ event: 'lapsed-wait', to: ['handler', 'reporter'] }],
  },
  {
    name: 'ask-extension',
    from: ['handling'],
    to: 'same',
    by: ['handler'],
    form: 'extension',
    rare: true,
    guard: mayExtend,
    changes: (_c, { now, input }) => ({ extension: { at: now, days: input.days ?? 1 } }),
    tells: () => [{ event: 'extension-asked', to: ['supervisor'] }],
  },
  {
    name: 'grant-extension',
    from: ['handling'],
    to: 'same',
    by: ['supervisor'],
    guard: (c) => (c.extension === null ? 'no-extension-asked' : null),
    changes: (c) => ({ extension: null, extensionCount: c.extensionCount + 1 }),
    extends: (c, { rules: _rules, time }) => {
      const days = c.extension?.days ?? 0;
      const natural = runningWorkClock(c)?.limit.working === undefined;
      return {
        names: workClockNames,
        by: natural ? { natural: days * 24 * 60 } : { working: days * time.minutesPerDay },
      };
    },
    tells: () => [
      { event: 'extension-granted', to: ['handler'] },
      { event: 'progress-extended', to: ['reporter'] },
    ],
  },
  {
    name: 'refuse-extension',
    from: ['handling'],
    to: 'same',
    by: ['supervisor'],
    guard: (c) => (c.extension === null ? 'no-extension-asked' : null),
    changes: (c) => ({ extension: null, extensionCount: c.extensionCount + 1 }),
    tells: () => [{ event: 'extension-refused', to: ['handler', 'head'] }],
  },
  {
    name: 'add-task',
    from: ['dispatched', 'handling'],
    to: 'same',
    by: ['duty', 'supervisor'],
    choosesDepartment: true,
    rare: true,
    guard: (c, { input }) => {
      const { department } = input;
      if (!department) return 'department-unknown';
      if (c.excludedDepartments.includes(department)) return 'department-excluded';
      const there = department === c.department || c.tasks.some((task) => task.department === department);
      return there ? 'task-there-already' : null;
    },
    changes: (c, { input, now }) => ({
      tier: tierOfSeveral(c.tier),
      tasks: [...c.tasks, { department: input.department ?? '', openedAt: now, doneAt: null, doneBy: null }],
    }),
    tells: () => [
      { event: 'task-added', to: ['co-officers'] },
      { event: 'co-department-added', to: ['handler'] },
      { event: 'progress-co-department', to: ['reporter'] },
    ],
  },
  {
    name: 'finish-task',
    from: ['dispatched', 'handling'],
    to: 'same',
    // The handler or head may belong to the co-department as well.
    by: ['co-officer', 'handler', 'head'],
    form: 'task',
    guard: (c, request) =>
      c.tasks.some((task) => request.departments.includes(task.department) && task.doneAt === null)
        ? written(c, request)
        : 'no-task-of-yours',
    changes: (c, { departments, now, personId }) => ({
      tasks: c.tasks.map((task) =>
        departments.includes(task.department) && task.doneAt === null
          ? { ...task, doneAt: now, doneBy: personId }
          : task,
      ),
    }),
    tells: () => [{ event: 'task-done', to: ['handler', 'head'] }],
  },
  {
    name: 'reassign',
    from: liveStates.filter((state) => state !== 'sealed' && state !== 'filed' && state !== 'supplement'),
    to: 'same',
    by: ['head', 'duty'],
    hidden: true,
    guard: (c, { input }) => {
      if (!input.handlerId || c.handlerId === null) return 'not-possible-now';
      return input.handlerId === c.handlerId ? 'same-already' : null;
    },
    changes: (c, { input }) => ({ handlerId: input.handlerId ?? c.handlerId }),
    tells: () => [{ event: 'reassigned', to: ['handler'] }],
  },
];
