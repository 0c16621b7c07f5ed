/** How a reviewed draft becomes a case (rules §2, row file; §1 kinds and tracks). Pure. */
import { untouchedAccess } from './access.js';
import type { CaseRecord, OutboxEntry } from './case.js';
import { promisedDate, startClock, type TimeRules } from './clocks.js';
import { nextWake } from './due-steps.js';
import {
  endsInReceipt,
  trackOf,
  type Confidentiality,
  type Conduct,
  type Domain,
  type Kind,
  type Source,
  type Tier,
} from './taxonomy.js';

export interface ReviewedReport {
  readonly id: string;
  readonly number: string;
  readonly draftId: string;
  readonly reporterId: string;
  readonly enterpriseId: string | null;
  readonly verified: boolean;
  /** An enterprise was named. */
  readonly named: boolean;
  readonly kind: Kind;
  readonly domain: Domain;
  readonly conduct: Conduct | null;
  readonly tier: Tier;
  readonly urgent: boolean;
  readonly confidentiality: Confidentiality;
  readonly fileCount: number;
  readonly confirmed: boolean;
  /** Contacts of the enterprise: as staff they stay out of it. */
  readonly interestedIds?: readonly string[];
  /** Who must not see it, and the text in which the reporter named them. */
  readonly excludedDepartments?: readonly string[];
  readonly excludedPersonIds?: readonly string[];
  readonly exclusionMessageId?: string;
  readonly reportMessageId: string;
  readonly now: Date;
  readonly causeId: string;
  /** Who filed it for the enterprise, and how he heard of it. */
  readonly onBehalf?: OnBehalf;
}

export interface OnBehalf {
  readonly source: Source;
  readonly byId: string;
  readonly relation: 'duty' | 'liaison';
}

/** What nobody has done to a case yet; also what a case stored by an older version lacks. */
export const untouched = {
  calendarRevision: 0,
  excludedPersonIds: [],
  excludedDepartments: [],
  access: untouchedAccess,
  proposal: null,
  department: null,
  handlerId: null,
  promisedAt: null,
  provisional: false,
  closedAt: null,
  endedAt: null,
  contactedAt: null,
  signOffAskedAt: null,
  explainedAt: null,
  pauseUntil: null,
  waitCount: 0,
  declinedBy: null,
  appealedAt: null,
  returnedBy: [],
  extension: null,
  extensionCount: 0,
  tasks: [],
  listedAt: null,
  leaderId: null,
  unsealAskedBy: null,
  transferAskedBy: null,
  mergedInto: null,
  source: null,
  filedById: null,
  linkedIds: [],
  urgedAt: null,
  urgeCount: 0,
  redoCount: 0,
  reopenCount: 0,
  pressure: 0,
  closings: [],
  heldAt: null,
  eraseAt: null,
  erasedAt: null,
} as const satisfies Partial<CaseRecord>;

/** Takes a reviewed report, gives the case: filed with its dispatch clock, or sealed at once on the integrity track. */
export function fileCase(report: ReviewedReport, rules: TimeRules): CaseRecord {
  const {
    reportMessageId,
    exclusionMessageId,
    now,
    causeId,
    onBehalf,
    interestedIds = [],
    ...facts
  } = report;
  const { excludedDepartments = [], excludedPersonIds = [] } = report;
  const by = onBehalf?.byId ?? report.reporterId;
  const track = report.kind === 'complaint' && report.conduct ? trackOf(report.conduct) : 'service';
  const sealed = track === 'integrity';
  const state = sealed ? 'sealed' : 'filed';
  const firstWord = (event: string, to: OutboxEntry['to']): OutboxEntry => ({
    id: `1-${event}`,
    event,
    to,
    at: now,
    byPersonId: by,
    messageId: reportMessageId,
  });
  const blank: CaseRecord = {
    ...facts,
    rev: 1,
    state,
    rulesVersion: rules.rules.rulesVersion,
    track,
    ...untouched,
    excludedDepartments,
    excludedPersonIds,
    calendarRevision: rules.calendarRevision,
    access: { ...untouchedAccess, interestedIds },
    source: onBehalf?.source ?? null,
    filedById: onBehalf?.byId ?? null,
    filedAt: now,
    clocks: [],
    survey: null,
    history: [
      {
        rev: 1,
        at: now,
        transition: onBehalf ? 'file-for' : 'file',
        by,
        relation: onBehalf?.relation ?? 'reporter',
        causeId,
        from: null,
        to: state,
        messageIds: [reportMessageId, ...(exclusionMessageId ? [exclusionMessageId] : [])],
      },
    ],
    outbox: [
      ...(sealed ? [firstWord('sealed', ['duty', 'supervisor'])] : []),
      ...(onBehalf ? [firstWord('filed-for-you', ['reporter'])] : []),
    ],
    wakeAt: null,
  };
  const started = firstClocks(blank).reduce<CaseRecord>(
    (c, name) => ({ ...c, clocks: startClock(c, name, now, rules) }),
    blank,
  );
  const dated = { ...started, ...promise(started, rules) };
  return { ...dated, wakeAt: nextWake(dated, rules) };
}

function firstClocks(c: CaseRecord) {
  if (c.state === 'sealed') return ['sealed-answer', 'sealed-decision'] as const;
  return endsInReceipt(c.kind) ? [] : (['dispatch'] as const);
}

function promise(c: CaseRecord, rules: TimeRules): Pick<CaseRecord, 'promisedAt' | 'provisional'> {
  const sealedClock = c.clocks.find((clock) => clock.name === 'sealed-decision');
  if (endsInReceipt(c.kind)) return { promisedAt: null, provisional: false };
  const promisedAt = sealedClock ? sealedClock.dueAt : promisedDate(c, c.filedAt, rules);
  return { promisedAt, provisional: rules.time.isProvisional(c.filedAt, promisedAt) };
}
