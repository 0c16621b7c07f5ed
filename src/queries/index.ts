import { casesThatAsk } from './cases-that-ask.js';
import { deadLetters } from './dead-letters.js';
import type { QueryDeps } from './deps.js';
import { findCases } from './find-cases.js';
import { loadAudit } from './load-audit.js';
import { listCases } from './list-cases.js';
import { loadCard } from './load-card.js';
import { loadDigest } from './load-digest.js';
import { loadInvite, loadOrganisation } from './load-organisation.js';
import { loadLedger } from './load-ledger.js';
import { loadStaff } from './load-staff.js';
import { loadTeam } from './load-team.js';
import { monthRanking } from './month-ranking.js';
import { rulesInForce } from './rules-in-force.js';
import { previewReaders } from './preview-readers.js';
import { nextWakes } from './next-wakes.js';

export type Queries = ReturnType<typeof createQueries>;

/** Everything that can be asked without changing anything. */
export const createQueries = (deps: QueryDeps) => ({
  card: loadCard(deps),
  audit: loadAudit(deps),
  digest: loadDigest(deps),
  team: loadTeam(deps),
  staff: loadStaff(deps),
  organisation: loadOrganisation(deps),
  invite: loadInvite(deps),
  list: listCases(deps),
  casesThatAsk: casesThatAsk(deps),
  ledger: loadLedger(deps),
  monthRanking: monthRanking(deps),
  nextWakes: nextWakes(deps),
  presentMonth: () => deps.rules.current().time.monthOf(deps.clock.now()),
  find: findCases(deps),
  previewReaders: previewReaders(deps),
  deadLetters: deadLetters(deps),

  /** The id of the case with a number, whoever asks; the card then shows what he may see. */
  caseIdOf: async (number: string): Promise<string | null> =>
    (await deps.store.cases.byNumber(number))?.id ?? null,

  refreshRules: deps.rules.refresh,
  calendarYears: async () => {
    await deps.rules.refresh('now');
    return deps.rules.years();
  },
  /** The numbers in force, as texts write them. */
  numbers: deps.rules.document,
  rulesInForce: rulesInForce(deps),
  casesOfReporter: deps.store.retained.countOfReporter,
  departments: deps.store.organisation.departments,
  draft: deps.store.drafts.byId,
  openReportOf: deps.store.drafts.openReportOf,
  formOfCause: deps.store.drafts.byCause,
  formOfAlbum: deps.store.drafts.byAlbum,
  cardAt: deps.store.cards.at,
  search: deps.store.searches.recall,
  /** The message that is kept up to date as somebody's card of a case. */
  ownCard: async (caseId: string, personId: string) =>
    (await deps.store.cards.currentOf(caseId)).find((card) => card.personId === personId) ?? null,

  counts: async () => ({
    cases: await deps.store.cases.countByState(),
    deliveries: await deps.store.deliveries.countByState(),
    ambiguous: await deps.store.deliveries.countAmbiguous(),
    deadLetters: await deps.store.deadLetters.count(),
  }),
});
