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

/** Reads the papers of a case; every change of them raises its revision. */
export async function readPapers({ store }: Pick<QueryDeps, 'store'>, c: CaseRecord): Promise<CasePapers> {
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
}

/** The letters of a case, written while its news is told and so never kept; most cases have none, which their history tells. */
export const lettersOfCase = async (
  { store }: Pick<QueryDeps, 'store'>,
  c: CaseRecord,
): Promise<readonly Letter[]> => (mayHaveLetters(c) ? await store.letters.ofCase(c.id) : []);
