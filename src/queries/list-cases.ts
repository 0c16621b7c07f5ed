import type { CaseRecord, CaseState, Clock } from '../domain/case.js';
import { dueClock } from '../domain/due-clock.js';
import { relationOf, type Viewer } from '../domain/people.js';
import { mayRead, sightOf } from '../domain/visibility.js';
import { departmentVersion } from '../domain/masking/department-version.js';
import { writerOf } from './writer.js';
import { toldBeside } from './load-digest.js';
import type { QueryDeps } from './deps.js';
import { pageToken, readPageToken } from './page-token.js';

export const listNames = ['my', 'todo', 'pool'] as const;
export type ListName = (typeof listNames)[number];

export interface ListRow {
  readonly c: CaseRecord;
  /** What falls due first, to this viewer. */
  readonly clock: Clock | undefined;
  /** The first words, in the version the viewer may read. */
  readonly excerpt: string;
}

export interface ListPage {
  readonly list: ListName;
  readonly rows: readonly ListRow[];
  /** How many rows stand before the first one shown. */
  readonly before: number;
  readonly total: number;
  /** Tokens of the neighbouring pages; null where there is none. */
  readonly next: string | null;
  readonly previous: string | null;
}

const rowsPerPage = 8;

const poolStates: readonly CaseState[] = [
  'filed',
  'dispatched',
  'handling',
  'submitted',
  'sealed',
  'returned',
  'supplement',
  'waiting',
];

/** A liaison follows his enterprises' cases until they are put away. */
const poolFor = ({ role }: Viewer): readonly CaseState[] =>
  role === 'liaison' ? [...poolStates, 'closed', 'declined'] : poolStates;

const todoStates: Readonly<Partial<Record<Viewer['role'], readonly CaseState[]>>> = {
  officer: ['dispatched', 'handling', 'waiting'],
  head: ['dispatched', 'handling', 'waiting'],
  duty: ['filed', 'returned', 'submitted', 'sealed'],
  supervisor: ['filed', 'returned', 'submitted', 'sealed', 'transferred'],
  leader: ['sealed'],
};

/** One page of what a viewer may see: his own cases, his to-do, or the commission's pool; the first one without a token. */
export const listCases =
  (deps: QueryDeps) =>
  async (list: ListName, viewer: Viewer, token: string): Promise<ListPage> => {
    const { store } = deps;
    const todo = todoStates[viewer.role] ?? [];
    const asked = { from: readPageToken(token), limit: rowsPerPage };
    const found =
      list === 'my'
        ? await store.cases.ofReporter(viewer.personId, asked)
        : await store.cases.listFor(viewer, {
            ...asked,
            states: list === 'pool' ? poolFor(viewer) : todo,
            dueOnly: list === 'todo',
            also: list === 'todo' ? await besideOf(deps, viewer, todo) : [],
          });
    return {
      list,
      // Whatever the index says, only what he may see is shown (rules §6).
      rows: await asRows(
        store,
        found.cases.filter((c) => sightOf(relationOf(viewer, c), c).exists),
        viewer,
      ),
      before: found.before,
      total: found.total,
      next: found.next && pageToken(found.next),
      previous: found.previous && pageToken(found.previous),
    };
  };

/** What belongs to a to-do whatever state it is in: what the digest tells him of, and files that only he can give. */
async function besideOf(
  deps: QueryDeps,
  viewer: Viewer,
  todo: readonly CaseState[],
): Promise<readonly string[]> {
  const told = await toldBeside(deps, viewer, todo);
  if (viewer.role !== 'duty') return told;
  return [...new Set([...told, ...(await deps.store.work.withWaitingFiles(deps.clock.now()))])];
}

/** The rows of a list, each with its first words in the version the viewer may read. */
export async function asRows(
  store: QueryDeps['store'],
  cases: readonly CaseRecord[],
  viewer: Viewer,
): Promise<readonly ListRow[]> {
  const ids = cases.map((c) => c.id);
  const seen = cases.map((c) => {
    const relation = relationOf(viewer, c);
    return { c, relation, content: sightOf(relation, c).content };
  });
  const covered = seen.filter(({ content }) => content === 'department');
  const [reports, identities, said] = await Promise.all([
    store.messages.reportsOf(ids),
    store.identities.ofCases(ids),
    Promise.all(covered.map(async ({ c: { id } }) => [id, await store.messages.ofCase(id)] as const)),
  ]);
  const messages = new Map(said);
  return seen.map(({ c, relation, content }) => {
    const report = reports.get(c.id);
    const clock = dueClock(c, relation);
    const readable = report !== undefined && mayRead(report, relation);
    if (!readable || content === 'masked') return { c, clock, excerpt: '' };
    const writer = writerOf(identities.get(c.id) ?? null, messages.get(c.id) ?? []);
    const words =
      content === 'department' ? departmentVersion(report, c.confidentiality, writer) : report.text;
    return { c, clock, excerpt: words };
  });
}
