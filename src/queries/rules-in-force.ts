import type { RulesInForce } from '../domain/rules/proposal.js';
import type { QueryDeps } from './deps.js';

/** The numbers that new cases start with, as they are written, and since when. */
export const rulesInForce =
  ({ store, rules }: QueryDeps) =>
  async (): Promise<RulesInForce> => {
    await rules.refresh('now');
    const version = rules.current().rules.rulesVersion;
    const stored = await store.ruleVersions.byNumber(version);
    return {
      version,
      document: rules.document(),
      since: stored === null || stored.changedBy === null ? null : stored.changedAt,
    };
  };
