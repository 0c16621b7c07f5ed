/** Rows of rules §2 from filing to first contact: route, decline, dispatch, sign. */
import type { CaseRecord } from '../case.js';
import { promisedDate } from '../clocks.js';
import { endsInReceipt } from '../taxonomy.js';
import { tiersFor } from '../tiers.js';
import { written, type TransitionRow } from './row.js';

/** After an appeal somebody else decides (rules §2, appeal). */
const decidedBefore = (c: CaseRecord, personId: string | null): boolean =>
  c.appealedAt !== null && personId !== null && c.declinedBy === personId;

export const startingRows: readonly TransitionRow[] = [
  {
    name: 'propose',
    from: ['filed'],
    to: 'same',
    by: ['system'],
    hidden: true,
    guard: (c) => (c.proposal === null ? null : 'already-done'),
    changes: (_c, { input }) =>
      input.proposal ? { proposal: input.proposal, tier: input.proposal.tier } : {},
    tells: (c, { input }) =>
      input.proposal?.certain === true
        ? []
        : [{ event: c.kind === 'complaint' ? 'triage' : `received-${c.kind}`, to: ['duty'] }],
  },
  {
    // Praise, suggestions and consultations become cases only by a person's decision (rules §1); which conduct it is
    // about nobody has said by that.
    name: 'turn-into-case',
    from: ['filed'],
    to: 'same',
    by: ['duty', 'supervisor'],
    guard: (c) => (c.kind === 'complaint' ? 'is-a-case-already' : null),
    starts: ['dispatch'],
    changes: (c, { now }, rules) => {
      const tier = c.kind === 'consultation' ? 'consult' : c.tier;
      const promisedAt = promisedDate({ tier, urgent: c.urgent }, now, rules);
      return {
        kind: 'complaint',
        tier,
        promisedAt,
        provisional: rules.time.isProvisional(now, promisedAt),
      };
    },
    tells: () => [{ event: 'became-a-case', to: ['reporter'] }],
  },
  {
    // Its tier is chosen before a department has it; the promised date follows when it is dispatched.
    name: 'set-tier',
    from: ['filed', 'returned'],
    to: 'same',
    by: ['duty', 'supervisor'],
    choosesTier: true,
    guard: (c, { input, personId }) => {
      if (decidedBefore(c, personId)) return 'decided-before';
      if (endsInReceipt(c.kind)) return 'consultation-needs-confirmation';
      if (!input.tier || !tiersFor(c).includes(input.tier)) return 'not-possible-now';
      return input.tier === c.tier ? 'same-already' : null;
    },
    changes: (c, { input }) => ({ tier: input.tier ?? c.tier }),
  },
  {
    name: 'dispatch',
    from: ['filed', 'returned'],
    to: 'dispatched',
    by: ['duty', 'supervisor', 'system'],
    choosesDepartment: true,
    guard: (c, { relation, input, personId }) => {
      if (decidedBefore(c, personId)) return 'decided-before';
      if (!input.department) return 'department-unknown';
      if (c.excludedDepartments.includes(input.department)) return 'department-excluded';
      if (input.namesOpen) return 'names-open';
      if (endsInReceipt(c.kind)) return 'consultation-needs-confirmation';
      return c.kind !== 'complaint' && relation === 'system' ? 'consultation-needs-confirmation' : null;
    },
    stops: ['dispatch'],
    starts: ['sign'],
    changes: (c, { input }) => ({
      department: input.department ?? c.department,
      handlerId: null,
      tier: input.tier ?? c.tier,
      // A co-department that becomes the lead has no part of its own beside it, or nobody could finish it.
      tasks: c.tasks.filter((task) => task.department !== input.department),
    }),
    tells: () => [
      { event: 'dispatched', to: ['officers', 'head'] },
      { event: 'progress-dispatched', to: ['reporter'] },
    ],
  },
  {
    name: 'decline',
    from: ['filed'],
    to: 'declined',
    by: ['duty', 'supervisor'],
    form: 'decline',
    guard: (c, request) => (decidedBefore(c, request.personId) ? 'decided-before' : written(c, request)),
    stops: ['dispatch'],
    changes: (_c, { now, personId }) => ({ endedAt: now, declinedBy: personId }),
    tells: () => [{ event: 'declined', to: ['reporter'] }],
  },
  {
    // The duty officer's version of the text is what the department reads (rules §2 dispatch, §6).
    name: 'redact',
    from: ['filed', 'returned'],
    to: 'same',
    by: ['duty'],
    form: 'redact',
  },
  {
    name: 'sign',
    from: ['dispatched'],
    to: 'handling',
    by: ['officer', 'head'],
    guard: (_c, { relation, input }) =>
      relation === 'head' && input.headHandles !== true ? 'not-yours' : null,
    stops: ['sign'],
    starts: ['contact', 'resolve'],
    changes: (_c, { personId }) => ({ handlerId: personId }),
    tells: () => [{ event: 'signed', to: ['reporter'] }],
  },
];
