import { isCertain, matchDepartments } from '../domain/routing/match-departments.js';
import { asksForExclusion } from '../domain/exclusions.js';
import { classify } from '../domain/routing/classify.js';
import { wasSealed, type CaseRecord, type RoutingProposal } from '../domain/case.js';
import { changeCase } from './change-case.js';
import type { ActionDeps } from './deps.js';

/**
 * The router: proposes departments from the confirmed facts and the words, dispatches by itself when that is certain
 * and the organisation wants it, else lays the case before the duty officer (rules §1). Safe to repeat.
 */
export const routeCase =
  (deps: ActionDeps) =>
  async (caseId: string): Promise<void> => {
    const { store } = deps;
    const c = await store.cases.byId(caseId);
    if (!c || c.state !== 'filed') return;
    const proposal = c.proposal ?? (await propose(deps, c));
    if (c.proposal === null) {
      await changeCase(deps)({ caseId, name: 'propose', viewer: null, causeId: null, input: { proposal } });
    }
    const department = proposal.departments[0];
    if (proposal.certain && department !== undefined) {
      await changeCase(deps)({
        caseId,
        name: 'dispatch',
        viewer: null,
        causeId: null,
        input: { department, tier: proposal.tier },
      });
    }
  };

async function propose({ store }: ActionDeps, c: CaseRecord): Promise<RoutingProposal> {
  // The words of what was sealed lead to whom it is about: only a person chooses where that goes.
  if (wasSealed(c)) return { departments: [], tier: c.tier, certain: false };
  const [known, routing, messages] = await Promise.all([
    store.organisation.departments(),
    store.organisation.routing(),
    store.messages.ofCase(c.id),
  ]);
  const departments = known.filter(({ gone }) => gone !== true);
  const text = messages.find(({ kind }) => kind === 'report')?.text ?? '';
  const matching = matchDepartments(text, c.domain, departments).filter(
    (code) => !c.excludedDepartments.includes(code),
  );
  const certain =
    routing.autoDispatch &&
    isCertain({
      proposal: classify(text),
      kind: c.kind,
      track: c.track,
      confirmed: c.confirmed,
      departments: matching,
      excluded: asksForExclusion(c),
      confidentiality: c.confidentiality,
    });
  // The department for everything else may be the very one that is to be kept out.
  const spare = routing.fallback !== null && !c.excludedDepartments.includes(routing.fallback);
  const fallback = matching.length === 0 && spare ? [routing.fallback] : [];
  return { departments: [...matching, ...fallback].slice(0, 3), tier: c.tier, certain };
}
