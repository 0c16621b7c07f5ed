/** What the audit chain keeps of an act, a look or a denial: ids and codes, never a name, a word or a Telegram id (rules §6). */
import type { CaseRecord } from './case.js';
import type { Viewer } from './people.js';
import { staffEvents } from './staff-events.js';

/** What was shown to somebody who is not its owner. */
export const lookNames = [
  'identity',
  'full-text',
  'files',
  'letter',
  'list',
  'search',
  'ledger',
  'audit',
] as const;
export type LookName = (typeof lookNames)[number];

/** Why somebody was turned away. `no-such-case` is noted for what is missing and for what is forbidden alike. */
export const denialNames = [
  'forged',
  'not-for-role',
  'no-such-case',
  'not-yours',
  'stale',
  'invite-wrong',
] as const;
export type DenialName = (typeof denialNames)[number];

/** What was done to the channel itself and to no case: who is who, its numbers, what could not be handled. */
export const actNames = [
  ...staffEvents,
  'dead-letters-revived',
  'dead-deliveries-revived',
  'rules-changed',
  'calendar-imported',
  'roles-imported',
] as const;
export type ActName = (typeof actNames)[number];

export interface Look {
  readonly what: LookName;
  readonly caseId: string | null;
}

export interface AuditFact {
  /** Names the event: one event is never chained twice. */
  readonly id: string;
  readonly kind: 'change' | 'look' | 'denial' | 'act';
  /** Business time. */
  readonly at: Date;
  /** The transition, the look, the denial or the act. */
  readonly what: string;
  /** A person's id, or `system`. */
  readonly by: string;
  readonly role: string | null;
  /** Codes, with a space between; null outside the departments. */
  readonly departments: string | null;
  readonly caseId: string | null;
  /** Of a change: the revision and state it led to. */
  readonly rev: number | null;
  readonly state: string | null;
  readonly detail: string | null;
  /** How often it happened. */
  readonly count: number;
}

/** A link of the chain. */
export interface AuditEntry extends AuditFact {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
}

/** A head of the chain that was carried outside. */
export interface AuditAnchor {
  readonly seq: number;
  readonly hash: string;
  readonly at: Date;
  readonly signature: string;
}

/** One spelling of an entry, every field in its place: this is what is hashed. */
export const canonicalEntry = (fact: AuditFact, seq: number, prev: string): string =>
  JSON.stringify([
    seq,
    prev,
    fact.id,
    fact.kind,
    fact.at.toISOString(),
    fact.what,
    fact.by,
    fact.role,
    fact.departments,
    fact.caseId,
    fact.rev,
    fact.state,
    fact.detail,
    fact.count,
  ]);

export const canonicalAnchor = ({ seq, hash, at }: Omit<AuditAnchor, 'signature'>): string =>
  JSON.stringify([seq, hash, at.toISOString()]);

/** Who did it, for the chain, which outlives the erasure of a case: whoever spoke for an enterprise is not kept in it (rules §6). */
export const chainedBy = ({ by, role }: Pick<AuditFact, 'by' | 'role'>): string =>
  ownerRoles.includes(role ?? '') ? '' : by;

/** The history of a case as facts, from behind a revision on. */
export const changesOf = (c: Pick<CaseRecord, 'id' | 'history'>, behindRev: number): readonly AuditFact[] =>
  c.history
    .filter(({ rev }) => rev > behindRev)
    .map((entry) => ({
      id: `${c.id}.${entry.rev}`,
      kind: 'change',
      at: entry.at,
      what: entry.transition,
      by: chainedBy({ by: entry.by, role: entry.relation }),
      role: entry.relation,
      departments: null,
      caseId: c.id,
      rev: entry.rev,
      state: entry.to,
      detail: entry.detail ?? null,
      count: 1,
    }));

/** The same person looking at the same thing within this time looks once. */
export const sameLookMs = 10 * 60_000;

const ofPerson = ({ personId, role, departments }: Viewer) => ({
  by: personId,
  role,
  departments: departments?.join(' ') ?? null,
  rev: null,
  state: null,
  detail: null,
  count: 1,
});

export const lookFact = (viewer: Viewer, { what, caseId }: Look, at: Date): AuditFact => ({
  ...ofPerson(viewer),
  id: ['look', viewer.personId, viewer.role, what, caseId ?? '', Math.floor(at.getTime() / sameLookMs)].join(
    ' ',
  ),
  kind: 'look',
  at,
  what,
  caseId,
});

/** An update does each of its acts once. The detail is made of codes and ids. */
export const actFact = (
  viewer: Viewer,
  act: {
    readonly what: ActName;
    readonly causeId: string;
    readonly detail?: string;
    readonly count?: number;
  },
  at: Date,
): AuditFact => ({
  ...ofPerson(viewer),
  id: `act ${act.what} ${act.causeId}`,
  kind: 'act',
  at,
  what: act.what,
  caseId: null,
  detail: act.detail ?? null,
  count: act.count ?? 1,
});

/** What a changed organisation file made of somebody's roles; whoever can write the file answers to no chat. */
export const importedRolesFact = (
  file: string,
  { personId, roles, at }: { readonly personId: string; readonly roles: string; readonly at: Date },
): AuditFact => ({
  ...actFact(
    { personId: 'system', role: 'admin' },
    { what: 'roles-imported', causeId: `${file} ${personId}`, detail: `${roles} ${personId}` },
    at,
  ),
  role: null,
});

/** What a reporter, too, is refused on his own case: with the case it would say for ever whose it was. */
const ofOwnCase: readonly DenialName[] = ['stale', 'not-for-role'];

/** `id` is given when the denials are counted together. */
export const denialFact = (
  viewer: Viewer,
  what: DenialName,
  { caseId, at }: { readonly caseId: string | null; readonly at: Date },
): Omit<AuditFact, 'id'> => ({
  ...ofPerson(viewer),
  kind: 'denial',
  at,
  what,
  caseId: viewer.role === 'enterprise' && ofOwnCase.includes(what) ? null : caseId,
});

/** Roles in which somebody speaks for an enterprise: he is not named in what he does so. */
export const ownerRoles: readonly string[] = ['reporter', 'enterprise'];

/** Which entries somebody reads. */
export type AuditFilter =
  | { readonly by: 'all' }
  | { readonly by: 'case'; readonly caseId: string }
  | { readonly by: 'person'; readonly personId: string }
  | { readonly by: 'day'; readonly from: Date; readonly until: Date };

/** When somebody of a role and department last saw the name behind a case. */
export interface IdentityLook {
  readonly role: string;
  /** Codes, with a space between; null outside the departments. */
  readonly departments: string | null;
  readonly at: Date;
}
