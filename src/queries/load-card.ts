import type { CaseRecord } from '../domain/case.js';
import { offeredTransitions } from '../domain/decide.js';
import { isCommission, isDepartment, relationOf, type Relation, type Viewer } from '../domain/people.js';
import type { TransitionName } from '../domain/transitions/row.js';
import { mayHold, type Letter } from '../domain/letters.js';
import { mayRead, sightOf, type Sight } from '../domain/visibility.js';
import type { Attachment } from '../domain/forms/form.js';
import type { Department } from '../store/organisation.js';
import type { Message, MessageKind, Side } from '../store/messages.js';
import { departmentInput } from './department-input.js';
import type { QueryDeps } from './deps.js';
import { findDuplicates, linkedWith, type DuplicateHint } from './find-duplicates.js';

/** One thing that was said, in the version its reader may read. */
export interface Said {
  readonly id: string;
  readonly kind: MessageKind;
  readonly side: Side;
  readonly own: boolean;
  readonly at: Date;
  readonly text: string;
  readonly files: readonly Attachment[];
}

/** Everything a card of this viewer may show, and nothing else. */
export interface CardFacts {
  readonly c: CaseRecord;
  readonly relation: Relation;
  readonly sight: Sight;
  readonly enterpriseName: string | null;
  readonly contactName: string | null;
  /** Who has the case in hand; for staff. */
  readonly handlerName: string | null;
  readonly departments: readonly Department[];
  readonly report: Said | null;
  /** The version of the report that departments read, when it differs; for the commission. */
  readonly departmentText: string | null;
  readonly heldFiles: number;
  readonly thread: readonly Said[];
  /** The letters of the case that he may hold. */
  readonly letters: readonly Letter[];
  readonly offered: readonly TransitionName[];
  /** Possible duplicates, for the duty officer while the case waits to be accepted. */
  readonly hints: readonly DuplicateHint[];
  /** Cases linked with this one, for the commission. */
  readonly linked: readonly CaseRecord[];
}

/** Takes a case and a viewer, gives what his card may show; null when to him the case does not exist (rules §6). */
export const loadCard =
  ({ store, rules, clock }: QueryDeps) =>
  async (caseId: string, viewer: Viewer): Promise<CardFacts | null> => {
    const c = await store.cases.byId(caseId);
    if (!c) return null;
    const relation = relationOf(viewer, c);
    const sight = sightOf(relation, c);
    if (!sight.exists) return null;
    const handlerId = relation === 'reporter' ? null : c.handlerId;
    const [messages, departments, identity, letters, handler] = await Promise.all([
      sight.content === 'masked' ? [] : store.messages.ofCase(c.id),
      store.organisation.departments(),
      sight.identity ? store.identities.ofCase(c.id) : null,
      store.letters.ofCase(c.id),
      handlerId === null ? null : store.people.byId(handlerId),
    ]);
    const [hints, linked] = await Promise.all([
      relation === 'duty' && c.state === 'filed' ? findDuplicates({ store }, c) : [],
      isCommission(relation) ? linkedWith({ store }, c) : [],
    ]);
    const exists = (other: CaseRecord): boolean => sightOf(relationOf(viewer, other), other).exists;
    // A text counts once the case refers to it; one whose change was refused is never shown.
    const referred = new Set(referredBy(c, relation));
    const said = messages
      .filter((message) => referred.has(message.id) && mayRead(message, relation, viewer.departments))
      .map((message) => asSaid(message, sight, viewer.personId));
    const reportMessage = messages.find((message) => message.kind === 'report');
    const input = await departmentInput(store, c);
    return {
      c,
      relation,
      sight,
      enterpriseName: identity?.enterpriseName ?? null,
      contactName: identity?.contactName ?? null,
      handlerName: handler?.contact.name ?? null,
      departments,
      report: said.find((one) => one.kind === 'report') ?? null,
      departmentText:
        sight.content === 'full' && relation !== 'reporter' ? (reportMessage?.departmentText ?? null) : null,
      heldFiles: sight.files ? 0 : (reportMessage?.files.length ?? 0),
      thread: said.filter((one) => one.kind !== 'report'),
      letters: letters.filter(({ kind }) => mayHold(kind, relation)),
      offered: offeredTransitions(c, viewer, clock.now(), await rules.of(c), input).map((row) => row.name),
      hints: hints.filter((hint) => exists(hint.c)),
      linked: linked.filter(exists),
    };
  };

/** Texts the case refers to. A result that waits for the head's signature has not left the house (rules §2, submit). */
function referredBy({ history }: CaseRecord, relation: Relation): readonly string[] {
  const lastSubmit = history.findLast((entry) => entry.transition === 'submit')?.rev ?? 0;
  return history
    .filter(
      ({ transition, rev }) => transition !== 'ask-sign-off' || rev < lastSubmit || isDepartment(relation),
    )
    .flatMap((entry) => entry.messageIds);
}

function asSaid(message: Message, sight: Sight, personId: string): Said {
  const forDepartment = sight.content === 'department';
  const text = forDepartment ? (message.departmentText ?? message.text) : message.text;
  // Below `open`, what the enterprise sends as files stays with the commission (rules §6).
  const files = message.side === 'enterprise' && !sight.files ? [] : message.files;
  const { id, kind, side, at } = message;
  return { id, kind, side, at, own: message.personId === personId, text, files };
}
