/** The verdict: what people saw against what they should have seen. */
import { deliveriesAtOnce } from '../jobs/workers.js';
import { catalogs } from '../src/text/catalog.js';
import { expectedOf } from './expected.js';
import type { Journal, Message, Version } from './journal.js';
import { markOf, type Lived } from './lives.js';
import type { Truth } from './truth.js';
import { numbersIn } from './numbers-in.js';

export interface Verdict {
  readonly cases: number;
  readonly receipts: number;
  /** Acknowledged or told to nobody who should have heard. */
  readonly lost: readonly string[];
  readonly casesTwice: readonly string[];
  readonly contentTwice: readonly string[];
  /** Empty notices that were never filled. */
  readonly orphans: number;
  /** Those among them of which Telegram did tell: whoever should have heard it had died. */
  readonly orphansOfDeaths: number;
  readonly ambiguous: number;
  /** Anything else that must not be: something left undone, buried, or shown wrongly in the end. */
  readonly wrong: readonly string[];
  readonly delivered: number;
  /** Real milliseconds from when something was to be told until it could be read. */
  readonly lateMs: { readonly news: readonly number[]; readonly reminders: readonly number[] };
}

const { notices, report, office, words } = catalogs.zh;
const bell = '🔔';

const isEmpty = (text: string): boolean => text.startsWith(bell);
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** The first thing a message had to say once it was no empty notice. */
const filledOf = ({ versions }: Message): Version | undefined => versions.find(({ text }) => !isEmpty(text));
const contentOf = (message: Message): string | undefined => filledOf(message)?.text;

export interface Evidence {
  readonly journal: Journal;
  readonly truth: Truth;
  readonly lives: readonly Lived[];
  /** What was still under way when patience ended. */
  readonly unsettled: string | undefined;
  /** Business time after everything had settled. */
  readonly now: Date;
  /** Messages of which Telegram never told that it had taken them. */
  readonly lostAnswers: ReadonlySet<number>;
  /** How often a replica was killed, or stopped past its lease. */
  readonly died: number;
}

export function judge(evidence: Evidence): Verdict {
  const { journal, truth, lives, unsettled, now } = evidence;
  const lost: string[] = [];
  const wrong: string[] = unsettled === undefined ? [] : [`still under way: ${unsettled}`];
  for (const { life, stuck } of lives) if (stuck !== undefined) lost.push(`case ${life.index}: ${stuck}`);

  const byId = new Map(journal.messages.map((message) => [message.messageId, message]));
  const caseByNumber = new Map(truth.cases.map((c) => [c.number, c]));
  const headlines = countHeadlines(journal.messages);

  // Receipts: every number that was acknowledged is one case, and every case was acknowledged once.
  const receipts = receiptsIn(journal.messages);
  const casesTwice: string[] = [];
  for (const [number, count] of receipts) {
    if (!caseByNumber.has(number)) lost.push(`${number} was acknowledged and is nowhere`);
    if (count > 1) casesTwice.push(`${number} was acknowledged ${count} times`);
  }
  const numbersByMark = marksIn(journal.messages, lives);
  for (const [index, numbers] of numbersByMark)
    if (numbers.size > 1) casesTwice.push(`report ${index} became ${[...numbers].join(' and ')}`);
  for (const { life, number } of lives)
    if (number !== undefined && numbersByMark.get(life.index)?.has(number) !== true)
      lost.push(`report ${life.index} (${number}) never reached the commission`);
  for (const c of truth.cases)
    if (!receipts.has(c.number)) wrong.push(`case ${c.number} exists and was never acknowledged`);

  // Notices and reminders, case by case.
  const contentTwice: string[] = [];
  for (const c of truth.cases) {
    if (c.wakeAt !== null && c.wakeAt < now)
      wrong.push(`case ${c.number} overslept its ${c.wakeAt.toISOString()}`);
    const owner = truth.telegramIdOf.get(c.reporterId);
    if (owner === undefined) {
      wrong.push(`case ${c.number} belongs to nobody who plays here`);
      continue;
    }
    const handler = c.handlerId === null ? undefined : truth.telegramIdOf.get(c.handlerId);
    for (const { telegramId, headline, atLeast, atMost } of expectedOf(c, owner, handler)) {
      const seen = headlines.get(`${telegramId} ${c.number} ${headline}`) ?? 0;
      if (seen < atLeast)
        lost.push(`${telegramId} was told ${seen} of ${atLeast} times: ${c.number} ${headline}`);
      if (seen > atMost) contentTwice.push(`${telegramId} was told ${seen} times: ${c.number} ${headline}`);
    }
  }

  // Deliveries: what the program holds for sent stands in its one message, filled.
  const sent = new Map<number, string>();
  let ambiguous = 0;
  let delivered = 0;
  const news: number[] = [];
  const reminders: number[] = [];
  const perHeadline = new Map<string, number>();
  const numberOf = new Map(truth.cases.map((c) => [c._id, c.number]));
  for (const d of truth.deliveries) {
    ambiguous += d.ambiguous;
    if (d.state === 'dead' || d.state === 'pending' || d.state === 'held')
      wrong.push(`a delivery of ${d.event} is ${d.state}`);
    // What brings a message up to date that somebody has already is told by its last state alone.
    if (d.state !== 'sent' || d.cardMessageId !== null) continue;
    delivered++;
    const message = d.telegramMessageId === null ? undefined : byId.get(d.telegramMessageId);
    const filled = message && filledOf(message);
    const content = filled?.text;
    if (filled) (d.clock ? reminders : news).push(filled.at - d.createdAt.getTime());
    if (content === undefined)
      lost.push(`${d.event} of ${numberOf.get(d.caseId) ?? ''} is held for sent and was not seen`);
    else {
      const key = `${message?.telegramId ?? 0} ${numberOf.get(d.caseId) ?? ''} ${firstLine(content)}`;
      perHeadline.set(key, (perHeadline.get(key) ?? 0) + 1);
    }
    if (d.telegramMessageId === null) continue;
    const other = sent.get(d.telegramMessageId);
    if (other !== undefined) wrong.push(`two deliveries stand in one message: ${other} and ${d.event}`);
    sent.set(d.telegramMessageId, d.event);
  }
  for (const [key, count] of perHeadline) {
    const seen = headlines.get(key) ?? 0;
    if (seen > count) contentTwice.push(`told ${seen} times, meant ${count} times: ${key}`);
  }

  for (const id of journal.updateIds) {
    const state = truth.updates.get(id);
    if (state !== 'done') wrong.push(`update ${id} is ${state ?? 'nowhere'}`);
  }
  wrong.push(...staleCards(truth, byId));
  const empty = journal.messages.filter(({ last }) => isEmpty(last));
  wrong.push(...unrecordedNotices(empty, truth));
  const orphansOfDeaths = empty.filter(({ messageId }) => !evidence.lostAnswers.has(messageId)).length;
  if (orphansOfDeaths > deliveriesAtOnce * evidence.died)
    wrong.push(
      `${orphansOfDeaths} empty notices of ${evidence.died} deaths, each had ${deliveriesAtOnce} in hand at most`,
    );
  return {
    cases: truth.cases.length,
    receipts: receipts.size,
    lost: [...new Set(lost)],
    casesTwice,
    contentTwice: [...new Set(contentTwice)],
    orphans: empty.length,
    orphansOfDeaths,
    ambiguous,
    wrong,
    delivered,
    lateMs: { news, reminders },
  };
}

