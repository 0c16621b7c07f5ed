import type { Person } from '../domain/person.js';
import { viewerIn } from '../domain/viewers.js';
import { errorClassOf, InvariantError } from '../errors.js';
import type { Card } from '../store/cards.js';
import type { Claimed, Delivery } from '../store/deliveries.js';
import type { View } from '../text/view.js';
import { contentOf } from './delivery-content.js';
import { isInReach } from './keep-deliveries.js';
import type { Outcome } from './messenger.js';
import type { AuditNotes } from './note-audit.js';
import { pauseAfter, sendContent, type SendDeps, type Sending } from './send-content.js';

export interface DeliverDeps extends SendDeps {
  readonly auditNotes: AuditNotes;
  readonly keep: (person: Person) => Promise<void>;
  readonly refreshLater: (card: Omit<Card, 'current'>) => Promise<void>;
  readonly keepCurrent: (personId: string, telegramMessageId: number, shown: View) => Promise<void>;
}

/** Whoever has much waiting lets others in between: a chat takes one message a second. */
const mostInARow = 10;
/** A person clears his chat now and then; a chat in which no notice ever stays is nothing that trying mends. */
const mostLost = 3;

/**
 * Delivers what is open for one person, the oldest first: claim in the store, drop what is over or no longer his to
 * see, render now, send in two phases, store the message id as the very next thing (design §2.5). True when more may wait.
 */
export const deliverTo =
  (deps: DeliverDeps) =>
  async (personId: string): Promise<boolean> => {
    for (let i = 0; i < mostInARow; i++) {
      const delivery = await deps.store.deliveries.claimNext(personId);
      if (delivery === null || delivery === 'busy') return false;
      deps.crashPoint('claimed');
      if (!(await orBuried(deps, delivery))) return false;
    }
    return true;
  };

/** A bug is never retried: a delivery that cannot be rendered would hold up everything younger for its person. */
async function orBuried(deps: DeliverDeps, delivery: Claimed): Promise<boolean> {
  try {
    return await deliverOne(deps, delivery);
  } catch (error) {
    if (!(error instanceof InvariantError || error instanceof TypeError || error instanceof RangeError))
      throw error;
    deps.log.error('a delivery could not be rendered', { deliveryId: delivery.id, error });
    return await deps.store.deliveries.bury(delivery, {
      outcome: 'unknown',
      errorClass: errorClassOf(error),
    });
  }
}

/** True when the next one may follow at once. */
async function deliverOne(deps: DeliverDeps, delivery: Claimed): Promise<boolean> {
  const { store, log } = deps;
  const person = await store.people.byId(delivery.personId);
  if (!person) return await store.deliveries.drop(delivery);
  // Whoever has not chosen a language yet is spoken to when he has.
  if (!isInReach(person)) {
    await deps.keep(person);
    return false;
  }
  const content = await contentOf(deps, delivery, person);
  if (content === null) return await store.deliveries.drop(delivery);
  noteLooks(deps, { delivery, person, content });
  const outcome = await sendContent(deps, { delivery, person, content });
  if (outcome.kind === 'sent') {
    const { doubtful = false } = outcome;
    deps.crashPoint('edited');
    // Before it counts as sent: whoever dies here sends it again.
    if (content.kind === 'view') await deps.keepCurrent(person.id, outcome.messageId, content.view);
    // Somebody else took it over meanwhile: what was just written may be older than what he wrote. A document is never rewritten.
    if (!(await store.deliveries.markSent(delivery, { doubtful })) && content.kind === 'view')
      await deps.refreshLater({ ...delivery, telegramMessageId: outcome.messageId });
    return true;
  }
  log.info('a delivery did not go through', {
    deliveryId: delivery.id,
    reason: outcome.kind,
    attempts: delivery.attempts,
  });
  return await settle(deps, { delivery, person, outcome });
}

/** What is put before somebody without his asking is seen all the same; noted before it is sent, since it may arrive unknown to us. */
function noteLooks({ auditNotes }: DeliverDeps, { delivery, person, content }: Sending): void {
  const viewer = viewerIn(person, delivery.role);
  if (viewer && content.kind === 'view') auditNotes.looks(viewer, content.view.looks ?? []);
}

async function settle(
  deps: DeliverDeps,
  {
    delivery,
    person,
    outcome,
  }: { delivery: Delivery; person: Person; outcome: Exclude<Outcome, { kind: 'sent' }> },
): Promise<boolean> {
  const { store, clock } = deps;
  switch (outcome.kind) {
    case 'unreachable':
      // Refused, so it has not arrived. Whoever stood still with this answer knows nothing of today: the person may be back.
      if (!(await store.deliveries.postpone(delivery, 0, { outcome: 'not-sent' }))) return false;
      await store.people.change(person.id, { reachable: false, unreachableSince: clock.now() });
      await deps.keep({ ...person, reachable: false });
      return false;
    case 'later':
      await store.deliveries.postpone(delivery, outcome.pauseMs, {
        outcome: outcome.isAsked ? 'put-off' : 'not-sent',
        errorClass: outcome.errorClass,
      });
      return false;
    case 'unknown':
      // Each try may leave an empty notice behind, so the tries grow rarer; they never end.
      await store.deliveries.postpone(delivery, pauseAfter(delivery.ambiguous + 1), {
        outcome: 'unknown',
        errorClass: outcome.errorClass,
      });
      return false;
    case 'gone':
      return await afterGone(deps, delivery);
    case 'refused':
      return await store.deliveries.bury(delivery, { outcome: 'not-sent', errorClass: outcome.errorClass });
  }
}

/** A card that is gone needs no refreshing; a notice that is gone took its content with it, unseen, so it is told anew. */
async function afterGone({ store, sendMode }: DeliverDeps, delivery: Delivery): Promise<boolean> {
  // In single mode the message was the content.
  if (delivery.cardMessageId !== null || sendMode === 'single') return await store.deliveries.drop(delivery);
  if ((delivery.lost ?? 0) >= mostLost)
    return await store.deliveries.bury(delivery, { outcome: 'not-sent', errorClass: 'message-gone' });
  return await store.deliveries.forgetNotice(delivery, { maybeSeen: delivery.telegramMessageId !== null });
}
