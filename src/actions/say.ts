import type { CaseRecord } from '../domain/case.js';
import { decide } from '../domain/decide.js';
import type { Attachment } from '../domain/forms/form.js';
import { fileKey } from '../domain/held-files.js';
import { exclusionSuffix, keepOutWords } from '../domain/exclusions.js';
import { departmentIn, isDepartment, relationOf, type Viewer } from '../domain/people.js';
import type { FormName, TransitionInput, TransitionName } from '../domain/transitions/row.js';
import type { MessageKind, Side } from '../store/messages.js';
import { changeCase, type Changed } from './change-case.js';
import type { ActionDeps } from './deps.js';
import { excludeNamed } from './exclude-later.js';

export interface Saying {
  readonly caseId: string;
  readonly name: TransitionName;
  readonly form: FormName;
  readonly viewer: Viewer;
  readonly text: string;
  readonly files: readonly Attachment[];
  readonly causeId: string;
  readonly input?: TransitionInput;
}

/** Stores words and files of a person, then makes the change that refers to them (design §2.3). */
export const say =
  (deps: ActionDeps) =>
  async (saying: Saying): Promise<Changed> => {
    const { caseId, viewer, causeId, form } = saying;
    const c = await deps.store.cases.byId(caseId);
    if (!c) return { ok: false, refusal: 'no-such-case' };
    const relation = relationOf(viewer, c);
    if (relation === 'stranger') return { ok: false, refusal: 'no-such-case' };
    const side: Side =
      relation === 'reporter' ? 'enterprise' : isDepartment(relation) ? 'department' : 'commission';
    if (form === 'redact') return await redact(deps, saying, c);
    // While a case is sealed nothing that is said in it is for a department or a liaison, afterwards neither.
    const toCommission =
      form === 'message' && (c.track === 'integrity' || (side === 'enterprise' && c.department === null));
    const kind = toCommission ? 'private' : kindOf(form);
    // What a department reads is no place to say whom one fears.
    const unheard = side === 'enterprise' && kind === 'private';
    const unwanted = unheard ? keepOutWords(saying.text) : null;
    const id = `${caseId}.${causeId}${unwanted === null ? '' : exclusionSuffix}`;
    await deps.store.messages.put({
      id,
      caseId,
      kind,
      side,
      personId: viewer.personId,
      department: departmentIn(viewer, relation, c),
      at: deps.clock.now(),
      text: saying.text,
      files: saying.files,
      departmentText: null,
    });
    if (unheard) await excludeNamed(deps, c, saying.text);
    return await changeCase(deps)({
      caseId,
      name: saying.name,
      viewer,
      causeId,
      input: { ...saying.input, messageIds: [id], ...keysOf(id, kind, saying.files) },
    });
  };

/** What departments are to be given one by one: only what was said to them. */
const keysOf = (id: string, kind: MessageKind, files: readonly Attachment[]): TransitionInput =>
  kind === 'message' && files.length > 0 ? { fileKeys: files.map((_file, place) => fileKey(id, place)) } : {};

/** Asked first whether it may be, then written, then noted: between the last two the department reads the approved words already. */
async function redact(
  deps: ActionDeps,
  { caseId, viewer, causeId, text }: Saying,
  c: CaseRecord,
): Promise<Changed> {
  const ask = { name: 'redact' as const, viewer, input: {}, now: deps.clock.now(), causeId };
  const report = (await deps.store.messages.reportsOf([caseId])).get(caseId);
  if (report && decide(c, ask, await deps.rules.of(c)).ok)
    await deps.store.messages.setDepartmentText(report, text, c.confidentiality);
  return await changeCase(deps)({ caseId, name: 'redact', viewer, causeId });
}

/** A reason to seal and a reason to withdraw are notes of their side: no department reads them. */
function kindOf(form: FormName): MessageKind {
  switch (form) {
    case 'message':
      return 'message';
    case 'call':
      return 'call';
    case 'submit':
      return 'result';
    case 'explain':
    case 'progress':
    case 'task':
    case 'tolerance':
      return 'explanation';
    case 'comment':
      return 'comment';
    case 'ask-more':
    case 'wait':
    case 'resume':
      return 'message';
    case 'supplement':
    case 'appeal':
    case 'lower':
      return 'private';
    case 'unmask':
      return 'access';
    case 'decline':
    case 'redo':
    case 'raise':
    case 'list':
    case 'extension':
      return 'reason';
    case 'return':
    case 'unseal':
    case 'transfer':
    case 'receipt':
    case 'note':
    case 'hold':
    case 'release-hold':
    case 'seal':
    case 'defer':
    case 'withdraw':
    case 'redact':
    case 'report':
      return 'note';
  }
}
