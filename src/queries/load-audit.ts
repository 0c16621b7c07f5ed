import { ownerRoles, type AuditEntry, type AuditFilter } from '../domain/audit.js';
import type { CaseRecord } from '../domain/case.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { mayLeave } from '../domain/viewers.js';
import { sightOf } from '../domain/visibility.js';
import type { Department } from '../store/organisation.js';
import type { QueryDeps } from './deps.js';

/** An entry as the auditor may read it. */
export interface AuditRow {
  readonly entry: AuditEntry;
  readonly number: string | null;
  /** Of staff only; nobody is named in what he does for an enterprise. */
  readonly name: string | null;
  /** Whom an act is about; of staff only. */
  readonly about: string | null;
}

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly departments: readonly Department[];
  /** Of the case that is read about. */
  readonly number: string | null;
  /** Numbers of entries between which the neighbouring pages lie; null where there is none. */
  readonly older: number | null;
}

const rowsPerPage = 10;

/**
 * Takes an auditor, what he reads by and below which entry, gives a page of the audit, the newest first. What is about a
 * case that he may not see is left out; enterprises and reporters have no name here (rules §6). Null: not his to read.
 */
export const loadAudit =
  ({ store }: QueryDeps) =>
  async (viewer: Viewer, filter: AuditFilter, below: number | null): Promise<AuditPage | null> => {
    if (viewer.role !== 'auditor') return null;
    const about = filter.by === 'case' ? await store.cases.byId(filter.caseId) : null;
    const isSpared = (c: CaseRecord): boolean => !sightOf(relationOf(viewer, c), c).exists;
    if (filter.by === 'case' && (!about || isSpared(about))) return null;
    const { shown, caseOf, older } = await visiblePage(store, isSpared, { filter, below });
    const [people, departments] = await Promise.all([
      store.people.byIds([...new Set(shown.flatMap((entry) => [entry.by, aboutOf(entry) ?? []].flat()))]),
      store.organisation.departments(),
    ]);
    const staff = new Set(people.filter((one) => !mayLeave(one)).map(({ id }) => id));
    const nameOf = new Map(people.map(({ id, contact }) => [id, contact.name]));
    return {
      departments,
      number: about?.number ?? null,
      rows: shown.map((entry) => ({
        entry,
        number: caseOf.get(entry.caseId ?? '')?.number ?? null,
        name: ownerRoles.includes(entry.role ?? '') ? null : (nameOf.get(entry.by) ?? null),
        about: staff.has(aboutOf(entry) ?? '') ? (nameOf.get(aboutOf(entry) ?? '') ?? null) : null,
      })),
      older,
    };
  };

/** A page without what is spared; it is filled up, for a short one would tell that something was left out. */
async function visiblePage(
  store: QueryDeps['store'],
  isSpared: (c: CaseRecord) => boolean,
  { filter, below }: { readonly filter: AuditFilter; readonly below: number | null },
): Promise<{
  readonly shown: readonly AuditEntry[];
  readonly caseOf: ReadonlyMap<string, CaseRecord>;
  readonly older: number | null;
}> {
  const caseOf = new Map<string, CaseRecord>();
  const visible: AuditEntry[] = [];
  let from = below;
  for (;;) {
    const entries = await store.audit.page(filter, from, rowsPerPage + 1);
    const found = await store.cases.byIds([...new Set(entries.flatMap(({ caseId }) => caseId ?? []))]);
    for (const c of found) caseOf.set(c.id, c);
    visible.push(
      ...entries.filter(({ caseId }) => {
        const c = caseOf.get(caseId ?? '');
        return !c || !isSpared(c);
      }),
    );
    if (visible.length > rowsPerPage || entries.length <= rowsPerPage) break;
    from = entries.at(-1)?.seq ?? null;
  }
  const shown = visible.slice(0, rowsPerPage);
  return { shown, caseOf, older: visible.length > rowsPerPage ? (shown.at(-1)?.seq ?? null) : null };
}

/** An act names whom it is about behind its codes. */
const aboutOf = ({ kind, detail }: AuditEntry): string | null =>
  kind === 'act' ? (detail?.split(' ')[1] ?? null) : null;