/** How many messages told somebody something about a case, by the first line of what they said first. */
function countHeadlines(messages: readonly Message[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const digest = office.digest.title({ date: '', role: '' }).slice(0, 4);
  for (const message of messages) {
    const content = contentOf(message);
    if (content === undefined) continue;
    const number = content.startsWith(digest) ? '' : (numbersIn(content)[0] ?? '');
    const key = `${message.telegramId} ${number} ${firstLine(content)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function receiptsIn(messages: readonly Message[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { versions } of messages) {
    const numbers = versions.flatMap(({ text }) =>
      text.startsWith(report.receiptTitle) ? numbersIn(text).slice(0, 1) : [],
    );
    for (const number of new Set(numbers)) found.set(number, (found.get(number) ?? 0) + 1);
  }
  return found;
}

/** Under which numbers the commission got each report. */
function marksIn(messages: readonly Message[], lives: readonly Lived[]): ReadonlyMap<number, Set<string>> {
  const indexOf = new Map(lives.map(({ life }) => [markOf(life.index), life.index]));
  const found = new Map<number, Set<string>>();
  for (const message of messages) {
    const content = contentOf(message) ?? '';
    if (!content.startsWith(notices.triage)) continue;
    const index = indexOf.get(/〔第\d+号〕/.exec(content)?.[0] ?? '');
    const number = numbersIn(content)[0];
    if (index === undefined || number === undefined) continue;
    found.set(index, (found.get(index) ?? new Set()).add(number));
  }
  return found;
}

/** Every empty notice that nobody fills any more is one of the doubtful sends to whoever has it. */
function unrecordedNotices(
  empty: readonly Message[],
  { deliveries, telegramIdOf }: Truth,
): readonly string[] {
  const unknown = new Map<number, number>();
  for (const { telegramId } of empty) unknown.set(telegramId, (unknown.get(telegramId) ?? 0) + 1);
  for (const { personId, ambiguous } of deliveries) {
    const telegramId = telegramIdOf.get(personId) ?? 0;
    unknown.set(telegramId, (unknown.get(telegramId) ?? 0) - ambiguous);
  }
  return [...unknown].flatMap(([telegramId, count]) =>
    count > 0
      ? [`${telegramId} has ${count} empty notices more than sends to him are known to be doubtful`]
      : [],
  );
}

/** The newest card somebody has of a case shows the state the case is in. */
function staleCards({ cards, cases }: Truth, byId: ReadonlyMap<number, Message>): readonly string[] {
  const caseOf = new Map(cases.map((c) => [c._id, c]));
  return cards.flatMap(({ caseId, telegramMessageId }) => {
    // A digest is about many cases.
    if (caseId === '') return [];
    const c = caseOf.get(caseId);
    const message = byId.get(telegramMessageId);
    if (!c || !message) return [`a card of ${c?.number ?? 'no case'} stands in no message`];
    const { last, telegramId } = message;
    const shows = last.includes(`${c.number} · ${words.state[c.state]}`);
    // The receipt stays in sight until the first news; whoever lost the case is told so.
    const gone = last.includes(catalogs.zh.status.gone) || last.startsWith(report.receiptTitle);
    return shows || gone ? [] : [`${telegramId} still sees ${firstLine(last)} for ${c.number} (${c.state})`];
  });
}
