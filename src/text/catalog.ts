/** The shape of a catalogue: a text that is missing in one language does not compile. */
import type { DepartmentReader, IdentityReader } from '../domain/visibility.js';
import type { CaseState } from '../domain/case.js';
import type { ClockName } from '../domain/clock-names.js';
import type { AttachmentKind, FormRefusal } from '../domain/forms/form.js';
import type { Language, Role } from '../domain/people.js';
import type { MoveReason } from '../domain/promise.js';
import type { Solved, SurveyTag } from '../domain/survey.js';
import type { Conduct, Confidentiality, Domain, Kind, Source, Tier } from '../domain/taxonomy.js';
import type { LedgerTab } from '../queries/load-ledger.js';
import type { RefusalName } from '../domain/transitions/refusals.js';
import type { TransitionName } from '../domain/transitions/row.js';
import type { RowError } from '../domain/import-rows.js';
import { defaultDocument, type RuleDocument } from '../domain/rules/settings.js';
import { en } from './en.js';
import { withNumbers } from './numbers.js';
import type { IdentityTexts } from './identity.js';
import type { AuditTexts } from './audit.js';
import type { KeepingTexts } from './keeping.js';
import type { StaffTexts } from './staff.js';
import type { OfficeTexts } from './office.js';
import type { CalendarTexts } from './calendar.js';
import type { SettingsTexts } from './settings.js';
import type { TechnicalTexts } from './technical.js';
import { zh } from './zh.js';

type Words<K extends string> = Readonly<Record<K, string>>;
type WithCount = (count: number) => string;
type ThreeWords = {
  readonly response: string;
  readonly resolution: string;
  readonly satisfaction: string;
};
export type Dated = { readonly due: string; readonly promised: string; readonly department: string };

/** Transitions a card never offers as a button. */
export type Unpressed =
  | 'propose'
  | 'answer-survey'
  | 'survey-by-call'
  | 'archive'
  | 'erase'
  | 'leave'
  | 'lapse-supplement'
  | 'lapse-wait'
  | 'merge'
  | 'link'
  | 'end-unmask'
  | 'tell-unmask'
  | 'release-file'
  | 'exclude'
  | 'lift-exclusion'
  | 'settle-names'
  | 'reassign';

export type SideName = 'enterprise' | 'department' | 'commission';
export type MessageKindName =
  | 'report'
  | 'message'
  | 'private'
  | 'call'
  | 'note'
  | 'reason'
  | 'result'
  | 'explanation'
  | 'comment'
  | 'access';

export const noticeNames = [
  'triage',
  'received-praise',
  'received-suggestion',
  'received-consultation',
  'became-a-case',
  'dispatched',
  'progress-dispatched',
  'declined',
  'signed',
  'message',
  'called',
  'urged',
  'explained',
  'sign-off-asked',
  'signed-off',
  'submitted',
  'submitted-head',
  'progress-submitted',
  'redo',
  'progress-redo',
  'survey',
  'struck-off',
  'survey-low',
  'survey-alarm',
  'survey-comment',
  'reopened',
  'reopened-commission',
  'withdrawn',
  'sealed',
  'progress-sealed',
  'asked-more',
  'supplemented',
  'lapsed-supplement',
  'appealed',
  'returned',
  'waiting',
  'resumed',
  'lapsed-wait',
  'extension-asked',
  'extension-granted',
  'progress-extended',
  'extension-refused',
  'task-added',
  'co-department-added',
  'progress-co-department',
  'task-done',
  'reassigned',
  'raised',
  'progress-raised',
  'progress-taken-back',
  'listed',
  'delisted',
  'leader-in-charge',
  'leader-released',
  'progress-reported',
  'unseal-asked',
  'progress-unsealed',
  'transfer-asked',
  'transferred',
  'progress-transferred',
  'receipt-entered',
  'tolerance-granted',
  'exclusion-lifted',
  'name-hidden',
  'name-locked',
  'progress-merged',
  'filed-for-you',
  'survey-by-phone',
  'tell-by-phone',
  'urged-often',
  'redone-again',
  'withdraw-wish',
  'withdraw-alarm',
  'no-handler',
  'conflict-in-hand',
  'unmask-asked',
  'unmasked',
  'unmask-refused',
  'unmask-lapsed',
  'progress-unmasked',
  'lower-asked',
  'lower-agreed',
  'lower-refused',
  'files-held',
  'file-released',
  'progress-file-released',
  'enterprise-confirmed',
  'enterprise-doubted',
  'progress-recalendar',
  'reporter-left',
] as const;
export type NoticeName = (typeof noticeNames)[number];

