import type { CaseRecord } from '../domain/case.js';
import { offeredTransitions } from '../domain/decide.js';
import type { IdentityLook } from '../domain/audit.js';
import {
  isCommission,
  isDepartment,
  relationOf,
  type Relation,
  type Role,
  type Viewer,
} from '../domain/people.js';
import { extensionDays } from '../domain/forms/words-form.js';
import { fitsExtension } from '../domain/transitions/handling.js';
import type { TransitionName } from '../domain/transitions/row.js';
import { mayHold, type Letter } from '../domain/letters.js';
import { mayRead, sightOf, type Sight } from '../domain/visibility.js';
import { fileKey } from '../domain/held-files.js';
import type { Attachment } from '../domain/forms/form.js';
import type { Department } from '../store/organisation.js';
export type { Department } from '../store/organisation.js';
import type { Message, MessageKind, Side } from '../store/messages.js';
import { firstUntold, toldUnmaskings } from '../domain/access.js';
import { departmentMarks, departmentVersion } from '../domain/masking/department-version.js';
import type { MaskKind, Writer } from '../domain/masking/mask.js';
import { byRevision } from './by-revision.js';
import { lettersOfCase, readPapers } from './case-papers.js';
import { departmentInput, relatedInput } from './department-input.js';
import type { QueryDeps } from './deps.js';
import { findDuplicates, linkedWith, type DuplicateHint } from './find-duplicates.js';
import { openNames } from './open-names.js';

/** One thing that was said, in the version its reader may read. */
export interface Said {
  readonly id: string;
  readonly kind: MessageKind;
  readonly side: Side;
  readonly own: boolean;
  readonly at: Date;
  readonly text: string;
  readonly files: readonly Attachment[];
  /** How many more stay with the commission, for a department. */
  readonly heldFiles: number;
}

/** Everything a card of this viewer may show, and nothing else. */
export interface CardFacts {
  readonly c: CaseRecord;
  /** The role he looks at it in. */
  readonly role: Role;
  readonly relation: Relation;
  readonly sight: Sight;
  readonly enterpriseName: string | null;
  readonly contactName: string | null;
  readonly uscc: string | null;
  /** Who has the case in hand; for staff. */
  readonly handlerName: string | null;
  readonly departments: readonly Department[];
  readonly report: Said | null;
  /** The version of the report that departments read, when it differs; for the commission. */
  readonly departmentText: string | null;
  /** What of the report is covered for departments until the duty officer approves a version of his own; for the commission. */
  readonly maskable: readonly MaskKind[];
  readonly heldFiles: number;
  /** Everything the enterprise sent, each by its key, while it stays with the commission; for the commission. */
  readonly files: readonly HeldFile[];
  readonly thread: readonly Said[];
  /** The letters of the case that he may hold. */
  readonly letters: readonly Letter[];
  /** Who has seen his name, for the reporter. */
  readonly identityLooks: readonly IdentityLook[];
  readonly offered: readonly TransitionName[];
  /** How many working days can be asked for now. */
  readonly extensionDays: readonly string[];
  /** Possible duplicates, for the duty officer while the case waits to be accepted. */
  readonly hints: readonly DuplicateHint[];
  /** Those whom the reporter wants kept out and who are nobody we know, until somebody decides; for the commission. */
  readonly unmatchedNames: readonly string[];
  /** Cases linked with this one, for the commission. */
  readonly linked: readonly CaseRecord[];
}

