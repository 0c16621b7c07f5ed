/** Rows of rules §2 and §6 about the reporter's name: two persons unmask, consent lowers, files go to the department one by one. */
import {
  daysAfter,
  dueAccess,
  isLower,
  minutesAfter,
  openLowering,
  unmaskLimits,
  type Unmask,
} from '../access.js';
import { caseStates, type CaseRecord, type CaseState } from '../case.js';
import type { Role } from '../people.js';
import type { RefusalName } from './refusals.js';
import { liveStates, written, type TransitionRequest, type TransitionRow } from './row.js';

const withClosed: readonly CaseState[] = [...liveStates, 'closed'];

const withUnmask = (c: CaseRecord, change: Partial<Unmask>): Partial<CaseRecord> =>
  c.access.unmask ? { access: { ...c.access, unmask: { ...c.access.unmask, ...change } } } : {};

/** The second person is not the first one, and neither has brought the other in. */
export function mayDecideOn(
  askedBy: string | null,
  { personId, input }: TransitionRequest,
): RefusalName | null {
  if (askedBy === null) return 'not-asked-yet';
  if (askedBy === personId) return 'needs-another-person';
  return input.relatedIds?.includes(askedBy) ? 'needs-independent-person' : null;
}

/** A request stands for its days, whether or not a sweep has come by to end it. */
const standing = ({ access: { unmask } }: CaseRecord, now: Date): Unmask | null =>
  unmask?.state === 'asked' && now < unmask.endsAt ? unmask : null;

const mayApprove = (c: CaseRecord, request: TransitionRequest): RefusalName | null =>
  c.confidentiality === 'locked'
    ? mayDecideOn(standing(c, request.now)?.askedBy ?? null, request)
    : 'not-locked';

function mayVerify(c: CaseRecord): RefusalName | null {
  if (!c.named || c.confidentiality === 'locked') return 'name-hidden';
  return c.verified ? 'already-done' : null;
}

