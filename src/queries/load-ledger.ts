import type { CaseState } from '../domain/case.js';
import { mayReadLedger, type Viewer } from '../domain/people.js';
import type { Department } from '../store/organisation.js';
import type { QueryDeps } from './deps.js';
import { loadCard, type CardFacts } from './load-card.js';

export const ledgerTabs = ['submitted', 'open', 'closed'] as const;
/** What waits to be struck off, what is still in hand, what was struck off. */
export type LedgerTab = (typeof ledgerTabs)[number];

const statesOf: Readonly<Record<LedgerTab, readonly CaseState[]>> = {
  submitted: ['submitted'],
  open: ['dispatched', 'returned', 'handling', 'waiting'],
  closed: ['closed', 'archived'],
};

export interface LedgerPage {
  readonly department: Department;
  readonly tab: LedgerTab;
  readonly counts: Readonly<Record<LedgerTab, number>>;
  readonly rows: readonly CardFacts[];
  readonly page: number;
  readonly pages: number;
}

export interface LedgerAsked {
  readonly department: string;
  readonly tab: LedgerTab;
  /** From 1; a page that no longer exists becomes the last one. */
  readonly page: number;
}

const rowsPerPage = 5;

/** Takes a department, a tab and a page, gives the page as this viewer may see it; null for a department that is unknown or not his. */
export const loadLedger =
  (deps: QueryDeps) =>
  async (viewer: Viewer, asked: LedgerAsked): Promise<LedgerPage | null> => {
    const { store } = deps;
    if (!mayReadLedger(viewer, asked.department)) return null;
    const department = await store.organisation.department(asked.department);
    if (!department) return null;
    const of = (tab: LedgerTab) => ({
      department: department.code,
      states: statesOf[tab],
      personId: viewer.personId,
      role: viewer.role,
    });
    const [submitted, open, closed] = await Promise.all([
      store.ledger.count(of('submitted')),
      store.ledger.count(of('open')),
      store.ledger.count(of('closed')),
    ]);
    const counts = { submitted, open, closed };
    const pages = Math.max(1, Math.ceil(counts[asked.tab] / rowsPerPage));
    const page = Math.min(Math.max(1, Math.trunc(asked.page)), pages);
    const ids = await store.ledger.ids(of(asked.tab), {
      newestFirst: asked.tab === 'closed',
      skip: (page - 1) * rowsPerPage,
      limit: rowsPerPage,
    });
    const rows = await Promise.all(ids.map((id) => loadCard(deps)(id, viewer)));
    return {
      department,
      tab: asked.tab,
      counts,
      rows: rows.filter((row) => row !== null),
      page,
      pages,
    };
  };