/** Takes a case and a viewer, gives what his card may show; null when to him the case does not exist (rules §6). */
export const loadCard = ({ store, rules, clock }: QueryDeps) => {
  const papersOf = byRevision(async (c) => await readPapers({ store }, c));
  const hintsOf = byRevision(async (c) => await findDuplicates({ store }, c));
  return async (caseId: string, viewer: Viewer): Promise<CardFacts | null> => {
    const c = await store.cases.byId(caseId);
    if (!c) return null;
    const relation = relationOf(viewer, c);
    const now = clock.now();
    const sight = sightOf(relation, c, { personId: viewer.personId, now });
    if (!sight.exists) return null;
    const [papers, departments, letters] = await Promise.all([
      papersOf(c),
      store.organisation.departments(),
      lettersOfCase({ store }, c),
    ]);
    // The writer also for whoever may not see him: what he reads is masked by it.
    const { identity, writer } = papers;
    const messages = sight.content === 'masked' ? [] : papers.messages;
    const [hints, linked, identityLooks] = await Promise.all([
      relation === 'duty' && c.state === 'filed' ? hintsOf(c) : [],
      isCommission(relation) ? linkedWith({ store }, c) : [],
      relation === 'reporter' ? store.audit.identityLooks(c.id, firstUntold(c)) : [],
    ]);
    const unmatched = isCommission(relation) ? await openNames(store, c, messages) : [];
    const exists = (other: CaseRecord): boolean => sightOf(relationOf(viewer, other), other).exists;
    // A text counts once the case refers to it; one whose change was refused is never shown.
    const referred = new Set(referredBy(c, relation));
    const said = messages
      .filter(
        (message) =>
          referred.has(message.id) && mayRead(message, relation, viewer.departments, viewer.personId),
      )
      .map((message) => asSaid(message, { c, sight, writer, personId: viewer.personId }));
    const reportMessage = messages.find((message) => message.kind === 'report');
    const files = messages.filter((message) => referred.has(message.id)).flatMap(filesOf);
    const commission = isCommission(relation);
    const below = c.confidentiality !== 'open' && c.track === 'service';
    const input = {
      ...(await departmentInput(store, c)),
      ...(await relatedInput(store, c, viewer)),
    };
    const timeRules = await rules.of(c);
    return {
      c,
      role: viewer.role,
      relation,
      sight,
      enterpriseName: sight.identity ? (identity?.enterpriseName ?? null) : null,
      contactName: sight.identity ? (identity?.contactName ?? null) : null,
      uscc: sight.identity ? (identity?.uscc ?? null) : null,
      handlerName: relation === 'reporter' ? null : papers.handlerName,
      departments,
      report: said.find((one) => one.kind === 'report') ?? null,
      departmentText: commission && reportMessage ? otherVersion(c, reportMessage, writer) : null,
      maskable:
        commission && below && reportMessage
          ? departmentMarks(reportMessage, c.confidentiality, writer).map(({ kind }) => kind)
          : [],
      heldFiles: sight.files ? 0 : files.filter(({ key }) => !c.access.releasedFiles.includes(key)).length,
      files: commission && below ? files : [],
      thread: said.filter((one) => one.kind !== 'report'),
      identityLooks,
      letters: letters.filter(({ kind }) => mayHold(kind, relation)),
      offered: offeredTransitions(c, viewer, now, timeRules, input).map((row) => row.name),
      extensionDays: extensionDays.filter((days) => fitsExtension(c, Number(days), timeRules)),
      hints: hints.filter((hint) => exists(hint.c)),
      unmatchedNames: unmatched,
      linked: linked.filter(exists),
    };
  };
};

/** Texts the case refers to. A result that waits for the head's signature has not left the house (rules §2, submit). */
function referredBy(c: CaseRecord, relation: Relation): readonly string[] {
  const { history } = c;
  const lastSubmit = history.findLast((entry) => entry.transition === 'submit')?.rev ?? 0;
  const told = new Set(toldUnmaskings(c).map(({ reasonId }) => reasonId));
  const ids = history
    .filter(
      ({ transition, rev }) => transition !== 'ask-sign-off' || rev < lastSubmit || isDepartment(relation),
    )
    // Why his name was looked at is told to the reporter when he is told that it was.
    .filter(({ transition }) => transition !== 'ask-unmask' || relation !== 'reporter')
    .flatMap((entry) => entry.messageIds);
  return relation === 'reporter' ? [...ids, ...told] : ids;
}

/** A file of the enterprise, and by which key it is given to the department. */
export interface HeldFile {
  readonly key: string;
  readonly at: Date;
  readonly file: Attachment;
}

function filesOf({ id, side, kind, at, files }: Message): readonly HeldFile[] {
  if (side !== 'enterprise' || (kind !== 'report' && kind !== 'message')) return [];
  return files.map((file, place) => ({ key: fileKey(id, place), at, file }));
}

interface SaidTo {
  readonly c: CaseRecord;
  readonly sight: Sight;
  readonly writer: Writer;
  readonly personId: string;
}

function asSaid(message: Message, { c, sight, writer, personId }: SaidTo): Said {
  const forDepartment = sight.content === 'department';
  const text = forDepartment ? departmentVersion(message, c.confidentiality, writer) : message.text;
  // Below `open`, what the enterprise sends as files stays with the commission until released one by one (rules §6).
  const held = message.side === 'enterprise' && !sight.files;
  const files = held
    ? message.files.filter((_file, place) => c.access.releasedFiles.includes(fileKey(message.id, place)))
    : message.files;
  const { id, kind, side, at } = message;
  const heldFiles = forDepartment ? message.files.length - files.length : 0;
  return { id, kind, side, at, own: message.personId === personId, text, files, heldFiles };
}

/** What a department reads of the report, where it is not what the enterprise wrote. */
function otherVersion(c: CaseRecord, report: Message, writer: Writer): string | null {
  if (c.track === 'integrity') return report.departmentText;
  const version = departmentVersion(report, c.confidentiality, writer);
  return version === report.text && report.departmentText === null ? null : version;
}
