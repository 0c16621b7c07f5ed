/** What a row of the transition table says (rules §2). The rows themselves are in the files beside this one. */
import { openStates, type Audience, type CaseRecord, type CaseState, type RoutingProposal } from '../case.js';
import type { Span } from '../clock-limits.js';
import type { ClockName } from '../clock-names.js';
import type { TimeRules } from '../clocks.js';
import type { Relation } from '../people.js';
import type { RefusalName } from './refusals.js';
import type { Confidentiality, Tier } from '../taxonomy.js';

export const transitionNames = [
  'propose',
  'turn-into-case',
  'merge',
  'link',
  'ask-more',
  'supplement',
  'lapse-supplement',
  'decline',
  'appeal',
  'set-tier',
  'dispatch',
  'redact',
  'return',
  'take-back',
  'sign',
  'contact',
  'contact-by-call',
  'message',
  'note',
  'wait',
  'resume',
  'lapse-wait',
  'ask-extension',
  'grant-extension',
  'refuse-extension',
  'add-task',
  'finish-task',
  'ask-sign-off',
  'submit',
  'redo',
  'close',
  'answer-survey',
  'survey-by-call',
  'comment-survey',
  'reopen',
  'reopen-by-call',
  'withdraw',
  'withdraw-by-call',
  'urge',
  'raise',
  'list',
  'delist',
  'take-charge',
  'release',
  'report-progress',
  'reassign',
  'set-confidentiality',
  'seal',
  'ask-unseal',
  'unseal',
  'ask-transfer',
  'transfer',
  'enter-receipt',
  'acknowledge',
  'explain',
  'grant-tolerance',
  'ask-unmask',
  'defer-unmask-notice',
  'approve-unmask',
  'refuse-unmask',
  'end-unmask',
  'tell-unmask',
  'ask-lower',
  'agree-lower',
  'refuse-lower',
  'confirm-enterprise',
  'doubt-enterprise',
  'release-file',
  'exclude',
  'lift-exclusion',
  'settle-names',
  'archive',
  'hold',
  'release-hold',
  'erase',
  'leave',
] as const;
export type TransitionName = (typeof transitionNames)[number];

/** Who may: a relation to the case, or the program itself. */
export type By = Relation | 'system';

/** What a person types or sends before the transition can happen; each is a form of its own. */
export const formNames = [
  'report',
  'decline',
  'redact',
  'message',
  'note',
  'call',
  'submit',
  'redo',
  'comment',
  'withdraw',
  'seal',
  'explain',
  'ask-more',
  'supplement',
  'appeal',
  'return',
  'wait',
  'resume',
  'extension',
  'task',
  'raise',
  'list',
  'progress',
  'unseal',
  'transfer',
  'receipt',
  'tolerance',
  'unmask',
  'defer',
  'lower',
  'hold',
  'release-hold',
] as const;
export type FormName = (typeof formNames)[number];

export interface TransitionInput {
  readonly department?: string;
  readonly tier?: Tier;
  readonly proposal?: RoutingProposal;
  readonly survey?: { readonly question: string; readonly answer: string };
  /** Ids of the texts that were stored for it. */
  readonly messageIds?: readonly string[];
  readonly headSignsOff?: boolean;
  /** The department has no officer: its head signs and handles. */
  readonly headHandles?: boolean;
  /** The parent of the department that holds the case; null at the top of the tree. */
  readonly parentDepartment?: string | null;
  /** The department that has the case does not exist any more. */
  readonly departmentGone?: boolean;
  readonly handlerId?: string;
  readonly confidentiality?: Confidentiality;
  readonly intoCaseId?: string;
  readonly otherCaseId?: string;
  /** With them kept out nobody of the commission could see it. */
  readonly leavesNobody?: boolean;
  /** Somebody is to be kept out whom nobody knows, and nobody has decided about him. */
  readonly namesOpen?: boolean;
  /** People to be kept out. */
  readonly personIds?: readonly string[];
  /** Working days asked for. */
  readonly days?: number;
  /** The reporter says that somebody asked him to. */
  readonly asked?: boolean;
  readonly step?: string;
  /** People whom the actor has invited, or who invited him. */
  readonly relatedIds?: readonly string[];
  /** A file of the enterprise, as `message#place`. */
  readonly fileKey?: string;
  /** Those that come with these words. */
  readonly fileKeys?: readonly string[];
  /** They follow the first file of an album, which was told. */
  readonly inAlbum?: boolean;
}

export interface TransitionRequest {
  readonly name: TransitionName;
  readonly personId: string | null;
  readonly relation: By;
  /** The departments the person acts for. */
  readonly departments: readonly string[];
  readonly input: TransitionInput;
  readonly now: Date;
  readonly causeId: string | null;
}

export interface Tell {
  readonly event: string;
  readonly to: readonly Audience[];
}

export type { RefusalName } from './refusals.js';

export interface TransitionRow {
  readonly name: TransitionName;
  readonly from: readonly CaseState[];
  readonly to: CaseState | 'same' | ((c: CaseRecord, request: TransitionRequest) => CaseState);
  readonly by: readonly By[];
  /** The form that gathers what it needs; without one a press is enough. */
  readonly form?: FormName;
  /** Moves the due date of running clocks later. */
  readonly extends?: (
    c: CaseRecord,
    rules: TimeRules,
  ) => { readonly names: readonly ClockName[]; readonly by: Span };
  /** Its press first shows the departments, the levels of confidentiality, or the tiers, to choose from. */
  readonly choosesDepartment?: boolean;
  readonly choosesLevel?: boolean;
  readonly choosesTier?: boolean;
  /** Rarely wanted: stands behind the card's "more" button. */
  readonly rare?: boolean;
  /** Not offered as a button on a card: the program or a form's own button asks for it. */
  readonly hidden?: boolean;
  readonly guard?: (c: CaseRecord, request: TransitionRequest, rules: TimeRules) => RefusalName | null;
  readonly stops?:
    | readonly ClockName[]
    | ((c: CaseRecord, request: TransitionRequest) => readonly ClockName[]);
  readonly starts?:
    | readonly ClockName[]
    | ((c: CaseRecord, request: TransitionRequest) => readonly ClockName[]);
  /** Paused clocks keep the time they have left; the resumed ones run on with it (rules §2, wait and supplement). */
  readonly pauses?: readonly ClockName[];
  readonly resumes?: readonly ClockName[];
  readonly changes?: (c: CaseRecord, request: TransitionRequest, rules: TimeRules) => Partial<CaseRecord>;
  readonly tells?: (c: CaseRecord, request: TransitionRequest, rules: TimeRules) => readonly Tell[];
}

export const liveStates: readonly CaseState[] = [...openStates, 'sealed'];

/** Refuses an empty form. */
export const written = (_c: CaseRecord, { input }: TransitionRequest): RefusalName | null =>
  input.messageIds?.length ? null : 'nothing-written';
