import { makeCaseNumber } from '../../domain/case-number.js';
import type { CaseRecord } from '../../domain/case.js';
import {
  excludedPeople,
  exclusionSuffix,
  leavesReader,
  namedIn,
  withInvitees,
} from '../../domain/exclusions.js';
import { fileCase, type OnBehalf, type ReviewedReport } from '../../domain/file-case.js';
import type { ReportAnswers } from '../../domain/forms/report-form.js';
import { InvariantError } from '../../errors.js';
import type { Draft } from '../../domain/draft.js';
import type { Person } from '../../domain/person.js';
import type { ActionDeps } from '../deps.js';
import { stepOf } from './form-steps.js';

export type Filed =
  | { readonly ok: true; readonly c: CaseRecord }
  | {
      readonly ok: false;
      readonly refusal: 'form-over' | 'stale' | 'nobody-left';
      readonly draft: Draft | null;
    };

export interface Filing {
  readonly person: Person;
  readonly draftId: string;
  readonly causeId: string;
  readonly expectedRev: number;
}

/**
 * Turns a reviewed draft into a case: identity → report → case → draft, each write safe to repeat; the case's id comes
 * from the draft's, so two taps, two devices and a crash in between all end in one case (design §2.2).
 */
export const fileReport =
  (deps: ActionDeps) =>
  async ({ person, draftId, causeId, expectedRev }: Filing): Promise<Filed> => {
    const { store } = deps;
    const draft = await store.drafts.byId(draftId);
    if (!draft || draft.personId !== person.id || draft.form !== 'report')
      return { ok: false, refusal: 'form-over', draft: null };
    if (draft.state === 'sent') return await filedBefore(deps, draft);
    if (draft.state !== 'open') return { ok: false, refusal: 'form-over', draft: null };
    if (stepOf(draft) !== 'consent' || draft.rev !== expectedRev)
      return { ok: false, refusal: 'stale', draft };

    const answers = draft.answers as ReportAnswers;
    if (answers.onBehalf) return { ok: false, refusal: 'form-over', draft: null };
    return await fileDraft(deps, { draft, answers, by: person, reporter: person, causeId });
  };

export interface DraftFiling {
  readonly draft: Draft;
  readonly answers: ReportAnswers;
  /** Who presses. */
  readonly by: Person;
  /** Whose case it is; null where the enterprise has no chat. */
  readonly reporter: Person | null;
  readonly causeId: string;
  readonly onBehalf?: OnBehalf;
}

/** Files a draft: identity → report → case → draft (design §2.2). */
export async function fileDraft(deps: ActionDeps, filing: DraftFiling): Promise<Filed> {
  const { store, seal, wake } = deps;
  const { draft, answers, by, reporter, causeId } = filing;
  const wish = await wishIn(deps, filing);
  if (!wish.leavesReader) return { ok: false, refusal: 'nobody-left', draft };
  const caseId = seal.tag('case', draft.id, 12);
  await store.identities.put(caseId, {
    enterpriseName: answers.enterprise?.name ?? null,
    contactName: reporter?.contact.name ?? '',
    username: reporter?.contact.username ?? null,
    uscc: answers.enterprise?.uscc ?? null,
  });
  const reportMessageId = `${caseId}.report`;
  await store.messages.put({
    id: reportMessageId,
    caseId,
    kind: 'report',
    side: 'enterprise',
    personId: by.id,
    at: deps.clock.now(),
    text: answers.text ?? '',
    files: answers.files,
    departmentText: null,
  });
  deps.crashPoint('report-stored');
  const kept = await keptOut(deps, { ...filing, wish }, caseId);
  const c = await insertNumbered(deps, { ...filing, caseId, reportMessageId, kept });
  deps.crashPoint('case-filed');
  await store.drafts.replace(draft, { state: 'sent' }, causeId);
  await store.people.leaveForm(by.id, draft.id);
  wake.relay(c.id);
  wake.route(c.id);
  return { ok: true, c };
}

/** What a draft that was sent before has become. */
export async function filedBefore({ store, wake }: ActionDeps, draft: Draft): Promise<Filed> {
  const c = await store.cases.byDraft(draft.id);
  if (!c) return { ok: false, refusal: 'form-over', draft: null };
  wake.relay(c.id);
  return { ok: true, c };
}

type KeptOut = Pick<ReviewedReport, 'excludedDepartments' | 'excludedPersonIds' | 'exclusionMessageId'>;

