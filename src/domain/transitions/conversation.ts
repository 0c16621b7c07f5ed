/** Rows of rules §2 in which people speak: first contact, messages, notes, urging, explaining. */
import type { Audience, CaseRecord } from '../case.js';
import { after, type TimeRules } from '../clocks.js';
import { tellsHeldFiles, withWaitingFiles } from '../held-files.js';
import { alertedAt } from '../ladder.js';
import {
  liveStates,
  written,
  type By,
  type Tell,
  type TransitionRequest,
  type TransitionRow,
} from './row.js';

/** The reporter speaks with whoever holds the case; the department and the commission speak with the reporter. */
function counterpart(c: CaseRecord, relation: By): readonly Audience[] {
  if (relation !== 'reporter') return ['reporter'];
  // A department that has given the case back has nothing to answer any more.
  if (c.track === 'integrity' || c.department === null || c.state === 'returned') return ['duty'];
  return c.handlerId === null ? ['officers'] : ['handler'];
}

export const conversationRows: readonly TransitionRow[] = [
  {
    name: 'contact',
    from: ['handling'],
    to: 'same',
    by: ['handler'],
    form: 'message',
    guard: (c, request) => (c.contactedAt === null ? written(c, request) : 'already-done'),
    stops: ['contact'],
    changes: (_c, { now }) => ({ contactedAt: now }),
    tells: () => [{ event: 'message', to: ['reporter'] }],
  },
  {
    name: 'contact-by-call',
    from: ['handling'],
    to: 'same',
    by: ['handler'],
    form: 'call',
    guard: (c, request) => {
      if (c.contactedAt !== null) return 'already-done';
      return c.confidentiality === 'open' ? written(c, request) : 'call-needs-open';
    },
    stops: ['contact'],
    changes: (_c, { now }) => ({ contactedAt: now }),
    tells: () => [{ event: 'called', to: ['reporter'] }],
  },
  {
    // Before first contact the handler is offered `contact` instead: his first message is the contact.
    name: 'message',
    from: liveStates,
    to: 'same',
    by: ['reporter', 'handler', 'duty', 'supervisor'],
    form: 'message',
    guard: (c, request) => {
      if (request.relation === 'handler' && c.contactedAt === null) return 'contact-first';
      return written(c, request);
    },
    // The commission's first words to the reporter of a sealed case are its first answer (rules §3, sealed).
    stops: (c, { relation }) => (c.state === 'sealed' && relation !== 'reporter' ? ['sealed-answer'] : []),
    changes: (c, request) => withWaitingFiles(c, request),
    tells: (c, request) => [
      { event: 'message', to: counterpart(c, request.relation) },
      ...tellsHeldFiles(c, request),
    ],
  },
  {
    name: 'note',
    from: liveStates,
    to: 'same',
    by: ['handler', 'head', 'liaison', 'duty', 'supervisor'],
    form: 'note',
    guard: written,
  },
  {
    name: 'urge',
    from: ['dispatched', 'handling', 'submitted'],
    to: 'same',
    by: ['reporter'],
    guard: (c, { now }, { rules, time }) => {
      if (c.urgedAt === null) return null;
      return now < after(c.urgedAt, rules.caps.urge.oncePer, time) ? 'urged-already' : null;
    },
    changes: (c, { now }) => ({ urgedAt: now, urgeCount: c.urgeCount + 1 }),
    tells: (c, _request, { rules }) => {
      // The third urge is one step on (rules §4).
      const often = c.urgeCount + 1 === rules.ladder.oneStepOn.urges;
      const up: readonly Tell[] = often ? [{ event: 'urged-often', to: ['supervisor'] }] : [];
      if (c.state === 'submitted') return [{ event: 'urged', to: ['duty'] }, ...up];
      return [
        { event: 'urged', to: c.handlerId === null ? ['officers', 'head'] : ['handler', 'head'] },
        ...up,
      ];
    },
  },
  {
    name: 'explain',
    from: ['dispatched', 'handling', 'submitted'],
    to: 'same',
    by: ['head'],
    form: 'explain',
    guard: (c, request) =>
      c.clocks.some((clock) => clock.stepsDone.includes('E2'))
        ? written(c, request)
        : 'nothing-to-acknowledge',
    changes: (_c, { now }) => ({ explainedAt: now }),
    tells: () => [{ event: 'explained', to: ['supervisor'] }],
  },
  {
    // The E1 card asks its addressees to say that they have seen it (rules §4).
    name: 'acknowledge',
    from: liveStates,
    to: 'same',
    by: ['head', 'duty', 'supervisor', 'leader'],
    guard: (c, request, rules) => (hasOpenAlert(c, request, rules) ? null : 'nothing-to-acknowledge'),
  },
];

/** Whether an alert of a clock that still runs went to this person, and he has not acknowledged it (rules §2: the addressee). */
function hasOpenAlert(c: CaseRecord, { personId, relation }: TransitionRequest, rules: TimeRules): boolean {
  const at = alertedAt(c, relation, rules);
  if (at === null) return false;
  return !c.history.some(
    (entry) => entry.transition === 'acknowledge' && entry.by === personId && entry.at >= at,
  );
}
