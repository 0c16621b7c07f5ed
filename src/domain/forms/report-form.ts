/** The steps of a report: free text first, then only what is missing (design §2.2, rules §1). */
import {
  conducts,
  confidentialities,
  domains,
  kinds,
  trackOf,
  type Confidentiality,
  type Conduct,
  type Domain,
  type Kind,
  type Source,
  type Tier,
} from '../taxonomy.js';
import { isBrief, isGreeting, withBrief, type MaybeAnswer } from '../loose-words.js';
import { departmentReader, type DepartmentReader } from '../visibility.js';
import { takeExcluded } from './exclusion-step.js';
import { takeEnterprise } from './enterprise-step.js';
import {
  boundedText,
  limits,
  refused,
  taken,
  withFile,
  type Attachment,
  type FormStep,
  type StepInput,
  type Taken,
} from './form.js';

export interface KnownEnterprise {
  readonly id: string;
  readonly name: string;
}

export interface ReportAnswers extends MaybeAnswer {
  readonly text?: string;
  readonly kind?: Kind;
  readonly domain?: Domain;
  readonly conduct?: Conduct;
  readonly tier?: Tier;
  readonly urgent?: boolean;
  /** What the words did not tell clearly enough, so that the person is asked. */
  readonly unclear?: readonly ('kind' | 'domain' | 'conduct')[];
  /** The enterprises the reporter is a contact of. */
  readonly known: readonly KnownEnterprise[];
  readonly enterprise?: {
    readonly id: string | null;
    readonly name: string | null;
    /** The credit code that was typed with the name; its check holds. */
    readonly uscc?: string;
  };
  readonly files: readonly Attachment[];
  readonly filesDone?: boolean;
  readonly confidentiality?: Confidentiality;
  /** Who must not see it: departments by code, people as he wrote their names. */
  readonly excluded?: { readonly departments: readonly string[]; readonly names?: string };
  readonly excludedDone?: boolean;
  readonly reviewed?: boolean;
  readonly editing?: string;
  /** Staff fill it in for somebody else; a liaison for his own enterprises only. */
  readonly onBehalf?: { readonly source?: Source; readonly onlyKnown: boolean };
}

export const emptyReport = (known: readonly KnownEnterprise[]): ReportAnswers => {
  const only = known.length === 1 ? known[0] : undefined;
  return { known, files: [], ...(only ? { enterprise: only } : {}) };
};

/** Nothing was told yet, so there is nothing to keep. */
export const isEmptyReport = (a: ReportAnswers): boolean => a.text === undefined && a.files.length === 0;

/** What the router reads out of the words; given from outside so that the form stays a table. */
export interface ReadReport {
  readonly kind: Kind;
  readonly domain: Domain;
  readonly conduct: Conduct;
  readonly tier: Tier;
  readonly urgent: boolean;
  readonly unclear: readonly ('kind' | 'domain' | 'conduct')[];
}

export const isIntegrity = (a: ReportAnswers): boolean =>
  a.kind === 'complaint' && a.conduct !== undefined && trackOf(a.conduct) === 'integrity';

/** How its name would come to a department once it is sent. */
export const departmentReaderOf = (a: ReportAnswers): DepartmentReader =>
  departmentReader({ kind: a.kind ?? 'complaint', track: isIntegrity(a) ? 'integrity' : 'service' });

const asks = (field: 'kind' | 'domain' | 'conduct') => (a: ReportAnswers) =>
  a.unclear?.includes(field) ?? false;

/** A report without a name can only be locked (rules §1). */
export const isNameless = (a: ReportAnswers): boolean =>
  a.enterprise !== undefined && a.enterprise.name === null;

export const confidentialityChoices = (a: ReportAnswers): readonly Confidentiality[] =>
  isNameless(a) ? ['locked'] : confidentialities;

function choose<T extends string>(choices: readonly T[], input: StepInput): Taken<T> {
  if (input.type !== 'choice') return refused('choose-a-button');
  const choice = choices.find((known) => known === input.choice);
  return choice ? taken(choice) : refused('choice-unknown');
}

function cleared(a: ReportAnswers, field: 'kind' | 'domain' | 'conduct'): Pick<ReportAnswers, 'unclear'> {
  return { unclear: (a.unclear ?? []).filter((unclear) => unclear !== field) };
}

/** Words typed beside a file, or later on, are added to the report. */
function addText(a: ReportAnswers, text: string): Taken<ReportAnswers> {
  const joined = boundedText(
    a.text === undefined ? text : `${a.text}\n${text}`,
    limits.text,
    'too-long-or-file',
  );
  return joined.ok ? taken({ ...a, text: joined.answers }) : joined;
}

function addFile(a: ReportAnswers, input: StepInput & { type: 'file' }): Taken<ReportAnswers> {
  const files = withFile(a.files, input.file);
  if (!files.ok) return files;
  const withFiles = { ...a, files: files.answers };
  return input.caption ? addText(withFiles, input.caption) : taken(withFiles);
}

