/** What a row of an imported file must hold to become a case (rules §2, file-for). Pure. */
import { boundedText, limits } from './forms/form.js';
import { confidentialities, domains, type Confidentiality, type Domain } from './taxonomy.js';

export interface ImportedRow {
  readonly enterprise: string;
  readonly text: string;
  readonly domain: Domain | null;
  readonly confidentiality: Confidentiality;
}

export type RowError = 'enterprise' | 'text' | 'domain' | 'confidentiality';

export interface ReadRows {
  readonly rows: readonly ImportedRow[];
  /** Lines are counted as a spreadsheet counts them: the heading is line 1. */
  readonly errors: readonly { readonly line: number; readonly what: RowError }[];
}

/** How columns and values are called, in whatever language. */
export type Names<K extends string> = Readonly<Record<K, readonly string[]>>;

export interface ImportNames {
  readonly domain: Names<Domain>;
  readonly confidentiality: Names<Confidentiality>;
}

const columns: Names<RowError> = {
  enterprise: ['企业', '企业名称', 'enterprise'],
  text: ['诉求', '内容', 'text'],
  domain: ['领域', 'domain'],
  confidentiality: ['保密', 'confidentiality'],
};

export const mostRows = 200;

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
const named = <K extends string>(keys: readonly K[], names: Names<K>, value: string): K | undefined =>
  keys.find((key) => same(key, value) || names[key].some((name) => same(name, value)));

/** Takes the records of a file, the heading first; null when a needed column is missing or there are too many rows. */
export function readRows(records: readonly (readonly string[])[], names: ImportNames): ReadRows | null {
  const [heading = [], ...body] = records;
  const at = (column: RowError): number =>
    heading.findIndex((cell) => columns[column].some((name) => same(name, cell)));
  if (at('enterprise') < 0 || at('text') < 0 || body.length === 0 || body.length > mostRows) return null;
  const rows: ImportedRow[] = [];
  const errors: { line: number; what: RowError }[] = [];
  for (const [i, record] of body.entries()) {
    const cell = (column: RowError): string => (record[at(column)] ?? '').trim();
    const enterprise = boundedText(cell('enterprise'), limits.enterpriseName);
    const text = boundedText(cell('text'), limits.text);
    const domain = cell('domain') === '' ? null : named(domains, names.domain, cell('domain'));
    const confidentiality =
      cell('confidentiality') === ''
        ? 'commission'
        : named(confidentialities, names.confidentiality, cell('confidentiality'));
    const wrong = (
      [
        ['enterprise', enterprise.ok],
        ['text', text.ok],
        ['domain', domain !== undefined],
        ['confidentiality', confidentiality !== undefined],
      ] as const
    ).filter(([, right]) => !right);
    errors.push(...wrong.map(([what]) => ({ line: i + 2, what })));
    if (enterprise.ok && text.ok && domain !== undefined && confidentiality)
      rows.push({ enterprise: enterprise.answers, text: text.answers, domain, confidentiality });
  }
  return { rows, errors };
}
