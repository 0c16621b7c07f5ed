/** Rules §6 written down once more, apart from the program: who may know of a case, read its words, and see the name behind it. */
import type { Role, Viewer } from '../../src/domain/people.js';
import type { By } from '../../src/domain/transitions/row.js';
import { bird, liaison } from './canaries.js';
import { cast } from './channel.js';

/** A case as it lies in the store, as far as rights go by it. */
export interface CaseRow {
  readonly _id: string;
  readonly number: string;
  readonly rev: number;
  readonly state: string;
  readonly track: 'service' | 'integrity';
  readonly confidentiality: 'open' | 'commission' | 'locked';
  readonly department: string | null;
  readonly handlerId: string | null;
  readonly reporterId: string;
  readonly tasks: readonly { readonly department: string }[];
  readonly excludedPersonIds: readonly string[];
  readonly excludedDepartments: readonly string[];
  readonly access: {
    readonly interestedIds: readonly string[];
    readonly unmask: {
      readonly state: string;
      readonly askedBy: string;
      readonly approvedBy: string | null;
    } | null;
  };
}

export interface Walker {
  readonly id: number;
  readonly role: Role;
  readonly department?: string;
}

/** Somebody of every role, and of every place from which a case looks different. */
export const walkers: Readonly<Record<string, Walker>> = {
  'the reporter': { id: bird.id, role: 'enterprise' },
  'another enterprise': { id: cast.englishOwner, role: 'enterprise' },
  'the officer who signed one': { id: cast.officer, role: 'officer', department: 'SPJ' },
  'a colleague': { id: cast.colleague, role: 'officer', department: 'SPJ' },
  'the head': { id: cast.head, role: 'head', department: 'SPJ' },
  'an officer of another department': { id: cast.housingOfficer, role: 'officer', department: 'ZJJ' },
  'the head of another department': { id: cast.enforcementHead, role: 'head', department: 'ZFJ' },
  'a liaison of another enterprise': { id: liaison.id, role: 'liaison' },
  'the duty officer': { id: cast.duty, role: 'duty' },
  'the supervisor': { id: cast.supervisor, role: 'supervisor' },
  'the leader': { id: cast.leader, role: 'leader' },
  'the auditor': { id: cast.auditor, role: 'auditor' },
  'the administrator': { id: cast.admin, role: 'admin' },
};

export interface Rights {
  /** May know that there is such a case. */
  readonly knows: boolean;
  readonly words: boolean;
  readonly name: boolean;
}

const none: Rights = { knows: false, words: false, name: false };
const all: Rights = { knows: true, words: true, name: true };

export function rightsOf({ role, department }: Walker, row: CaseRow, personId: string): Rights {
  if (row.excludedPersonIds.includes(personId)) return none;
  switch (role) {
    case 'enterprise':
      return row.reporterId === personId ? all : none;
    case 'officer':
    case 'head':
      return ofDepartment({ role, department: department ?? '', personId }, row);
    case 'duty':
    case 'supervisor':
    case 'leader':
      if (row.access.interestedIds.includes(personId)) return none;
      return { ...all, name: row.confidentiality !== 'locked' || isShown(row, personId) };
    case 'auditor':
      return { ...none, knows: true };
    // The liaison of the walk has no enterprise.
    case 'liaison':
    case 'admin':
      return none;
  }
}

const isShown = ({ access: { unmask } }: CaseRow, personId: string): boolean =>
  unmask?.state === 'seen' && (unmask.askedBy === personId || unmask.approvedBy === personId);

/** A sealed case is nothing to a department; one that a colleague has signed is his and the head's. */
function ofDepartment(
  { role, department, personId }: { role: Role; department: string; personId: string },
  row: CaseRow,
): Rights {
  if (row.track === 'integrity' || row.state === 'sealed' || row.state === 'filed') return none;
  if (row.excludedDepartments.includes(department)) return none;
  const helps = row.tasks.some((task) => task.department === department);
  const leads =
    row.department === department &&
    (role === 'head' || row.handlerId === null || row.handlerId === personId);
  return helps || leads ? { knows: true, words: true, name: row.confidentiality === 'open' } : none;
}

const relationsOf: Readonly<Partial<Record<Role, readonly By[]>>> = {
  enterprise: ['reporter'],
  officer: ['officer', 'handler', 'co-officer'],
  head: ['head', 'handler', 'co-officer'],
};

/** Whether a row of the transition table is for somebody of this role. */
export const isFor = ({ role }: Walker, by: readonly By[]): boolean =>
  (relationsOf[role] ?? [role]).some((relation) => by.some((one) => one === relation));

/** Him as the rules of the program know him. */
export const viewerOf = ({ role, department }: Walker, personId: string): Viewer => ({
  personId,
  role,
  ...(department === undefined ? {} : { departments: [department] }),
});
