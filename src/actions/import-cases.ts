import { parse } from 'csv-parse/sync';
import { emptyOnBehalf } from '../domain/forms/on-behalf-form.js';
import { readRows, type ImportedRow, type ReadRows } from '../domain/import-rows.js';
import { languages } from '../domain/people.js';
import type { Person } from '../domain/person.js';
import { confidentialities, domains } from '../domain/taxonomy.js';
import { catalogs } from '../text/catalog.js';
import type { ActionDeps } from './deps.js';
import { whose } from './forms/file-for.js';
import { fileDraft } from './forms/file-report.js';
import { textOf } from './read-text-file.js';
import { readReport } from './forms/form-steps.js';

const mostBytes = 1024 * 1024;

export type ImportRead =
  | { readonly ok: false; readonly why: 'unreadable' | 'columns' }
  | { readonly ok: true; readonly importId: string | null; readonly read: ReadRows };

const called = <K extends string>(keys: readonly K[], words: (language: 'zh' | 'en') => Record<K, string>) =>
  Object.fromEntries(
    keys.map((key) => [key, languages.map((language) => words(language)[key])]),
  ) as unknown as Readonly<Record<K, readonly string[]>>;

/** Reads a file of cases; nothing is filed yet, and nothing can be while a row is wrong. */
export const readImport =
  ({ store, seal, download }: ActionDeps) =>
  async (person: Person, fileId: string): Promise<ImportRead> => {
    const bytes = await download(fileId, mostBytes);
    const records = bytes && recordsOf(bytes);
    if (!records) return { ok: false, why: 'unreadable' };
    const read = readRows(records, {
      domain: called(domains, (language) => catalogs[language].words.domain),
      confidentiality: called(confidentialities, (language) => catalogs[language].words.confidentiality),
    });
    if (!read) return { ok: false, why: 'columns' };
    if (read.errors.length > 0) return { ok: true, importId: null, read };
    // The id comes from the content: the same file sent again is the same import, and makes no second case.
    const importId = seal.tag('import', `${person.id} ${JSON.stringify(read.rows)}`, 12);
    await store.imports.put(importId, person.id, read.rows);
    return { ok: true, importId, read };
  };

/** Null for what is no table. */
function recordsOf(bytes: Buffer): string[][] | null {
  try {
    return parse(textOf(bytes), { relaxColumnCount: true, skipEmptyLines: true });
  } catch {
    return null;
  }
}

/** Files every row that was read; each has an id of its own, so that a run cut short is finished by the next. */
export const confirmImport =
  (deps: ActionDeps) =>
  async (person: Person, importId: string, causeId: string): Promise<number | null> => {
    const rows = await deps.store.imports.rowsOf(importId, person.id);
    if (!rows) return null;
    await deps.store.imports.begin(importId, causeId);
    for (const [i, row] of rows.entries())
      await fileRow(deps, { person, row, id: `${importId}-${i}`, causeId });
    await deps.store.imports.finish(importId);
    return rows.length;
  };

/** Goes on with imports that whoever began them did not finish; a row filed already is left alone. */
export const continueImports =
  (deps: ActionDeps) =>
  async (begunBefore: Date): Promise<number> => {
    const unfinished = await deps.store.imports.unfinished(begunBefore);
    for (const { id, personId, causeId } of unfinished) {
      const person = await deps.store.people.byId(personId);
      const filed = person && (await confirmImport(deps)(person, id, causeId));
      if (!filed) await deps.store.imports.finish(id);
    }
    return unfinished.length;
  };

interface Filing {
  readonly person: Person;
  readonly row: ImportedRow;
  readonly id: string;
  readonly causeId: string;
}

async function fileRow(deps: ActionDeps, { person, row, id, causeId }: Filing): Promise<void> {
  if (await deps.store.cases.byDraft(id)) return;
  const now = deps.clock.now();
  const read = readReport(now.getUTCFullYear())(row.text);
  const answers = {
    ...emptyOnBehalf([], false),
    text: row.text,
    kind: read.kind,
    domain: row.domain ?? read.domain,
    conduct: read.conduct,
    tier: read.tier,
    urgent: read.urgent,
    confidentiality: row.confidentiality,
    enterprise: { id: null, name: row.enterprise },
  };
  const { enterpriseId, reporter } = await whose(deps, answers);
  await fileDraft(deps, {
    draft: {
      id,
      personId: person.id,
      role: 'duty',
      form: 'report',
      transition: null,
      caseId: null,
      rev: 1,
      state: 'open',
      answers,
      causes: [],
      album: null,
      cardMessageId: null,
    },
    by: person,
    reporter,
    causeId,
    answers: { ...answers, enterprise: { id: enterpriseId, name: row.enterprise } },
    onBehalf: { source: 'import', byId: person.id, relation: 'duty' },
  });
}
