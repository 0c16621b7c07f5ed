/** The numbered letters of the ladder and of a transfer: which event writes which, to whom, under which number (rules §2, §4). Pure. */
import { runningClock, type CaseRecord, type OutboxEntry } from './case.js';
import type { Relation, Role } from './people.js';
import type { Conduct, Domain } from './taxonomy.js';

export const letterKinds = [
  'supervision',
  'interview',
  'transfer-draft',
  'transfer',
  'transfer-receipt',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What a letter is numbered with: 督办函, 约谈通知, 移送函（稿）, 移交函, 移交回执. */
const signs: Readonly<Record<LetterKind, string>> = {
  supervision: '督',
  interview: '约',
  'transfer-draft': '移稿',
  transfer: '移',
  'transfer-receipt': '移回',
};

export interface LetterNumber {
  readonly kind: LetterKind;
  readonly year: number;
  /** Counts from 1 per kind and year. */
  readonly number: number;
}

/** 督〔2026〕017号. */
export const letterNumber = ({ kind, year, number }: LetterNumber): string =>
  `${signs[kind]}〔${year}〕${String(number).padStart(3, '0')}号`;

/** What a letter says, fixed when it was written. It holds no word of the report and no reporter's name (rules §6). */
export interface LetterFacts {
  readonly caseNumber: string;
  readonly department: { readonly zh: string; readonly en: string } | null;
  readonly headName: string | null;
  readonly domain: Domain;
  readonly conduct: Conduct | null;
  readonly urgent: boolean;
  readonly filedAt: Date;
  readonly dueAt: Date | null;
  /** The date depends on a year whose holidays are not announced; an older letter does not say. */
  readonly dueProvisional?: boolean;
  readonly issuedAt: Date;
  /** By when the addressee is to explain. */
  readonly answerBy: Date | null;
  readonly answerByProvisional?: boolean;
  /** The second letter about one overdue date. */
  readonly second: boolean;
  /** Numbers of the letters that went before in this case. */
  readonly earlier: readonly string[];
  /** Organ and legal basis, as the supervisor wrote them for a transfer. */
  readonly basis: string | null;
}

/** A letter that was written. */
export interface Letter extends LetterNumber {
  readonly id: string;
  readonly caseId: string;
  /** The timed step it belongs to; null for a transfer. */
  readonly clock: OutboxEntry['clock'] | null;
  readonly facts: LetterFacts;
}

/** The letters that an event of a case writes. */
export function lettersOf({ event, clock }: Pick<OutboxEntry, 'event' | 'clock'>): readonly LetterKind[] {
  if (event === 'transferred') return ['transfer', 'transfer-receipt'];
  if (clock === undefined || (clock.name !== 'resolve' && clock.name !== 'redo')) return [];
  if (clock.step === 'E2' || clock.step === 'E2b') return ['supervision'];
  return clock.step === 'E4' ? ['interview', 'transfer-draft'] : [];
}

/** Takes a case and its letters, gives the newest that still waits for an explanation: unexplained, its clock running on. */
export function unexplained(c: CaseRecord, letters: readonly Letter[]): Letter | undefined {
  return letters.findLast(({ kind, clock, facts }) => {
    if (kind !== 'supervision' || !clock || (c.explainedAt && c.explainedAt >= facts.issuedAt)) return false;
    return runningClock(c, clock.name)?.generation === clock.generation;
  });
}

/** False where nothing in a case's history can have written a letter: no timed step, no transfer. */
export const mayHaveLetters = ({ history }: Pick<CaseRecord, 'history'>): boolean =>
  history.some(({ transition }) => transition === 'timed' || transition === 'transfer');

/** To whom a letter is sent with the card of its step; whoever else may hold it asks for it on the card. */
export const isSentTo = (kind: LetterKind, role: Role): boolean =>
  role === 'supervisor' || role === (kind === 'supervision' ? 'head' : 'leader');

/** Who may hold a letter: a supervision letter goes to the head, all the others stay with the commission. */
export function mayHold(kind: LetterKind, relation: Relation): boolean {
  if (relation === 'supervisor' || relation === 'leader' || relation === 'duty') return true;
  return kind === 'supervision' && relation === 'head';
}
