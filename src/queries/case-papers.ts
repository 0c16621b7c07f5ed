import type { CaseRecord } from '../domain/case.js';
import type { Writer } from '../domain/masking/mask.js';
import { isErased } from '../domain/retention.js';
import { mayHaveLetters, type Letter } from '../domain/letters.js';
import { nullIfUnreadable } from '../errors.js';
import type { Identity } from '../store/identities.js';
import type { Message } from '../store/messages.js';
import type { QueryDeps } from './deps.js';
import { writerOf } from './writer.js';

/** What a card is made of beside the case itself; who may see what of it is decided by whoever asks. */
export interface CasePapers {
  readonly messages: readonly Message[];
  readonly identity: Identity | null;
  readonly handlerName: string | null;
  /** What a department's version of the texts is masked by: the enterprise's names, and those it has told. */
  readonly writer: Writer;
}

const momentMs = 3_000;
const remembered = 200;

/**
 * Reads the papers of a case, and keeps them in memory for a moment: one change is told to many people at once. They are
 * kept by the revision of the case, which every change of them raises, so nobody is shown older ones than the case he reads.
 */
export function createCasePapers({ store }: Pick<QueryDeps, 'store'>) {
  const kept = new Map<string, { readonly papers: Promise<CasePapers>; readonly until: number }>();

  const read = async (c: CaseRecord): Promise<CasePapers> => {
    const { id, handlerId } = c;
    // Said to be erased, its key may be there for a moment yet: a card redrawn meanwhile would keep what it showed.
    const gone = isErased(c);
    const [messages, identity, handler] = await Promise.all([
      gone ? [] : store.messages.ofCase(id),
      gone ? null : store.identities.ofCase(id),
      // Without his name the case can still be read.
      handlerId === null ? null : store.people.byId(handlerId).catch(nullIfUnreadable),
    ]);
    const handlerName = handler?.contact.name ?? null;
    return { messages, identity, handlerName, writer: writerOf(identity, messages) };
  };

  return async (c: CaseRecord): Promise<CasePapers> => {
    const now = performance.now();
    for (const [key, { until }] of kept) if (until < now || kept.size > remembered) kept.delete(key);
    const key = `${c.id} ${c.rev}`;
    const known = kept.get(key);
    if (known) return await known.papers;
    const papers = read(c);
    kept.set(key, { papers, until: now + momentMs });
    try {
      return await papers;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}

/** The letters of a case, written while its news is told and so never kept; most cases have none, which their history tells. */
export const lettersOfCase = async (
  { store }: Pick<QueryDeps, 'store'>,
  c: CaseRecord,
): Promise<readonly Letter[]> => (mayHaveLetters(c) ? await store.letters.ofCase(c.id) : []);
