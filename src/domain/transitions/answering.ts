/** Rows of rules §2 in which something is missing: supplement, appeal, return. */
import { handlingClockNames } from '../clock-names.js';
import { after } from '../clocks.js';
import { written, type TransitionRow } from './row.js';

export const answeringRows: readonly TransitionRow[] = [
  {
    name: 'ask-more',
    from: ['filed'],
    to: 'supplement',
    by: ['duty'],
    form: 'ask-more',
    guard: written,
    pauses: ['dispatch'],
    changes: (_c, { now }, { rules, time }) => ({
      pauseUntil: after(now, rules.caps.supplement.lapsesAfter, time),
    }),
    tells: () => [{ event: 'asked-more', to: ['reporter'] }],
  },
  {
    name: 'supplement',
    from: ['supplement'],
    to: 'filed',
    by: ['reporter'],
    form: 'supplement',
    guard: written,
    resumes: ['dispatch'],
    changes: () => ({ pauseUntil: null }),
    tells: () => [{ event: 'supplemented', to: ['duty'] }],
  },
  {
    name: 'lapse-supplement',
    from: ['supplement'],
    to: 'declined',
    by: ['system'],
    hidden: true,
    stops: ['dispatch'],
    changes: (_c, { now }) => ({ pauseUntil: null, endedAt: now }),
    tells: () => [{ event: 'lapsed-supplement', to: ['reporter', 'duty'] }],
  },
  {
    // Somebody else decides: the one who declined may neither decline again nor dispatch (rules §2, appeal).
    name: 'appeal',
    from: ['declined'],
    to: 'filed',
    by: ['reporter'],
    form: 'appeal',
    guard: (c, request, { rules, time }) => {
      if (c.appealedAt !== null) return 'appeal-used';
      if (c.endedAt === null || request.now > after(c.endedAt, rules.caps.appeal.within, time))
        return 'appeal-too-late';
      return written(c, request);
    },
    starts: ['dispatch'],
    changes: (c, { now }) => ({ appealedAt: now, endedAt: null, pressure: Math.min(3, c.pressure + 1) }),
    tells: () => [{ event: 'appealed', to: ['duty', 'supervisor'] }],
  },
  {
    // Once per department and within one working day; the duty officer decides: elsewhere, or back for good.
    name: 'return',
    from: ['dispatched'],
    to: 'returned',
    by: ['officer', 'head'],
    form: 'return',
    guard: (c, request, { rules, time }) => {
      if (c.department !== null && c.returnedBy.includes(c.department)) return 'return-used';
      const sign = c.clocks.findLast((clock) => clock.name === 'sign');
      if (sign && request.now > after(sign.startedAt, rules.caps.return.within, time))
        return 'return-too-late';
      return written(c, request);
    },
    stops: ['sign'],
    starts: ['dispatch'],
    changes: (c) => ({ returnedBy: c.department === null ? c.returnedBy : [...c.returnedBy, c.department] }),
    tells: () => [{ event: 'returned', to: ['duty'] }],
  },
  {
    // A department that left the organisation answers for nothing any more: the commission takes its cases back.
    name: 'take-back',
    from: ['dispatched', 'handling'],
    to: 'returned',
    by: ['duty', 'supervisor'],
    guard: (_c, { input }) => (input.departmentGone === true ? null : 'not-possible-now'),
    stops: handlingClockNames,
    starts: ['dispatch'],
    changes: () => ({
      handlerId: null,
      contactedAt: null,
      pauseUntil: null,
      extension: null,
      signOffAskedAt: null,
    }),
    tells: () => [{ event: 'progress-taken-back', to: ['reporter'] }],
  },
];
