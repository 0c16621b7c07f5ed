import type { Clock } from '../clock.js';
import { activeClock } from '../domain/case.js';
import { mayHold } from '../domain/letters.js';
import type { Person } from '../domain/person.js';
import { viewerIn } from '../domain/viewers.js';
import { nameStood } from '../domain/visibility.js';
import { writeLetter } from '../letters/write-letter.js';
import type { Log } from '../log.js';
import type { Queries } from '../queries/index.js';
import type { CardFacts } from '../queries/load-card.js';
import type { Delivery } from '../store/deliveries.js';
import type { Store } from '../store/index.js';
import { caseCard, goneCard } from '../text/cards/case-card.js';
import { catalogFor } from '../text/catalog.js';
import { auditHeadView } from '../text/audit-screens.js';
import { digestView } from '../text/digest.js';
import { headlineOf } from '../text/notices.js';
import { bold, rich } from '../text/rich.js';
import { decidedView, joinedView } from '../text/screens/invite-screens.js';
import type { Reader } from '../text/reader.js';
import { alarmView, heldUpView, unreadView } from '../text/screens/technical-screens.js';
import { view, type View } from '../text/view.js';
import { settingsNotice } from './settings-notice.js';
import { auditHeadEvent } from './anchor-audit.js';
import { alarmEvent } from './alarm-admins.js';
import { heldUpEvent } from './alarm-held-up.js';
import { countUnread, unreadEvent } from './watch-readers.js';
import type { DocumentFile } from './messenger.js';

export interface ContentDeps {
  readonly store: Store;
  readonly queries: Queries;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly log: Log;
}

export type Content = (
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'document'; readonly file: DocumentFile }
) & {
  /** Of the case it is about. */
  readonly number?: string;
};

const asView = (shown: View | null, number?: string): Content | null =>
  shown ? { kind: 'view', view: shown, ...(number === undefined ? {} : { number }) } : null;

/** What is to be read, made now; null when it is over or the person may no longer see it (rules §4, §6). */
export async function contentOf(
  deps: ContentDeps,
  delivery: Delivery,
  person: Person,
): Promise<Content | null> {
  if (delivery.event === auditHeadEvent) return asView(await auditHeadOf(deps, delivery, person));
  if (delivery.event === alarmEvent) return asView(await alarmOf(deps, person));
  if (delivery.event === heldUpEvent) return asView(await heldUpOf(deps, delivery, person));
  if (delivery.event === unreadEvent) return asView(await unreadOf(deps, person));
  if (delivery.slotAt) return asView(await digestOf(deps, delivery, person, delivery.slotAt));
  if (delivery.about?.startsWith('invite-'))
    return asView(await inviteOf(deps, delivery.about.slice('invite-'.length), person));
  const viewer = viewerIn(person, delivery.role);
  if (delivery.about)
    return asView(viewer && (await settingsNotice(deps.store, delivery, readerOf(deps, person))));
  const facts = viewer ? await deps.queries.card(delivery.caseId, viewer) : null;
  const reader = readerOf(deps, person);
  if (!facts) {
    const c = await deps.store.cases.byId(delivery.caseId);
    if (!isBeforeHim(delivery) || !c) return null;
    return asView(goneCard(c, viewer ?? { personId: person.id, role: delivery.role }, reader));
  }
  const isOver = delivery.clock ? !activeClock(facts.c, delivery.clock) : false;
  if (isOver && !isBeforeHim(delivery)) return null;
  if (delivery.letterId) return await letterOf(deps, delivery.letterId, facts, reader);
  const headline =
    delivery.event === 'refresh' || isOver
      ? undefined
      : standInLine(delivery, reader) + headlineOf(delivery.event, delivery.clock, facts, reader);
  const card = caseCard(facts, reader, headline);
  // Drawn anew by the program itself: whoever has had the name before him since his card came does not look a second time.
  const stood = headline === undefined && nameStood(facts.relation, facts.c);
  return asView(stood ? { ...card, looks: [] } : card, facts.c.number);
}

/** A card, or the notice of a try that did not get as far as the content: it must not stay empty, whatever has become of the case. */
const isBeforeHim = ({ cardMessageId, telegramMessageId }: Delivery): boolean =>
  cardMessageId !== null || telegramMessageId !== null;

