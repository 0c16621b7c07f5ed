import { byPhone, hasChat } from '../domain/by-phone.js';
import { refreshEvents, type CaseRecord, type OutboxEntry } from '../domain/case.js';
import { closingRows } from '../domain/rates/closing.js';
import { viewerIn } from '../domain/viewers.js';
import { sightOf } from '../domain/visibility.js';
import type { Card } from '../store/cards.js';
import type { NewDelivery } from '../store/deliveries.js';
import type { Seal } from '../seal.js';
import type { ActionDeps } from './deps.js';
import { indexCase } from './index-case.js';
import { excludeLater } from './exclude-later.js';
import { findAudience, type Addressee } from './find-audience.js';
import { issueLetters } from './issue-letters.js';
import { isSentTo, mayHold, type Letter } from '../domain/letters.js';
import { relationOf } from '../domain/people.js';

/**
 * Turns a case's outbox into deliveries, one per event and person, then takes the entries away (design §2.5).
 * A delivery's id is a keyed hash of what it tells to whom, so doing it twice is once. The month's rows follow on the
 * same way: they are written before the entries are taken away.
 */
export const relayCase =
  (deps: ActionDeps) =>
  async (caseId: string): Promise<void> => {
    const c = await deps.store.cases.byId(caseId);
    if (!c) return;
    // Whoever took the entries away may have died before he could say so.
    if (c.outbox.length === 0) return await deps.store.cases.noteRelayed(c.id);
    const told = await Promise.all(
      c.outbox.filter((entry) => !isRefresh(entry)).map((entry) => toDeliveries(deps, c, entry)),
    );
    const deliveries = told.flat();
    const refreshes = await toRefreshes(deps, c, new Set(deliveries.map((delivery) => delivery.personId)));
    const all = [...deliveries, ...refreshes];
    await deps.store.deliveries.insert(all);
    deps.crashPoint('deliveries-inserted');
    await deps.store.closings.put(closingRows(c), c.rev);
    await deps.store.auditWaiting.caseChanged(c.id);
    await indexCase(deps)(c);
    await knowEnterprise(deps, c);
    await deps.store.cases.pullOutbox(c.id, c.outbox);
    deps.crashPoint('outbox-pulled');
    deps.wake.deliver([...new Set(all.map((delivery) => delivery.personId))]);
  };

async function toDeliveries(
  deps: ActionDeps,
  c: CaseRecord,
  saved: OutboxEntry,
): Promise<readonly NewDelivery[]> {
  const entry = byPhone(c, saved);
  const letters = await issueLetters(deps)(c, entry);
  const people = await findAudience(deps)(c, entry.to);
  return people
    .filter(({ personId }) => personId !== entry.byPersonId)
    .flatMap((addressee) => {
      const card = toDelivery(deps, c, entry, addressee);
      const relation = relationOf(addressee, c);
      const held = letters.filter(({ kind }) => isSentTo(kind, addressee.role) && mayHold(kind, relation));
      return [card, ...held.map((letter, i) => toLetterDelivery(deps, card, letter, i))];
    });
}

/** One event is told to one person once, whether he is addressed or hears it instead of somebody else. */
export const deliveryId = (seal: Seal, caseId: string, entryId: string, personId: string): string =>
  seal.lookup('delivery', JSON.stringify([caseId, entryId, personId]));

function toDelivery(
  { seal }: ActionDeps,
  c: CaseRecord,
  entry: OutboxEntry,
  { personId, role }: Addressee,
): NewDelivery {
  return {
    id: deliveryId(seal, c.id, entry.id, personId),
    caseId: c.id,
    personId,
    role,
    event: entry.event,
    entryId: entry.id,
    messageId: entry.messageId ?? null,
    clock: entry.clock ?? null,
    order: orderOf(entry),
  };
}

