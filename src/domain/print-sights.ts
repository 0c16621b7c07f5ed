/** Who sees what, for reading: walked through the functions that decide, for everybody who can stand in any place to a case. */
import type { CaseRecord } from './case.js';
import { relationOf, relations, type Role, type Viewer } from './people.js';
import { confidentialities, tracks, type Confidentiality, type Track } from './taxonomy.js';
import { mayRead, readableKinds, sides, sightOf, type Sight } from './visibility.js';

/** Somebody and his place to the case of department A, which B helps with. */
interface Standing {
  readonly who: string;
  readonly role: Role;
  readonly departments?: readonly string[];
  readonly enterprises?: readonly string[];
  /** How the case differs for him. */
  readonly changes?: Partial<CaseRecord>;
}

const me = 'me';
const now = new Date(0);
const inA = { departments: ['A'] };
const inB = { departments: ['B'] };
const signed = { handlerId: 'colleague' };

const standings: readonly Standing[] = [
  { who: 'enterprise: its own report', role: 'enterprise', changes: { reporterId: me } },
  { who: "enterprise: somebody else's report", role: 'enterprise' },
  { who: 'officer: own department, nobody has signed', role: 'officer', ...inA },
  { who: 'officer: signed it', role: 'officer', ...inA, changes: { handlerId: me } },
  { who: 'officer: own department, a colleague has signed', role: 'officer', ...inA, changes: signed },
  { who: 'officer: co-department', role: 'officer', ...inB, changes: signed },
  { who: 'officer: another department', role: 'officer', departments: ['C'] },
  { who: 'officer: speaks for the enterprise', role: 'officer', ...inA, changes: interested() },
  { who: 'head: own department', role: 'head', ...inA, changes: signed },
  { who: 'head: own department, before dispatch', role: 'head', ...inA, changes: { state: 'filed' } },
  { who: 'head: co-department', role: 'head', ...inB, changes: signed },
  { who: 'head: another department', role: 'head', departments: ['C'] },
  {
    who: 'head: his department is named in it',
    role: 'head',
    ...inA,
    changes: { excludedDepartments: ['A'] },
  },
  { who: 'liaison: another enterprise', role: 'liaison' },
  { who: 'liaison: own enterprise', role: 'liaison', enterprises: ['E'], changes: { enterpriseId: 'E' } },
  { who: 'duty officer', role: 'duty' },
  { who: 'duty officer: asked to unmask, approved, within 15 minutes', role: 'duty', changes: unmasked() },
  { who: 'duty officer: named in it', role: 'duty', changes: { excludedPersonIds: [me] } },
  { who: 'supervisor', role: 'supervisor' },
  { who: 'leader', role: 'leader' },
  { who: 'auditor', role: 'auditor' },
  { who: 'administrator', role: 'admin' },
];

function interested(): Partial<CaseRecord> {
  return { access: { ...unmasked().access, unmask: null, interestedIds: [me] } };
}

function unmasked(): Pick<CaseRecord, 'access'> {
  const unmask = {
    state: 'seen' as const,
    askedBy: me,
    askedAs: 'duty' as const,
    askedAt: now,
    reasonId: '',
    approvedBy: 'another',
    endsAt: new Date(1),
    tellAt: null,
  };
  return { access: { unmask, unmaskings: [], lowerAsked: null, releasedFiles: [], interestedIds: [] } };
}

const words: Readonly<Record<Sight['content'], string | null>> = {
  full: 'words',
  department: "department's version",
  masked: 'content masked',
  none: null,
};

function cell(standing: Standing, track: Track, confidentiality: Confidentiality): string {
  const c = caseOf(standing, track, confidentiality);
  const { role, departments = [], enterprises = [] } = standing;
  const viewer: Viewer = { personId: me, role, departments, enterprises };
  const sight = sightOf(relationOf(viewer, c), c, { personId: me, now });
  if (!sight.exists) return '—';
  return [
    sight.identity ? '**name**' : null,
    words[sight.content],
    sight.files ? 'files' : null,
    sight.departmentNotes ? 'notes of the department' : null,
    sight.commissionNotes ? 'notes of the commission' : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** A case in hand, as far as sight depends on it. */
const caseOf = ({ changes }: Standing, track: Track, confidentiality: Confidentiality): CaseRecord =>
  ({
    state: track === 'integrity' ? 'sealed' : 'handling',
    track,
    confidentiality,
    department: 'A',
    handlerId: null,
    reporterId: 'owner',
    tasks: [{ department: 'B', openedAt: now, doneAt: null, doneBy: null }],
    excludedPersonIds: [],
    excludedDepartments: [],
    access: { unmask: null, unmaskings: [], lowerAsked: null, releasedFiles: [], interestedIds: [] },
    ...changes,
  }) as unknown as CaseRecord;

const columns = tracks.flatMap((track) => confidentialities.map((level) => ({ track, level })));

/** A line for everybody and everything, for the snapshot a lawyer could read. */
export const sightLines = (): readonly string[] =>
  standings.flatMap((standing) => [
    standing.who,
    ...columns.map(({ track, level }) => `  ${track}, ${level}: ${cell(standing, track, level)}`),
  ]);

/** Whose words each relation reads, by what they are and who wrote them; notes and messages follow this, not the card. */
const readers = (kind: (typeof readableKinds)[number], side: (typeof sides)[number]): string =>
  relations.filter((relation) => mayRead({ kind, side, department: 'A' }, relation, ['A'])).join(', ') || '—';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Gives a Markdown page; the same rules always give the same page. */
export const printSights = (): string =>
  [
    '# Who sees what',
    '',
    'Printed by `node scripts/print-sights.mjs` from the functions that decide (`src/domain/people.ts`, `src/domain/visibility.ts`); do not',
    'edit by hand. Every card, list, search, count, export, error and button asks them. `—` means that to this person there is no such',
    'case: the answer is the one for a number that does not exist. The case is in the hands of department A, with B helping.',
    '',
    row(['who', ...columns.map(({ track, level }) => `${track}, ${level}`)]),
    row(['---', ...columns.map(() => '---')]),
    ...standings.map((standing) =>
      row([standing.who, ...columns.map(({ track, level }) => cell(standing, track, level))]),
    ),
    '',
    'Who reads the texts of a case, once he may see it:',
    '',
    row(['text', ...sides.map((side) => `of the ${side}`)]),
    row(['---', ...sides.map(() => '---')]),
    ...readableKinds.map((kind) => row([kind, ...sides.map((side) => readers(kind, side))])),
    '',
  ].join('\n');
