/** What a letter says in one language; the words are in zh.ts and en.ts beside this file. */
import { letterNumber, type Letter, type LetterKind } from '../domain/letters.js';
import type { Language } from '../domain/people.js';
import { en } from './en.js';
import { zh } from './zh.js';

export interface LetterText {
  readonly title: string;
  readonly number: string;
  readonly addressee: string;
  readonly paragraphs: readonly string[];
  /** Lines for a pen. */
  readonly blanks: readonly string[];
  readonly sender: string;
  readonly date: string;
}

/** The facts of a letter, written out for a sentence. */
export interface Wording {
  readonly caseNumber: string;
  readonly department: string;
  readonly headName: string | null;
  readonly about: string;
  readonly filed: string;
  readonly due: string;
  readonly answerBy: string;
  readonly second: boolean;
  readonly earlier: string;
  readonly basis: string;
}

export interface LetterWords {
  readonly title: Readonly<Record<LetterKind, string>>;
  readonly addressee: Readonly<Record<LetterKind, (w: Wording) => string>>;
  readonly paragraphs: Readonly<Record<LetterKind, (w: Wording) => readonly string[]>>;
  readonly blanks: Readonly<Partial<Record<LetterKind, readonly string[]>>>;
  readonly nobody: string;
  readonly sender: string;
  readonly none: string;
  /** After a date in a year whose holidays are not announced. */
  readonly provisional: string;
  readonly about: (domain: LetterDomain, conduct: LetterConduct | null, urgent: boolean) => string;
  readonly joined: (numbers: readonly string[]) => string;
  /** Above the translation that stands below the official text. */
  readonly courtesy: string;
}
export type LetterDomain = Letter['facts']['domain'];
export type LetterConduct = NonNullable<Letter['facts']['conduct']>;

const words: Readonly<Record<Language, LetterWords>> = { zh, en };

/** Takes a letter, a language and a time zone, gives its text. Nothing but the facts of the letter goes in (rules §6). */
export function letterText(letter: Letter, language: Language, timeZone: string): LetterText {
  const { kind, facts } = letter;
  const w = words[language];
  const day = (at: Date | null): string => (at ? letterDate(at, language, timeZone) : w.none);
  const instant = (at: Date | null, provisional = false): string =>
    at ? `${day(at)} ${letterTime(at, timeZone)}${provisional ? w.provisional : ''}` : w.none;
  const wording: Wording = {
    caseNumber: facts.caseNumber,
    department: facts.department?.[language] ?? w.nobody,
    headName: facts.headName,
    about: w.about(facts.domain, facts.conduct, facts.urgent),
    filed: day(facts.filedAt),
    due: instant(facts.dueAt, facts.dueProvisional),
    answerBy: instant(facts.answerBy, facts.answerByProvisional),
    second: facts.second,
    earlier: facts.earlier.length > 0 ? w.joined(facts.earlier) : w.none,
    basis: facts.basis ?? w.none,
  };
  return {
    title: w.title[kind],
    number: letterNumber(letter),
    addressee: w.addressee[kind](wording),
    paragraphs: w.paragraphs[kind](wording),
    blanks: w.blanks[kind] ?? [],
    sender: w.sender,
    date: day(facts.issuedAt),
  };
}

export const courtesyLine = words.en.courtesy;

/** 2026年12月7日 · 7 December 2026. */
const letterDate = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(at);

const letterTime = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
