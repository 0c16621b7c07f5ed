import type { CrashPoint } from '../crash-point.js';
import type { Person } from '../domain/person.js';
import type { Claimed } from '../store/deliveries.js';
import { noticeOf, type Content, type ContentDeps } from './delivery-content.js';
import type { Leased, Messenger, Outcome } from './messenger.js';

export interface SendDeps extends ContentDeps {
  readonly messenger: Messenger;
  readonly sendMode: 'two-phase' | 'single';
  readonly crashPoint: CrashPoint;
}

export interface Sending {
  readonly delivery: Claimed;
  readonly person: Person;
  readonly content: Content;
}

const takenOver: Outcome = { kind: 'later', pauseMs: 1_000 };
const firstPauseMs = 1_000;
const longestPauseMs = 120_000;

/**
 * Milliseconds between two tries while Telegram cannot be reached or its answers do not arrive, after so many in vain (from 1): a day of
 * that loses nothing, and it grows rarer.
 */
export const pauseAfter = (tries: number): number =>
  Math.min(firstPauseMs * 2 ** Math.min(Math.max(tries - 1, 0), 10), longestPauseMs);

const under = ({ leaseEndsAt }: Claimed): Leased => ({ leaseEndsAt });

/**
 * Sends in two phases, so that content cannot double: a notice without content, its id stored as the very next thing,
 * then the content in its place (design §2.5). What is left of a send that died in between is at most an empty notice:
 * whether it arrived cannot be known, so it is counted as ambiguous, and its button opens the case all the same.
 */
export async function sendContent(deps: SendDeps, sending: Sending): Promise<Outcome> {
  const { delivery, person, content } = sending;
  if (delivery.cardMessageId !== null) return await put(deps, sending, delivery.cardMessageId);
  const first =
    delivery.telegramMessageId === null
      ? await sendFirst(deps, sending)
      : { delivery, messageId: delivery.telegramMessageId };
  if ('kind' in first) return first;
  const { messageId } = first;
  // A document has no card to be kept up to date. Before its buttons can be seen: a press is judged in the role its card came in.
  if (content.kind === 'view') {
    const { caseId, role } = delivery;
    await deps.store.cards.show({ personId: person.id, telegramMessageId: messageId, caseId, role });
  }
  if (deps.sendMode === 'single' && delivery.telegramMessageId === null) return { kind: 'sent', messageId };
  const edited = await put(deps, { ...sending, delivery: first.delivery }, messageId);
  // An edit that may have arrived is repeated: it is the same text in the same place.
  return edited.kind === 'unknown'
    ? { ...edited, kind: 'later', pauseMs: pauseAfter(delivery.attempts) }
    : edited;
}

/** The first phase (or, in single mode, everything): notes the request, sends, stores the id. */
async function sendFirst(
  deps: SendDeps,
  { delivery, person, content }: Sending,
): Promise<Outcome | { readonly delivery: Claimed; readonly messageId: number }> {
  const { store, messenger, crashPoint } = deps;
  const notice = deps.sendMode === 'single' ? null : noticeOf(deps, delivery, person, content);
  const marked = await store.deliveries.markSending(delivery);
  if (!marked) return takenOver;
  crashPoint('sending-noted');
  const sent = notice
    ? await messenger.send(person, notice, under(marked))
    : await sendWhole(messenger, person, content, under(marked));
  if (sent.kind !== 'sent') return sent;
  crashPoint('answer-received');
  const noted = await store.deliveries.noteSent(marked, sent.messageId);
  if (!noted) return takenOver;
  crashPoint('id-stored');
  return { delivery: noted, messageId: sent.messageId };
}

const sendWhole = async (
  messenger: Messenger,
  person: Person,
  content: Content,
  lease: Leased,
): Promise<Outcome> =>
  content.kind === 'view'
    ? await messenger.send(person, content.view, lease)
    : await messenger.sendDocument(person, content.file, lease);

/** The second phase: the content takes the place of the notice. */
async function put(
  { store, messenger }: SendDeps,
  { delivery, person, content }: Sending,
  messageId: number,
): Promise<Outcome> {
  if (content.kind === 'view') return await messenger.edit(person, messageId, content.view, under(delivery));
  const doubtful: Outcome = { kind: 'sent', messageId, doubtful: true };
  // A try that died while the document went up may have arrived; the card's button gives it again.
  if (delivery.sending && delivery.telegramMessageId !== null) return doubtful;
  const edited = await messenger.putDocument(person, messageId, content.file, under(delivery));
  if (edited.kind !== 'refused') return edited;
  // Where the notice cannot become a document, the document follows it, once.
  const marked = await store.deliveries.markSending(delivery);
  if (!marked) return takenOver;
  const sent = await messenger.sendDocument(person, content.file, under(marked));
  return sent.kind === 'unknown' ? doubtful : sent;
}
