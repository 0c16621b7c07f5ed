/** Rows of rules §2 by which the commission takes a case to itself, and by which the program puts it away. */
import { openStates, type CaseState } from '../case.js';
import { clockNames, serviceClockNames } from '../clock-names.js';
import { eraseAtOf } from '../retention.js';
import { isTolerated } from '../rates/closing.js';
import { mayDecideOn } from './identity.js';
import { liveStates, written, type TransitionRow } from './row.js';

const sealable: readonly CaseState[] = [...openStates, 'closed'];
const levels = ['open', 'commission', 'locked'] as const;

export const overseeingRows: readonly TransitionRow[] = [
  {
    name: 'seal',
    from: sealable,
    to: 'sealed',
    by: ['duty', 'supervisor'],
    form: 'seal',
    rare: true,
    guard: written,
    stops: serviceClockNames,
    starts: ['sealed-answer', 'sealed-decision'],
    changes: () => ({
      track: 'integrity',
      closedAt: null,
      endedAt: null,
      pauseUntil: null,
      listedAt: null,
      leaderId: null,
    }),
    tells: () => [
      { event: 'sealed', to: ['supervisor', 'leader'] },
      { event: 'progress-sealed', to: ['reporter'] },
    ],
  },
  {
    name: 'ask-unseal',
    from: ['sealed'],
    to: 'same',
    by: ['duty', 'supervisor'],
    form: 'unseal',
    rare: true,
    guard: (c, request) => (c.unsealAskedBy === null ? written(c, request) : 'already-done'),
    changes: (_c, { personId }) => ({ unsealAskedBy: personId }),
    tells: () => [{ event: 'unseal-asked', to: ['supervisor', 'leader'] }],
  },
  {
    name: 'unseal',
    from: ['sealed'],
    to: 'filed',
    by: ['supervisor', 'leader'],
    guard: (c, request) => mayDecideOn(c.unsealAskedBy, request),
    stops: ['sealed-answer', 'sealed-decision'],
    starts: ['dispatch'],
    changes: (c) => ({
      track: 'service',
      // Sealed, it was to reach no department: a department hears the name when the reporter agrees to it anew.
      confidentiality: c.confidentiality === 'open' ? 'commission' : c.confidentiality,
      unsealAskedBy: null,
      transferAskedBy: null,
      department: null,
      handlerId: null,
      tasks: [],
      contactedAt: null,
      signOffAskedAt: null,
      extension: null,
      proposal: null,
    }),
    tells: () => [{ event: 'progress-unsealed', to: ['reporter'] }],
  },
  {
    // The supervisor names organ, legal basis and letter; the leader's press transfers (rules §2).
    name: 'ask-transfer',
    from: ['sealed'],
    to: 'same',
    by: ['supervisor'],
    form: 'transfer',
    rare: true,
    guard: (c, request) => (c.transferAskedBy === null ? written(c, request) : 'already-done'),
    changes: (_c, { personId }) => ({ transferAskedBy: personId }),
    tells: () => [{ event: 'transfer-asked', to: ['leader'] }],
  },
  {
    name: 'transfer',
    from: ['sealed'],
    to: 'transferred',
    by: ['leader'],
    guard: (c, request) => mayDecideOn(c.transferAskedBy, request),
    stops: ['sealed-answer', 'sealed-decision'],
    starts: ['receipt'],
    tells: () => [
      { event: 'transferred', to: ['supervisor'] },
      { event: 'progress-transferred', to: ['reporter'] },
    ],
  },
  {
    name: 'enter-receipt',
    from: ['transferred'],
    to: 'same',
    by: ['supervisor'],
    form: 'receipt',
    guard: (c, request) => (c.endedAt === null ? written(c, request) : 'no-receipt-due'),
    stops: ['receipt'],
    changes: (_c, { now }) => ({ endedAt: now }),
    tells: () => [{ event: 'receipt-entered', to: ['leader'] }],
  },
  {
    name: 'merge',
    from: ['filed'],
    to: 'merged',
    by: ['duty'],
    hidden: true,
    guard: (c, { input }) => (input.intoCaseId && input.intoCaseId !== c.id ? null : 'not-possible-now'),
    stops: ['dispatch'],
    changes: (_c, { input, now }) => ({ mergedInto: input.intoCaseId ?? null, endedAt: now }),
    tells: () => [{ event: 'progress-merged', to: ['reporter'] }],
  },
  {
    // The reporter alone chooses; pressing a lower level himself is his consent (rules §2, §6).
    name: 'set-confidentiality',
    from: [...liveStates, 'closed'],
    to: 'same',
    by: ['reporter'],
    rare: true,
    choosesLevel: true,
    guard: (c, { input }) => {
      if (!c.named) return 'nameless-stays-locked';
      const level = levels.find((known) => known === input.confidentiality);
      return level === undefined || level === c.confidentiality ? 'same-already' : null;
    },
    changes: (c, { input }) => ({
      confidentiality: input.confidentiality ?? c.confidentiality,
      access: { ...c.access, lowerAsked: null },
    }),
    // Those who lose the name hear of it; their cards no longer show it.
    tells: (c, { input }) => {
      const department = c.confidentiality === 'open' && c.track === 'service' && c.department !== null;
      const holding = c.handlerId === null ? ('officers' as const) : ('handler' as const);
      return [
        ...(department && c.state !== 'filed'
          ? [{ event: 'name-hidden', to: [holding, 'head', 'co-officers'] as const }]
          : []),
        ...(input.confidentiality === 'locked'
          ? [{ event: 'name-locked', to: ['duty', 'supervisor', 'leader'] as const }]
          : []),
      ];
    },
  },
  {
    // An honest error while trying something new is not held against the department: the case leaves its rates (rules §5).
    name: 'grant-tolerance',
    from: ['submitted', 'closed'],
    to: 'same',
    by: ['supervisor', 'leader'],
    form: 'tolerance',
    rare: true,
    guard: (c, request) => (isTolerated(c) ? 'is-tolerated' : written(c, request)),
    tells: () => [{ event: 'tolerance-granted', to: ['handler', 'head', 'duty'] }],
  },
  {
    name: 'archive',
    from: ['closed', 'declined', 'withdrawn', 'merged', 'transferred'],
    to: 'archived',
    by: ['system'],
    hidden: true,
    stops: clockNames,
    changes: (c, { now }) => ({ endedAt: null, eraseAt: eraseAtOf(c.state, now) }),
  },
];
