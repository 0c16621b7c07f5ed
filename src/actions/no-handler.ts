import type { CaseRecord } from '../domain/case.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { ActionDeps } from './deps.js';
import type { Addressee } from './find-audience.js';

interface NoHandler {
  /** The revision since which nobody has had it in hand: for one and the same each is told once. */
  readonly since: number;
  /** Business time. */
  readonly at: Date;
}

/** Tells somebody that a case has nobody who handles it (rules §4). */
export const noHandler = (
  { seal }: Pick<ActionDeps, 'seal'>,
  { id }: CaseRecord,
  { personId, role }: Addressee,
  { since, at }: NoHandler,
): NewDelivery => ({
  id: seal.lookup('delivery', JSON.stringify([id, 'no-handler', since, personId])),
  caseId: id,
  personId,
  role,
  event: 'no-handler',
  order: `${at.toISOString()} no-handler`,
});