interface Wished {
  readonly departments: readonly string[];
  readonly people: readonly string[];
  /** As he wrote them. */
  readonly names: string | undefined;
  readonly leavesReader: boolean;
}

/** Whom a report keeps out: departments, people found by the names he wrote for that, and staff that stand in what he reports. */
async function wishIn({ store }: ActionDeps, { answers, reporter, by }: DraftFiling): Promise<Wished> {
  const { excluded, text = '' } = answers;
  const [staff, known, interested] = await Promise.all([
    store.people.withGrants(),
    store.organisation.departments(),
    contactsOf(store, answers),
  ]);
  const departments = (excluded?.departments ?? []).filter((code) => known.some((one) => one.code === code));
  const reporterId = reporter?.id ?? '';
  const names = excluded?.names;
  const wished = excludedPeople({ departments, names: names ?? '', reporterId }, staff);
  const named = namedIn(text, staff, [reporterId, by.id]);
  const people = withInvitees([...new Set([...wished, ...named])], staff).filter((id) => id !== reporterId);
  const out = [reporterId, ...interested, ...people];
  return { departments, people, names, leavesReader: leavesReader(out, staff) };
}

/** Stores the names as he wrote them: those that match nobody a person has to read. */
async function keptOut(
  { store, clock }: ActionDeps,
  { by, wish }: DraftFiling & { readonly wish: Wished },
  caseId: string,
): Promise<KeptOut> {
  const { names } = wish;
  const kept = { excludedDepartments: wish.departments, excludedPersonIds: wish.people };
  if (names === undefined) return kept;
  const exclusionMessageId = `${caseId}${exclusionSuffix}`;
  await store.messages.put({
    id: exclusionMessageId,
    caseId,
    kind: 'private',
    side: 'enterprise',
    personId: by.id,
    at: clock.now(),
    text: `🚫 ${names}`,
    files: [],
    departmentText: null,
  });
  return { ...kept, exclusionMessageId };
}

interface Inserting extends DraftFiling {
  readonly caseId: string;
  readonly reportMessageId: string;
  readonly kept: KeptOut;
}

const numberTries = 8;

/** A number that another case holds already is drawn again. */
async function insertNumbered({ store, seal, rules, clock }: ActionDeps, of: Inserting): Promise<CaseRecord> {
  const { answers, draft, reporter, caseId, reportMessageId, causeId, onBehalf } = of;
  const interestedIds = await contactsOf(store, answers);
  for (let draw = 0; draw < numberTries; draw++) {
    const number = makeCaseNumber(
      Buffer.from(seal.lookup('case-number', `${draft.id} ${draw}`), 'base64url'),
    );
    const inserted = await store.cases.insert(
      fileCase(
        {
          id: caseId,
          number,
          draftId: draft.id,
          reporterId: reporter?.id ?? '',
          enterpriseId: answers.enterprise?.id ?? null,
          verified: answers.enterprise !== undefined && answers.enterprise.id !== null,
          named: answers.enterprise !== undefined && answers.enterprise.name !== null,
          kind: answers.kind ?? 'complaint',
          domain: answers.domain ?? 'other',
          conduct: answers.kind === 'complaint' ? (answers.conduct ?? null) : null,
          tier: answers.kind === 'consultation' ? 'consult' : (answers.tier ?? 'general'),
          urgent: answers.kind === 'complaint' && answers.urgent === true,
          confidentiality: answers.confidentiality ?? 'commission',
          fileCount: answers.files.length,
          // What staff wrote down was not confirmed by the reporter, so no router is certain of it (rules §1).
          confirmed: onBehalf === undefined,
          interestedIds,
          reportMessageId,
          now: clock.now(),
          causeId,
          ...of.kept,
          ...(onBehalf ? { onBehalf } : {}),
        },
        rules.current(),
      ),
    );
    if (inserted) return inserted;
  }
  throw new InvariantError('no free case number was found');
}

/** Everybody who speaks for the enterprise, also where its name was typed. */
async function contactsOf(
  { organisation }: ActionDeps['store'],
  { enterprise }: ReportAnswers,
): Promise<readonly string[]> {
  if (!enterprise || enterprise.name === null) return [];
  const known = await organisation.enterprises();
  const named = known.filter(
    ({ id, name, uscc }) => id === enterprise.id || name === enterprise.name || uscc === enterprise.uscc,
  );
  return named.flatMap(({ contacts }) => contacts);
}
