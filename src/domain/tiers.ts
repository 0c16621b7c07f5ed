/** Which tiers a case can have (rules §1). Pure. */
import type { CaseRecord } from './case.js';
import { tiers, type Tier } from './taxonomy.js';

const ofSeveral: readonly Tier[] = ['complex', 'legacy'];

/** The tier of a case once several departments work on it. */
export const tierOfSeveral = (tier: Tier): Tier => (ofSeveral.includes(tier) ? tier : 'complex');

/** What may be chosen: a question's tier for questions alone; with several departments it is complex at least. */
export function tiersFor({ kind, tasks }: Pick<CaseRecord, 'kind' | 'tasks'>): readonly Tier[] {
  if (tasks.length > 0) return ofSeveral;
  return kind === 'consultation' ? tiers : tiers.filter((tier) => tier !== 'consult');
}