/** A letter follows its card as a part of its own (design §2.5). */
const toLetterDelivery = (
  { seal }: ActionDeps,
  card: NewDelivery,
  letter: Letter,
  place: number,
): NewDelivery => ({
  ...card,
  id: seal.lookup('delivery', JSON.stringify([card.id, letter.id])),
  event: 'letter',
  entryId: null,
  messageId: null,
  letterId: letter.id,
  order: `${card.order} letter ${place}`,
});

const isRefresh = ({ event }: OutboxEntry): boolean => refreshEvents.some((name) => name === event);

/** Cards people have of the case are brought up to date, except for those who get a new one and for who just pressed. */
async function toRefreshes(
  deps: ActionDeps,
  c: CaseRecord,
  told: ReadonlySet<string>,
): Promise<readonly NewDelivery[]> {
  const latest = c.outbox.findLast(isRefresh);
  if (!latest) return [];
  // Who just pressed has the card he pressed brought up to date by the answer.
  const lost = (await cardsThatShowTooMuch(deps, c)).filter(
    (card) => !card.current || card.personId !== latest.byPersonId,
  );
  const places = new Set(lost.map(placeOf));
  const current = (await deps.store.cards.currentOf(c.id)).filter(
    (card) => card.personId !== latest.byPersonId && !told.has(card.personId) && !places.has(placeOf(card)),
  );
  // The router's proposal is no news to the reporter: his receipt stays in sight.
  const proposed = c.history.some(
    ({ rev, transition }) => transition === 'propose' && latest.id === `${rev}-r`,
  );
  return [...current, ...lost]
    .filter((card) => !(proposed && card.role === 'enterprise'))
    .map((card) => ({
      id: deps.seal.lookup(
        'delivery',
        JSON.stringify([c.id, latest.id, card.personId, card.telegramMessageId]),
      ),
      caseId: c.id,
      personId: card.personId,
      role: card.role,
      event: 'refresh',
      cardMessageId: card.telegramMessageId,
      // What shows too much goes before anything new is told.
      order: places.has(placeOf(card)) ? `${latest.at.toISOString()} ` : orderOf(latest),
    }));
}

const placeOf = ({ personId, telegramMessageId }: Card): string => `${personId} ${telegramMessageId}`;

/**
 * Every card of those who lost sight of the case, or of the name on it, the newest as well where a newer one is on its way:
 * what they may no longer see leaves these. What was destroyed nobody may see.
 */
async function cardsThatShowTooMuch({ store }: ActionDeps, c: CaseRecord): Promise<readonly Card[]> {
  const events = new Set(c.outbox.map((entry) => entry.event));
  if (events.has('refresh-all')) return await store.cards.allOf(c.id);
  const names = events.has('refresh-names');
  if (!names && !events.has('refresh-lost')) return [];
  const cards = await store.cards.allOf(c.id);
  const people = await store.people.byIds([...new Set(cards.map((card) => card.personId))]);
  return cards.filter((card) => {
    const person = people.find(({ id }) => id === card.personId);
    const viewer = person ? viewerIn(person, card.role) : null;
    const sight = viewer ? sightOf(relationOf(viewer, c), c) : null;
    return !sight?.exists || (names && !sight.identity);
  });
}

const orderOf = (entry: OutboxEntry): string => `${entry.at.toISOString()} ${entry.id.padStart(12, '0')}`;

/** Whom the duty officer has verified speaks for the enterprise from then on, where its code is known. */
async function knowEnterprise(deps: ActionDeps, c: CaseRecord): Promise<void> {
  if (!hasChat(c) || c.outbox.every(({ event }) => event !== 'enterprise-confirmed')) return;
  const { store } = deps;
  const identity = await store.identities.ofCase(c.id);
  if (!identity?.uscc || identity.enterpriseName === null) return;
  const { enterpriseName: name, uscc } = identity;
  await store.organisation.putSpeaker({ name, uscc }, c.reporterId);
  await excludeLater(deps, [c.reporterId]);
}
