import type { CaseRecord, OutboxEntry } from '../domain/case.js';
import { after } from '../domain/clocks.js';
import { letterNumber, lettersOf, type Letter, type LetterFacts } from '../domain/letters.js';
import { isKeptOut } from '../domain/people.js';
import type { ActionDeps } from './deps.js';

/**
 * Writes the letters an event asks for and gives them, each with its number. A letter's id is a keyed hash of its
 * cause — case, clock, generation and step — so writing it again gives the same letter (rules §4).
 */
export const issueLetters =
  (deps: ActionDeps) =>
  async (c: CaseRecord, entry: OutboxEntry): Promise<readonly Letter[]> => {
    const kinds = lettersOf(entry);
    if (kinds.length === 0) return [];
    const facts = await factsOf(deps, c, entry);
    const issued: Letter[] = [];
    for (const kind of kinds) {
      const cause = entry.clock ?? { event: entry.id };
      issued.push(
        await deps.store.letters.issue({
          id: deps.seal.lookup('letter', JSON.stringify([c.id, cause, kind])),
          caseId: c.id,
          kind,
          year: deps.rules.current().time.yearAt(entry.at),
          clock: entry.clock ?? null,
          facts,
        }),
      );
    }
    return issued;
  };

async function factsOf(
  { store, rules }: ActionDeps,
  c: CaseRecord,
  { at, clock, event }: OutboxEntry,
): Promise<LetterFacts> {
  const [department, heads, before] = await Promise.all([
    c.department === null ? null : store.organisation.department(c.department),
    c.department === null ? [] : store.people.holding('head', c.department),
    store.letters.ofCase(c.id),
  ]);
  const own = await rules.of(c);
  const answerBy = clock?.step.startsWith('E2')
    ? after(at, own.rules.ladder.E2.explainWithin, own.time)
    : null;
  const addressed = heads.find((id) => !isKeptOut(id, c));
  // Among many, one whose name cannot be read has no number either; the letter names his department only.
  const [head] = addressed === undefined ? [] : await store.people.byIds([addressed]);
  const running = c.clocks.find((one) => one.name === clock?.name && one.generation === clock.generation);
  const earlier = before.filter(
    (letter) => letter.kind === 'supervision' && letter.facts.issuedAt.getTime() < at.getTime(),
  );
  return {
    caseNumber: c.number,
    department: department?.name ?? null,
    // Until somebody has written to the bot, the organisation file knows him by number only; a letter names nobody so.
    headName: head && head.language !== null && head.contact.telegramId !== 0 ? head.contact.name : null,
    domain: c.domain,
    conduct: c.conduct,
    urgent: c.urgent,
    filedAt: c.filedAt,
    dueAt: running?.dueAt ?? null,
    dueProvisional: running?.provisional ?? false,
    issuedAt: at,
    answerBy,
    answerByProvisional: answerBy !== null && own.time.isProvisional(at, answerBy),
    // After an outage the second letter may be the first one that is written.
    second: clock?.step === 'E2b' && earlier.length > 0,
    earlier: earlier.map(letterNumber),
    basis: event === 'transferred' ? await basisOf(store, c) : null,
  };
}

/** Organ and legal basis stand in the words with which the supervisor asked for the transfer. */
async function basisOf(store: ActionDeps['store'], c: CaseRecord): Promise<string | null> {
  const asked = c.history.findLast(({ transition }) => transition === 'ask-transfer');
  const messages = asked ? await store.messages.ofCase(c.id) : [];
  return messages.find(({ id }) => asked?.messageIds.includes(id))?.text ?? null;
}
