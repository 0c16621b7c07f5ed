import type { CrashPoint } from '../crash-point.js';
import type { Delivery } from '../store/deliveries.js';
import type { Person } from '../domain/person.js';
import { contentOf, noticeOf, type Content, type ContentDeps } from './delivery-content.js';
import { InvariantError } from '../errors.js';
import type { Messenger, Outcome } from './messenger.js';

export interface DeliverDeps extends ContentDeps {
  readonly messenger: Messenger;
  readonly sendMode: 'two-phase' | 'single';
  readonly crashPoint: CrashPoint;
}

/** Sends of one delivery that may or may not have arrived; waiting for a turn does not count. */
const mostAttempts = 12;
const mostInARow = 50;

/**
 * Delivers what is open for one person, the oldest first: claim in the store, drop what is over or no longer his to
 * see, render now, send in two phases, store the message id as the very next thing (design §2.5).
 */
export const deliverTo =
  (deps: DeliverDeps) =>
  async (personId: string): Promise<void> => {
    for (let i = 0; i < mostInARow; i++) {
      const delivery = await deps.store.deliveries.claimNext(personId);
      if (delivery === null || delivery === 'busy') return;
      deps.crashPoint('claimed');
      if (!(await orBuried(deps, delivery))) return;
    }
  };

/** A bug is never retried: a delivery that cannot be rendered would hold up everything younger for its person. */
async function orBuried(deps: DeliverDeps, delivery: Delivery): Promise<boolean> {
  try {
    return await deliverOne(deps, delivery);
  } catch (error) {
    if (!(error instanceof InvariantError || error instanceof TypeError || error instanceof RangeError))
      throw error;
    deps.log.error('a delivery could not be rendered', { deliveryId: delivery.id, error });
    return await deps.store.deliveries.bury(delivery);
  }
}

/** True when the next one may follow at once. */
async function deliverOne(deps: DeliverDeps, delivery: Delivery): Promise<boolean> {
  const { store, log } = deps;
  const person = await store.people.byId(delivery.personId);
  if (!person) return await store.deliveries.drop(delivery);
  // Whoever has not chosen a language yet is spoken to when he has.
  if (!person.reachable || person.language === null) {
    await store.deliveries.hold(person.id);
    // He may have come back just then, and what was kept for him given back before this was kept.
    const now = await store.people.byId(person.id);
    if (now?.reachable && now.language !== null) await store.deliveries.release(person.id);
    return false;
  }
  const content = await contentOf(deps, delivery, person);
  if (content === null) return await store.deliveries.drop(delivery);
  const outcome = await deliverContent(deps, { delivery, person, content });
  if (outcome.kind === 'sent') {
    deps.crashPoint('edited');
    await store.deliveries.markSent(delivery);
    return true;
  }
  log.info('a delivery did not go through', {
    deliveryId: delivery.id,
    reason: outcome.kind,
    attempts: delivery.attempts,
  });
  return await settle(deps, { delivery, person, outcome });
}

interface Delivering {
  readonly delivery: Delivery;
  readonly person: Person;
  readonly content: Content;
}

async function deliverContent(
  deps: DeliverDeps,
  { delivery, person, content }: Delivering,
): Promise<Outcome> {
  const { store, messenger, sendMode, crashPoint } = deps;
  if (delivery.cardMessageId !== null)
    return await put(deps, { delivery, person, content }, delivery.cardMessageId);
  const isCard = async (telegramMessageId: number): Promise<void> => {
    const { caseId, role } = delivery;
    // A document has no card to be kept up to date.
    if (content.kind === 'view')
      await store.cards.show({ personId: person.id, telegramMessageId, caseId, role });
  };
  let messageId = delivery.telegramMessageId;
  if (messageId === null) {
    if (!(await store.deliveries.markSending(delivery))) return { kind: 'later', pauseMs: 1_000 };
    crashPoint('sending-noted');
    const sent =
      sendMode === 'single'
        ? await send(messenger, person, content)
        : await messenger.send(person, await noticeOf(deps, delivery, person), 'notice');
    if (sent.kind !== 'sent') return sent;
    crashPoint('answer-received');
    messageId = sent.messageId;
    if (!(await store.deliveries.noteSent(delivery, messageId))) return { kind: 'later', pauseMs: 1_000 };
    crashPoint('id-stored');
    if (sendMode === 'single') {
      await isCard(messageId);
      return sent;
    }
  }
  // Before its buttons can be seen: a press is judged in the role its card came in.
  await isCard(messageId);
  const edited = await put(deps, { delivery, person, content }, messageId);
  // An edit that may have arrived is repeated: it is the same text in the same place.
  return edited.kind === 'unknown' ? { kind: 'later', pauseMs: 1_000 } : edited;
}

const send = async (messenger: Messenger, person: Person, content: Content): Promise<Outcome> =>
  content.kind === 'view'
    ? await messenger.send(person, content.view, 'notice')
    : await messenger.sendDocument(person, content.file, 'notice');

/** The second phase: the content takes the place of the notice. */
async function put(
  { store, messenger }: DeliverDeps,
  { delivery, person, content }: Delivering,
  messageId: number,
): Promise<Outcome> {
  if (content.kind === 'view') return await messenger.edit(person, messageId, content.view, 'notice');
  const done: Outcome = { kind: 'sent', messageId };
  // A try that died while the document went up may have arrived; the card's button gives it again.
  if (delivery.sending && delivery.telegramMessageId !== null) return done;
  const edited = await messenger.putDocument(person, messageId, content.file, 'notice');
  if (edited.kind !== 'refused') return edited;
  // Where the notice cannot become a document, the document follows it, once.
  if (!(await store.deliveries.markSending(delivery))) return { kind: 'later', pauseMs: 1_000 };
  const sent = await messenger.sendDocument(person, content.file, 'notice');
  return sent.kind === 'unknown' ? done : sent;
}

async function settle(
  { store, clock }: DeliverDeps,
  { delivery, person, outcome }: { delivery: Delivery; person: Person; outcome: Outcome },
): Promise<boolean> {
  switch (outcome.kind) {
    case 'unreachable':
      await store.people.change(person.id, { reachable: false, unreachableSince: clock.now() });
      await store.deliveries.hold(person.id);
      return false;
    case 'later':
    case 'unknown':
      if (delivery.ambiguous >= mostAttempts && outcome.kind === 'unknown')
        return await store.deliveries.bury(delivery);
      await store.deliveries.postpone(
        delivery,
        outcome.kind === 'later' ? outcome.pauseMs : 1_000,
        outcome.kind === 'later' ? 'not-sent' : 'unknown',
      );
      return false;
    case 'gone':
      return await store.deliveries.drop(delivery);
    case 'refused':
    case 'sent':
      return await store.deliveries.bury(delivery);
  }
}