function standInLine({ standsFor }: Delivery, { text }: Reader): string {
  if (standsFor === null) return '';
  const { reporter, staff } = text.notices.standIn;
  return `${standsFor === 'enterprise' ? reporter : staff(text.words.role[standsFor])}\n`;
}

/** As it is now: null when somebody has dealt with everything meanwhile. */
async function alarmOf(deps: ContentDeps, person: Person): Promise<View | null> {
  const { deadLetters, deadDeliveries } = deps.store;
  const [updates, deliveries] = await Promise.all([deadLetters.count(), deadDeliveries.count()]);
  return updates + deliveries === 0 ? null : alarmView({ updates, deliveries }, readerOf(deps, person));
}

/** As it is now: null when it has come to its end. */
async function heldUpOf(deps: ContentDeps, { about }: Delivery, person: Person): Promise<View | null> {
  const heldUp = await deps.store.deliveryHealth.openOne(about ?? '');
  return heldUp && heldUpView(heldUp, readerOf(deps, person));
}

/** As it is now: null when somebody may read them all again. */
async function unreadOf(deps: ContentDeps, person: Person): Promise<View | null> {
  const count = await countUnread(deps.store);
  return count === 0 ? null : unreadView(count, readerOf(deps, person));
}

async function letterOf(
  { store }: ContentDeps,
  letterId: string,
  { c, relation }: CardFacts,
  reader: Reader,
): Promise<Content | null> {
  const letter = await store.letters.byId(letterId);
  if (!letter || !mayHold(letter.kind, relation)) return null;
  return { kind: 'document', file: await writeLetter(letter, reader), number: c.number };
}

async function auditHeadOf(deps: ContentDeps, { role }: Delivery, person: Person): Promise<View | null> {
  const anchor = viewerIn(person, role) ? await deps.store.audit.lastAnchor() : null;
  return anchor ? auditHeadView(anchor, readerOf(deps, person)) : null;
}

/** To the inviter, who came; to whoever came, what became of it. */
async function inviteOf(deps: ContentDeps, id: string, person: Person): Promise<View | null> {
  const reader = readerOf(deps, person);
  const shown = await deps.queries.invite(id, { personId: person.id });
  if (shown) return joinedView(shown, reader);
  const invite = await deps.store.invites.byId(id);
  if (invite?.joinedBy !== person.id) return null;
  const { department: code } = invite;
  const department = code === undefined ? null : await deps.store.organisation.department(code);
  return decidedView({ invite, department: department ?? undefined }, reader);
}

async function digestOf(
  deps: ContentDeps,
  { role }: Delivery,
  person: Person,
  slotAt: Date,
): Promise<View | null> {
  const viewer = viewerIn(person, role);
  const digest = viewer ? await deps.queries.digest(viewer, slotAt) : null;
  return digest ? digestView(digest, role, readerOf(deps, person)) : null;
}

/** The first phase: no content, and a button in case the second phase never comes. */
export function noticeOf(deps: ContentDeps, delivery: Delivery, person: Person, { number }: Content): View {
  const { text } = readerOf(deps, person);
  if (delivery.event === auditHeadEvent) return view(rich(bold(text.audit.headPhaseOne)));
  if ([alarmEvent, heldUpEvent, unreadEvent].includes(delivery.event))
    return view(rich(bold(text.technical.alarm.phaseOne)));
  if (delivery.slotAt) return view(rich(bold(text.office.digest.phaseOne)));
  if (delivery.about?.startsWith('invite-')) return view(rich(bold(text.staff.invite.phaseOne)));
  if (delivery.about)
    return view(rich(bold(text[delivery.about.startsWith('rules') ? 'settings' : 'calendar'].phaseOne)));
  const press = { action: delivery.letterId ? 'letters' : 'card', id: delivery.caseId };
  return view(rich(bold(text.notices.phaseOne(number ?? ''))), [[{ label: text.buttons.open, press }]]);
}

const readerOf = ({ clock, timeZone, queries }: ContentDeps, person: Person): Reader => {
  const language = person.language ?? 'zh';
  return { language, text: catalogFor(language, queries.numbers()), timeZone, now: clock.now() };
};