export const identityRows: readonly TransitionRow[] = [
  {
    name: 'ask-unmask',
    from: withClosed,
    to: 'same',
    by: ['duty', 'supervisor', 'leader'],
    form: 'unmask',
    rare: true,
    guard: (c, request) => {
      if (c.confidentiality !== 'locked') return 'not-locked';
      const open = c.access.unmask?.state === 'asked' || c.access.unmask?.state === 'seen';
      return open ? 'already-done' : written(c, request);
    },
    changes: (c, { personId, relation, input, now }) => ({
      access: {
        ...c.access,
        unmask: {
          state: 'asked',
          askedBy: personId ?? '',
          askedAs: relation as Role,
          askedAt: now,
          reasonId: input.messageIds?.[0] ?? '',
          approvedBy: null,
          endsAt: daysAfter(now, unmaskLimits.requestStandsDays),
          tellAt: null,
        },
      },
    }),
    tells: () => [{ event: 'unmask-asked', to: ['supervisor', 'leader'] }],
  },
  {
    // Put off before it is seen, so that whoever approves knows of it.
    name: 'defer-unmask-notice',
    from: withClosed,
    to: 'same',
    by: ['supervisor'],
    form: 'defer',
    rare: true,
    guard: (c, request) => {
      const unmask = standing(c, request.now);
      if (unmask === null) return 'not-asked-yet';
      const { days = 0 } = request.input;
      if (days < 1 || days > unmaskLimits.longestDeferralDays) return 'not-possible-now';
      return unmask.tellAt === null ? written(c, request) : 'already-done';
    },
    changes: (c, { input, now }, { time }) =>
      withUnmask(c, { tellAt: time.nextOpening(daysAfter(now, input.days ?? 1)) }),
  },
  {
    name: 'approve-unmask',
    from: withClosed,
    to: 'same',
    by: ['supervisor', 'leader'],
    guard: (c, request) => mayApprove(c, request),
    changes: (c, { personId, relation, now }) => {
      const { unmask } = c.access;
      if (!unmask) return {};
      const { reasonId, askedAs, tellAt } = unmask;
      const seen = { reasonId, at: now, askedAs, approvedAs: relation as Role, tellAt };
      return {
        access: {
          ...c.access,
          unmask: {
            ...unmask,
            state: 'seen',
            approvedBy: personId,
            endsAt: minutesAfter(now, unmaskLimits.viewMinutes),
          },
          unmaskings: [...c.access.unmaskings, { ...seen, toldAt: tellAt === null ? now : null }],
        },
      };
    },
    tells: (c) => [
      { event: 'unmasked', to: ['asker'] },
      ...(c.access.unmask?.tellAt === null
        ? [{ event: 'progress-unmasked', to: ['reporter'] as const }]
        : []),
    ],
  },
  {
    // Whoever asked may think better of it.
    name: 'refuse-unmask',
    from: withClosed,
    to: 'same',
    by: ['supervisor', 'leader'],
    guard: (c) => (c.access.unmask?.state === 'asked' ? null : 'not-asked-yet'),
    changes: (c) => withUnmask(c, { state: 'refused' }),
    tells: () => [{ event: 'unmask-refused', to: ['asker'] }],
  },
  {
    name: 'end-unmask',
    from: caseStates,
    to: 'same',
    by: ['system'],
    hidden: true,
    guard: (c, { now }) => (dueAccess(c, now) === 'end-unmask' ? null : 'not-possible-now'),
    changes: (c) => withUnmask(c, { state: 'ended' }),
    tells: (c) => (c.access.unmask?.state === 'asked' ? [{ event: 'unmask-lapsed', to: ['asker'] }] : []),
  },
  {
    name: 'tell-unmask',
    from: caseStates,
    to: 'same',
    by: ['system'],
    hidden: true,
    guard: (c, { now }) => (dueAccess(c, now) === 'tell-unmask' ? null : 'not-possible-now'),
    changes: (c, { now }) => ({
      access: {
        ...c.access,
        unmaskings: c.access.unmaskings.map((one) =>
          one.toldAt === null && one.tellAt !== null && one.tellAt <= now ? { ...one, toldAt: now } : one,
        ),
      },
    }),
    tells: () => [{ event: 'progress-unmasked', to: ['reporter'] }],
  },
  {
    // The duty officer may only ask; the name is the reporter's (rules §2, set-confidentiality).
    name: 'ask-lower',
    from: withClosed,
    to: 'same',
    by: ['duty'],
    form: 'lower',
    rare: true,
    guard: (c, request) => {
      if (!c.named) return 'nameless-stays-locked';
      if (c.confidentiality === 'open') return 'same-already';
      if (openLowering(c) !== null) return 'already-done';
      const { confidentiality: level } = request.input;
      return level !== undefined && !isLower(level, c.confidentiality) ? 'same-already' : written(c, request);
    },
    changes: (c, { input, now }) => ({
      access: { ...c.access, lowerAsked: { level: input.confidentiality ?? 'open', at: now } },
    }),
    tells: () => [{ event: 'lower-asked', to: ['reporter'] }],
  },
  {
    name: 'agree-lower',
    from: withClosed,
    to: 'same',
    by: ['reporter'],
    guard: (c) => (openLowering(c) === null ? 'not-asked-yet' : null),
    changes: (c) => ({
      confidentiality: openLowering(c) ?? c.confidentiality,
      access: { ...c.access, lowerAsked: null },
    }),
    tells: () => [{ event: 'lower-agreed', to: ['duty'] }],
  },
  {
    name: 'refuse-lower',
    from: withClosed,
    to: 'same',
    by: ['reporter'],
    guard: (c) => (openLowering(c) === null ? 'not-asked-yet' : null),
    changes: (c) => ({ access: { ...c.access, lowerAsked: null } }),
    tells: () => [{ event: 'lower-refused', to: ['duty'] }],
  },
  {
    // Anyone may report; a named enterprise is marked until somebody has checked that it is who it says (rules §1).
    name: 'confirm-enterprise',
    from: withClosed,
    to: 'same',
    by: ['duty'],
    guard: mayVerify,
    changes: (c) => ({ verified: true, access: { ...c.access, doubtedAt: null } }),
    tells: () => [{ event: 'enterprise-confirmed', to: ['reporter'] }],
  },
  {
    name: 'doubt-enterprise',
    from: withClosed,
    to: 'same',
    by: ['duty'],
    guard: (c) => (c.access.doubtedAt ? 'already-done' : mayVerify(c)),
    changes: (c, { now }) => ({ access: { ...c.access, doubtedAt: now } }),
    tells: () => [{ event: 'enterprise-doubted', to: ['reporter'] }],
  },
  {
    // Below open, voice, photos and files stay with the commission until released one by one (rules §6).
    name: 'release-file',
    from: withClosed,
    to: 'same',
    by: ['duty', 'supervisor'],
    hidden: true,
    guard: (c, { input }) => {
      if (c.track === 'integrity' || c.department === null || c.confidentiality === 'open')
        return 'not-possible-now';
      if (!input.fileKey) return 'not-possible-now';
      return c.access.releasedFiles.includes(input.fileKey) ? 'already-done' : null;
    },
    changes: (c, { input }) => ({
      access: {
        ...c.access,
        releasedFiles: [...c.access.releasedFiles, input.fileKey ?? ''],
        ...(c.access.waitingFiles
          ? { waitingFiles: c.access.waitingFiles.filter(({ key }) => key !== input.fileKey) }
          : {}),
      },
    }),
    tells: (c) => [
      { event: 'file-released', to: c.handlerId === null ? ['officers'] : ['handler'] },
      { event: 'progress-file-released', to: ['reporter'] },
    ],
  },
];
