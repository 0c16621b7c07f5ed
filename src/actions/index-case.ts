import type { CaseRecord } from '../domain/case.js';
import { isErased } from '../domain/retention.js';
import { partsOf, searchForm, wordsOf } from '../domain/search/words.js';
import { departmentVersion } from '../domain/masking/department-version.js';
import { writerOf } from '../queries/writer.js';
import type { ActionDeps } from './deps.js';

/**
 * Keeps the words by which a case is found up to date, after a change was told: filed, redacted, dispatched, sealed,
 * made more confidential. A department's scope holds the approved version only, and nothing of the integrity track;
 * the name of a locked enterprise is in no scope, or searching for it would tell whose case it is (rules §6).
 * Does not throw: a search that misses a case is better than news that nobody gets.
 */
export const indexCase =
  (deps: ActionDeps) =>
  async (c: CaseRecord): Promise<void> => {
    try {
      await bringUpToDate(deps, c);
    } catch (error) {
      deps.log.error('the words of a case could not be indexed', { caseId: c.id, error });
    }
  };

async function bringUpToDate({ store, segmenter }: ActionDeps, c: CaseRecord): Promise<void> {
  if (isErased(c)) return await store.searchTokens.erase(c.id);
  const takenFrom = versionOf(c);
  if ((await store.searchTokens.takenFrom(c.id, 'commission')) === takenFrom) return;
  const wordsIn = async (text: string) => wordsOf(await segmenter.pieces(searchForm(text)));
  const [messages, identity] = await Promise.all([
    store.messages.ofCase(c.id),
    store.identities.ofCase(c.id),
  ]);
  const report = messages.find(({ kind }) => kind === 'report');
  const departments = departmentsOf(c);
  const facts = { caseId: c.id, reporterId: c.reporterId, departments, filedAt: c.filedAt, takenFrom };
  if (departments.length > 0) {
    const read = report && departmentVersion(report, c.confidentiality, writerOf(identity, messages));
    const words = await wordsIn(read ?? '');
    await store.searchTokens.put({ ...facts, scope: 'department', words, moreWords: partsOf(words) });
  } else {
    await store.searchTokens.erase(c.id, ['department']);
  }
  const words = await wordsIn(report?.text ?? '');
  const name = await wordsIn(c.confidentiality === 'locked' ? '' : (identity?.enterpriseName ?? ''));
  const moreWords = [...name, ...partsOf([...words, ...name])];
  await store.searchTokens.put({ ...facts, scope: 'commission', words, moreWords });
}

/** Everything on which the words of a case depend, as one text. */
const versionOf = (c: CaseRecord): string =>
  JSON.stringify([
    c.confidentiality,
    departmentsOf(c),
    c.history.filter((entry) => entry.transition === 'redact').length,
    // What the enterprise says later may tell a name that stands in the report.
    c.history.filter((entry) => entry.relation === 'reporter' && entry.messageIds.length > 0).length,
  ]);

/** The departments that may find the case: none before it was dispatched, none on the integrity track. */
const departmentsOf = (c: CaseRecord): readonly string[] =>
  c.track === 'integrity' || c.department === null
    ? []
    : [c.department, ...c.tasks.map((task) => task.department)];
