/** Who sees what of a case (rules §6). Every card, list and notice asks here. */
import { isCommission, isDepartment, type Relation } from './people.js';
import { seesUnmasked } from './access.js';
import type { CaseRecord } from './case.js';
import { endsInReceipt, type Confidentiality } from './taxonomy.js';

export interface Sight {
  /** May see that the case exists. */
  readonly exists: boolean;
  /** May see the enterprise's and the reporter's name. */
  readonly identity: boolean;
  /** 'own' words in full · the version the duty officer approved for the department · 'masked' · nothing. */
  readonly content: 'full' | 'department' | 'masked' | 'none';
  /** May see files that came with the report. */
  readonly files: boolean;
  readonly departmentNotes: boolean;
  readonly commissionNotes: boolean;
}

const nothing: Sight = {
  exists: false,
  identity: false,
  content: 'none',
  files: false,
  departmentNotes: false,
  commissionNotes: false,
};

/** Who looks, and when: a locked name shows to two persons for a quarter of an hour. */
export interface Looker {
  readonly personId: string;
  readonly now: Date;
}

/** Takes who somebody is to a case, gives what he may see of it. A stranger sees nothing, not even that it exists. */
export function sightOf(relation: Relation, c: CaseRecord, looker?: Looker): Sight {
  if (relation === 'reporter')
    return { ...nothing, exists: true, identity: true, content: 'full', files: true };
  if (isCommission(relation)) {
    const unmasked = looker !== undefined && seesUnmasked(c, looker.personId, looker.now);
    const identity = c.confidentiality !== 'locked' || unmasked;
    return {
      exists: true,
      identity,
      content: 'full',
      files: true,
      departmentNotes: true,
      commissionNotes: true,
    };
  }
  if (isDepartment(relation)) {
    const open = c.confidentiality === 'open';
    return {
      ...nothing,
      exists: true,
      identity: open,
      content: 'department',
      files: open,
      departmentNotes: true,
    };
  }
  if (relation === 'liaison') {
    const named = c.confidentiality !== 'locked';
    return { ...nothing, exists: true, identity: named, content: 'full', files: named };
  }
  if (relation === 'auditor') return { ...nothing, exists: true, content: 'masked' };
  return nothing;
}

/**
 * Whether somebody has had the name before him since his card of a case came: to the commission it is to be seen from the
 * beginning or, once the level was changed, perhaps only since then.
 */
export const nameStood = (
  relation: Relation,
  { confidentiality, history }: Pick<CaseRecord, 'confidentiality' | 'history'>,
): boolean =>
  isCommission(relation) &&
  confidentiality !== 'locked' &&
  !history.some(({ transition }) => transition === 'set-confidentiality' || transition === 'agree-lower');

/** What brings an open name to a department: nothing more, a person who turns it into a case, or the reporter's own consent after it was unsealed. */
export type DepartmentReader = 'department' | 'department-if-turned' | 'department-if-agreed';
export type IdentityReader = 'self' | DepartmentReader | 'commission' | 'liaison' | 'two-person';

export function departmentReader({ kind, track }: Pick<CaseRecord, 'kind' | 'track'>): DepartmentReader {
  if (track === 'integrity') return 'department-if-agreed';
  return endsInReceipt(kind) ? 'department-if-turned' : 'department';
}

/** Who will see the reporter's name at a level of confidentiality; shown before a report is sent (rules §6). */
export function identityReaders(
  confidentiality: Confidentiality,
  department: DepartmentReader,
  hasLiaison = false,
): readonly IdentityReader[] {
  if (confidentiality === 'locked') return ['self', 'two-person'];
  const liaison = hasLiaison && department !== 'department-if-agreed' ? (['liaison'] as const) : [];
  if (confidentiality === 'commission') return ['self', 'commission', ...liaison];
  return ['self', 'commission', ...liaison, department];
}

/** `access`: why somebody wanted to see the name. */
export const readableKinds = [
  'report',
  'message',
  'private',
  'call',
  'note',
  'reason',
  'result',
  'explanation',
  'comment',
  'access',
] as const;
export const sides = ['enterprise', 'department', 'commission'] as const;

/** What a text is, as far as reading it goes. */
export interface Readable {
  readonly kind: (typeof readableKinds)[number];
  readonly side: (typeof sides)[number];
  readonly department?: string | null;
  readonly personId?: string;
}

/**
 * Takes a text of a case, a reader's relation to it and his departments. Notes stay with the staff they belong to, the enterprise's
 * private words and the commission's words to it never reach a department (rules §2 note, §6).
 */
export function mayRead(
  { kind, side, department: written, personId: writer }: Readable,
  relation: Relation,
  own: readonly string[] = [],
  reader?: string,
): boolean {
  if (isCommission(relation)) return true;
  if (relation === 'liaison') return mayLiaisonRead({ kind, writer }, reader);
  const reporter = relation === 'reporter';
  const department = isDepartment(relation);
  switch (kind) {
    case 'note':
      // Another department's notes are not its own, whichever of them has the case now.
      return department
        ? side === 'department' && own.includes(written ?? '')
        : reporter && side === 'enterprise';
    case 'private':
    case 'comment':
    case 'access':
      return reporter;
    case 'explanation':
      return department;
    case 'report':
    case 'call':
    case 'reason':
    case 'result':
      return reporter || department;
    case 'message':
      return reporter || (department && side !== 'commission');
  }
}

/** What was said with the enterprise, and his own notes; those of others stay with their side (rules §6). */
function mayLiaisonRead(
  { kind, writer }: { readonly kind: Readable['kind']; readonly writer: string | undefined },
  reader: string | undefined,
): boolean {
  if (kind === 'note') return writer !== undefined && writer === reader;
  // What was told to the commission alone may name the liaison himself.
  return kind !== 'access' && kind !== 'explanation' && kind !== 'private';
}