/** Refusals that need no parameter. */
export type PlainRefusal =
  | RefusalName
  | FormRefusal
  | 'no-such-case'
  | 'done-by-you'
  | 'stale'
  | 'forged'
  | 'form-over'
  | 'earlier-words'
  | 'sent-already';

export interface Catalog {
  readonly words: {
    readonly kind: Words<Kind>;
    readonly domain: Words<Domain>;
    readonly conduct: Words<Conduct>;
    /** Nobody has said what went wrong. */
    readonly conductOpen: string;
    readonly tier: Words<Tier>;
    readonly confidentiality: Words<Confidentiality>;
    readonly state: Words<CaseState>;
    readonly role: Words<Role>;
    readonly clock: Words<ClockName>;
    readonly attachment: Words<AttachmentKind>;
    readonly urgent: string;
    readonly department: string;
    readonly commission: string;
    readonly enterprise: string;
    readonly unverified: string;
    readonly nameless: string;
    readonly provisional: string;
  };
  readonly buttons: {
    readonly transition: Words<Exclude<TransitionName, Unpressed> | 'sign-off'>;
    readonly dispatchTo: (name: string) => string;
    readonly otherDepartment: string;
    readonly tier: (name: string) => string;
    readonly open: string;
    readonly back: string;
    readonly cancel: string;
    readonly send: string;
    readonly continue: string;
    readonly filesDone: WithCount;
    readonly removeFiles: string;
    readonly nameless: string;
    readonly edit: (field: string) => string;
    readonly files: WithCount;
    readonly fullText: string;
    readonly resumeDraft: string;
    readonly answers: (number: string) => string;
    readonly newDraft: string;
    readonly report: string;
    readonly my: string;
    readonly todo: string;
    readonly pool: string;
    readonly next: string;
    readonly previous: string;
    readonly moreActions: string;
    readonly yes: string;
    readonly no: string;
    readonly solved: Words<Solved>;
    /** From 1 (very dissatisfied) to 5. */
    readonly satisfied: readonly [string, string, string, string, string];
    readonly tags: Words<SurveyTag>;
    readonly tagsDone: string;
    readonly skip: string;
    readonly declineSurvey: string;
    readonly urgentOn: string;
    readonly urgentOff: string;
    readonly preset: Words<'resubmit' | 'other'>;
  };
  readonly status: {
    readonly reporter: Readonly<
      Record<
        | 'filed'
        | 'consultation'
        | 'supplement'
        | 'dispatched'
        | 'returned'
        | 'handling'
        | 'waiting'
        | 'submitted'
        | 'sealed'
        | 'sealedAnswered',
        (p: Dated) => string
      >
    > &
      Words<
        | 'received'
        | 'closed'
        | 'closedDone'
        | 'closedDeclined'
        | 'closedUnanswered'
        | 'declined'
        | 'withdrawn'
        | 'archived'
        | 'merged'
        | 'transferred'
      >;
    readonly staff: Readonly<
      Record<
        | 'filed'
        | 'supplement'
        | 'waiting'
        | 'dispatched'
        | 'dispatchedOwn'
        | 'returned'
        | 'handling'
        | 'handlingOwn'
        | 'coDispatched'
        | 'coHandling'
        | 'coDone'
        | 'contact'
        | 'submitted'
        | 'sealed'
        | 'transferred',
        (p: Dated) => string
      >
    > &
      Words<
        | 'received'
        | 'returnedDepartment'
        | 'submittedDepartment'
        | 'signOff'
        | 'closed'
        | 'closedDone'
        | 'closedDeclined'
        | 'closedUnanswered'
        | 'declined'
        | 'withdrawn'
        | 'archived'
        | 'merged'
        | 'transferredDone'
      >;
    readonly gone: string;
    readonly takenOver: string;
    readonly overdue: string;
    readonly overdueOf: (clock: string) => string;
  };
  readonly card: {
    readonly tasks: string;
    readonly taskOpen: string;
    readonly taskDone: string;
    readonly explanationOwed: (letter: { readonly number: string; readonly by: string }) => string;
    readonly listed: string;
    readonly leaderInCharge: string;
    readonly extensionAsked: (days: number) => string;
    readonly chooseLevel: string;
    readonly levelChanged: (p: { readonly at: string; readonly level: string }) => string;
    readonly merged: string;
    readonly theReport: string;
    readonly departmentReads: string;
    readonly masked: string;
    readonly proposal: string;
    readonly noProposal: string;
    readonly who: string;
    readonly identityHidden: string;
    /** Told to the reporter: who can see his name. */
    readonly ownIdentity: Words<Exclude<Confidentiality, 'open'>>;
    readonly ownOpen: Words<DepartmentReader>;
    readonly identityLocked: string;
    readonly filesHeld: WithCount;
    readonly filesComing: WithCount;
    readonly thread: string;
    readonly promised: (date: string) => string;
    readonly whoSees: string;
    readonly result: string;
    readonly speaker: Words<SideName | 'own'>;
    readonly kinds: Words<MessageKindName>;
    readonly withFiles: WithCount;
    readonly surveyResult: (p: {
      readonly contacted: string;
      readonly solved: string;
      readonly satisfied: string;
    }) => string;
    readonly surveyUnanswered: string;
    readonly pressure: WithCount;
    readonly redoCount: WithCount;
    readonly urgeCount: WithCount;
    readonly chooseDepartment: string;
    readonly chooseTier: string;
  };
  readonly survey: Words<
    | 'contacted'
    | 'solved'
    | 'satisfied'
    | 'tags'
    | 'thanks'
    | 'thanksOnly'
    | 'thanksDeclined'
    | 'offerRedo'
    | 'alarm'
  >;
  readonly notices: Words<NoticeName> & {
    /** Above a notice for somebody who cannot be reached, told to whoever stands in for him. */
    readonly standIn: { readonly reporter: string; readonly staff: (role: string) => string };
    readonly phaseOne: (number: string) => string;
    readonly clock: (p: { readonly clock: string; readonly step: string }) => string;
    readonly fileLetter: (number: string) => string;
    readonly acknowledge: string;
    readonly dispatchedHead: string;
    /** Below a notice that moves the promised date later: why. */
    readonly moved: (why: string) => string;
    readonly movedBy: Words<MoveReason>;
    /** Under a notice whose request is over. */
    readonly overtaken: string;
  };
  readonly help: {
    readonly chooseLanguage: string;
    readonly languageSet: string;
    readonly honesty: string;
    readonly honestyOk: string;
    readonly welcome: Words<'enterprise' | 'staff'>;
    readonly roleLine: (role: string, department: string | null) => string;
    readonly chooseRole: string;
    readonly roleSet: (role: string) => string;
    readonly commands: Words<CommandName>;
    readonly help: Words<'enterprise' | 'department' | 'commission' | 'liaison' | 'admin' | 'auditor'>;
    readonly privacy: string;
    readonly nothingToCancel: string;
    readonly cancelled: string;
    readonly draftKept: string;
    readonly unknown: string;
    readonly unknownStaff: string;
    readonly replyByStaff: string;
    readonly replyNotTaken: string;
    readonly notForRole: string;
    readonly deadLetter: (ref: string) => string;
    readonly giveNumber: string;
    readonly edited: string;
    readonly tooFast: string;
    readonly unsupported: string;
  };
  readonly report: {
    readonly start: string;
    readonly resume: (excerpt: string) => string;
    readonly filesFirst: WithCount;
    readonly orAnswer: WithCount;
    readonly brief: string;
    readonly rewrite: string;
    readonly kind: string;
    readonly domain: string;
    readonly conduct: string;
    readonly enterprise: string;
    readonly enterpriseKnown: string;
    readonly files: string;
    readonly confidentiality: string;
    /** `who` sees the name, be it that others do as well. */
    readonly confidentialityLine: Readonly<Record<Confidentiality, (who: string) => string>>;
    readonly namelessNote: string;
    readonly review: string;
    readonly fields: Words<
      | 'text'
      | 'kind'
      | 'domain'
      | 'conduct'
      | 'enterprise'
      | 'files'
      | 'confidentiality'
      | 'excluded'
      | 'urgent'
    >;
    readonly none: string;
    readonly consent: string;
    readonly consentWho: Words<IdentityReader>;
    readonly consentName: (name: string) => string;
    readonly consentNameless: string;
    readonly consentContent: Words<'service' | 'serviceOpen' | 'integrity' | 'other'>;
    /** A locked name is no help where the text tells it. */
    readonly tellsWho: string;
    readonly receiptTitle: string;
    readonly receipt: Readonly<
      Record<
        Kind | 'integrity',
        (p: { readonly number: string; readonly due: string; readonly promised: string }) => string
      >
    >;
    readonly added: string;
    readonly otherKept: string;
    readonly fileAdded: WithCount;
    readonly urgentMarked: string;
  };
  readonly forms: Words<
    | 'messageHeld'
    | 'urged'
    | 'resumeHeld'
    | 'ask-more'
    | 'supplement'
    | 'appeal'
    | 'return'
    | 'wait'
    | 'resume'
    | 'extension'
    | 'extensionDays'
    | 'task'
    | 'raise'
    | 'list'
    | 'progress'
    | 'unseal'
    | 'transfer'
    | 'receipt'
    | 'tolerance'
    | 'hold'
    | 'release-hold'
    | 'decline'
    | 'redact'
    | 'message'
    | 'contact'
    | 'note'
    | 'call'
    | 'result'
    | 'measures'
    | 'evidence'
    | 'check'
    | 'measuresLabel'
    | 'evidenceLabel'
    | 'redo'
    | 'comment'
    | 'withdraw'
    | 'seal'
    | 'explain'
    | 'submitSend'
    | 'signOffSend'
    | 'unmask'
    | 'defer'
    | 'deferDays'
    | 'lower'
    | 'lowerLevel'
    | 'done'
    | 'sent'
    | 'noted'
  > & {
    readonly withdrawWhy: string;
    readonly withdrawReasons: Words<'solved' | 'other' | 'asked'>;
    readonly evidenceCount: WithCount;
    readonly noEvidence: (reason: string) => string;
  };
  readonly refusals: Words<PlainRefusal> & {
    readonly 'done-by-colleague': (p: { readonly time: string }) => string;
  };
  readonly lists: {
    readonly my: string;
    readonly todo: string;
    readonly pool: string;
    readonly liaison: string;
    readonly empty: Words<'my' | 'todo' | 'pool' | 'liaison'>;
    readonly page: (from: number, to: number, total: number) => string;
    readonly due: (date: string) => string;
    readonly noDue: string;
    readonly filesWait: string;
  };
  readonly ledger: Words<
    | 'block'
    | 'unsigned'
    | 'noMeasures'
    | 'paused'
    | 'surveyLater'
    | 'surveyOpen'
    | 'surveyNone'
    | 'surveyDeclined'
    | 'choose'
    | 'tolerated'
  > & {
    readonly responsible: (who: string) => string;
    readonly measures: (which: string) => string;
    readonly term: (when: string) => string;
    readonly satisfaction: (how: string) => string;
    readonly promised: (date: string) => string;
    readonly inTime: (p: { readonly due: string; readonly at: string }) => string;
    readonly late: (p: { readonly due: string; readonly at: string }) => string;
    readonly title: (department: string) => string;
    readonly tabs: Readonly<Record<LedgerTab, WithCount>>;
    readonly empty: Words<LedgerTab>;
    readonly page: (page: number, pages: number) => string;
    readonly strike: (ordinal: string) => string;
    readonly struck: (number: string) => string;
  };
  readonly rank: Words<
    | 'preliminary'
    | 'running'
    | 'notRanked'
    | 'nothingClosed'
    | 'improved'
    | 'publish'
    | 'publishForGood'
    | 'sure'
    | 'publishedNow'
  > & {
    readonly title: (month: string) => string;
    readonly published: (date: string) => string;
    readonly weights: (p: ThreeWords) => string;
    readonly large: (from: string) => string;
    readonly medium: (p: { readonly from: string; readonly to: string }) => string;
    readonly small: (below: string) => string;
    readonly three: (p: ThreeWords) => string;
    readonly beside: (p: {
      readonly onTime: string;
      readonly hours: string;
      readonly reopened: string;
    }) => string;
    readonly coverage: (p: {
      readonly valid: string;
      readonly closed: string;
      readonly share: string;
      readonly declined: number;
    }) => string;
    readonly sampleTooSmall: (p: {
      readonly valid: string;
      readonly closed: string;
      readonly least: string;
    }) => string;
    readonly surveysOpen: WithCount;
    readonly refusals: Words<'not-yours' | 'month-not-over' | 'published-already' | 'nothing-ranked'>;
  };
  readonly importing: Words<'how' | 'unreadable' | 'columns' | 'forgotten'> & {
    readonly preview: WithCount;
    readonly errors: WithCount;
    readonly done: WithCount;
    readonly wrong: (p: { readonly line: number; readonly what: string }) => string;
    readonly reasons: Words<RowError>;
  };
  readonly onBehalf: Words<
    'title' | 'source' | 'text' | 'enterprise' | 'enterpriseOwn' | 'told' | 'noChat' | 'asked'
  > & {
    readonly sources: Words<Source>;
    readonly confirm: (enterprise: string) => string;
  };
  readonly duplicates: Words<'title' | 'merge' | 'link'> & {
    readonly line: (p: {
      readonly number: string;
      readonly state: string;
      readonly percent: number;
    }) => string;
    readonly linked: (p: { readonly number: string; readonly state: string }) => string;
    readonly open: (number: string) => string;
  };
  readonly find: Words<'title' | 'nothing' | 'noSuchNumber' | 'how' | 'forgotten'>;
  readonly keeping: KeepingTexts;
  /** Who must not see a case. */
  readonly exclusions: Words<
    'hint' | 'ask' | 'done' | 'none' | 'button' | 'choose' | 'choosePeople' | 'supervisorLifts' | 'noneOfOurs'
  > & {
    readonly chosen: (who: string) => string;
    readonly line: (who: string) => string;
    readonly people: WithCount;
    readonly unmatched: WithCount;
    readonly unmatchedAre: (names: string) => string;
    readonly peopleOf: (group: string) => string;
  };
  readonly office: OfficeTexts;
  readonly settings: SettingsTexts;
  readonly identity: IdentityTexts;
  readonly calendar: CalendarTexts;
  readonly audit: AuditTexts;
  readonly technical: TechnicalTexts;
  readonly staff: StaffTexts;
  readonly health: (p: {
    readonly cases: string;
    readonly deliveries: string;
    readonly deadLetters: number;
  }) => string;
}

export type CommandName =
  | 'start'
  | 'help'
  | 'audit'
  | 'cancel'
  | 'language'
  | 'privacy'
  | 'report'
  | 'my'
  | 'case'
  | 'find'
  | 'file'
  | 'import'
  | 'todo'
  | 'pool'
  | 'ledger'
  | 'team'
  | 'rank'
  | 'role'
  | 'health'
  | 'rules'
  | 'org'
  | 'invite'
  | 'calendar';

const raw: Readonly<Record<Language, Catalog>> = { zh, en };

/** The texts of a language with the numbers of the rules in force written into them: `{reopen}` becomes “15 days”. */
export const catalogFor = (language: Language, document: RuleDocument): Catalog =>
  withNumbers(raw[language], document);

/** The texts with the numbers an organisation starts with. */
export const catalogs: Readonly<Record<Language, Catalog>> = {
  zh: catalogFor('zh', defaultDocument),
  en: catalogFor('en', defaultDocument),
};