export function reportSteps(read: (text: string) => ReadReport): readonly FormStep<ReportAnswers>[] {
  /** New words are read again; what the person chose himself stays. */
  const reread = (a: ReportAnswers): ReportAnswers => {
    if (a.text === undefined || a.kind !== undefined) return a;
    return { ...a, ...read(a.text) };
  };
  const mapTaken = (result: Taken<ReportAnswers>): Taken<ReportAnswers> =>
    result.ok ? taken(reread(result.answers)) : result;

  /** Words and files that come while a button is asked for are part of the report; what was unclear is read again. */
  const toldMore = (
    a: ReportAnswers,
    input: Exclude<StepInput, { type: 'choice' }>,
  ): Taken<ReportAnswers> => {
    const more = input.type === 'file' ? addFile(a, input) : addText(a, input.text);
    const open = a.unclear ?? [];
    if (!more.ok || open.length === 0 || more.answers.text === a.text) return more;
    const { unclear, ...now } = read(more.answers.text ?? '');
    const found = Object.fromEntries(open.map((field) => [field, now[field]]));
    return taken({ ...more.answers, ...found, unclear: open.filter((field) => unclear.includes(field)) });
  };

  return [
    {
      name: 'text',
      isOpen: (a) => a.text === undefined,
      take: (a, input) => {
        if (input.type === 'file') return mapTaken(addFile(a, input));
        if (input.type !== 'text') return refused('text-or-files-please');
        const typed = withBrief(a, input.text);
        if (a.text === undefined && isGreeting(typed)) return refused('greeting');
        const text = boundedText(typed, limits.text, 'too-long-or-file');
        if (!text.ok) return isBrief(a, typed, text.refusal) ? taken({ ...a, brief: typed }) : text;
        const { kind: _k, domain: _d, conduct: _c, brief: _b, ...rest } = a;
        return taken(reread({ ...rest, text: text.answers }));
      },
    },
    {
      name: 'kind',
      isOpen: asks('kind'),
      take: (a, input) => {
        if (input.type !== 'choice') return toldMore(a, input);
        const kind = choose(kinds, input);
        return kind.ok ? taken({ ...a, kind: kind.answers, ...cleared(a, 'kind') }) : kind;
      },
    },
    {
      name: 'domain',
      isOpen: asks('domain'),
      take: (a, input) => {
        if (input.type !== 'choice') return toldMore(a, input);
        const domain = choose(domains, input);
        return domain.ok ? taken({ ...a, domain: domain.answers, ...cleared(a, 'domain') }) : domain;
      },
    },
    {
      name: 'conduct',
      isOpen: (a) => a.kind === 'complaint' && asks('conduct')(a),
      take: (a, input) => {
        if (input.type !== 'choice') return toldMore(a, input);
        const conduct = choose(conducts, input);
        return conduct.ok ? taken({ ...a, conduct: conduct.answers, ...cleared(a, 'conduct') }) : conduct;
      },
    },
    {
      name: 'enterprise',
      isOpen: (a) => a.enterprise === undefined,
      take: (a, input) => (input.type === 'file' ? toldMore(a, input) : takeEnterprise(a, input)),
    },
    {
      name: 'files',
      isOpen: (a) => a.filesDone !== true,
      take: (a, input) => {
        if (input.type === 'file') return addFile(a, input);
        if (input.type === 'text') return addText(a, input.text);
        if (input.choice === 'remove') return taken({ ...a, files: [] });
        return input.choice === 'done' ? taken({ ...a, filesDone: true }) : refused('choice-unknown');
      },
    },
    {
      name: 'confidentiality',
      isOpen: (a) => a.confidentiality === undefined,
      take: (a, input) => {
        if (input.type !== 'choice') return toldMore(a, input);
        const level = choose(confidentialityChoices(a), input);
        return level.ok ? taken({ ...a, confidentiality: level.answers }) : level;
      },
    },
    { name: 'excluded', isOpen: (a) => a.excludedDone === false, take: takeExcluded },
    { name: 'review', isOpen: (a) => a.reviewed !== true, take: takeReview },
    {
      name: 'consent',
      isOpen: () => true,
      take: (a, input) => {
        if (input.type !== 'choice') return takeReview(a, input);
        return input.choice === 'back' ? taken({ ...a, reviewed: false }) : refused('choice-unknown');
      },
    },
  ];
}

export const editableFields = [
  'text',
  'kind',
  'domain',
  'conduct',
  'enterprise',
  'files',
  'confidentiality',
  'excluded',
  'urgent',
] as const;

function takeReview(a: ReportAnswers, input: StepInput): Taken<ReportAnswers> {
  if (input.type === 'file') return addFile(a, input);
  if (input.type === 'text') return addText(a, input.text);
  if (input.choice === 'continue') return taken({ ...a, reviewed: true });
  if (input.choice === 'urgent') return taken({ ...a, urgent: a.urgent !== true });
  const field = editableFields.find((name) => name === input.choice);
  if (!field) return refused('choice-unknown');
  if (field === 'files') return taken({ ...a, filesDone: false });
  if (field === 'excluded') return taken({ ...a, excludedDone: false });
  return taken({ ...a, editing: field });
}
