/** Every question each repository can ask, in every form it takes. A method that is missing here does not compile. */
import type { AuditFilter } from '../../src/domain/audit.js';
import { openStates } from '../../src/domain/case.js';
import type { Viewer } from '../../src/domain/people.js';
import type { Person } from '../../src/domain/person.js';
import type { PageKey } from '../../src/store/case-pages.js';
import type { Claimed, NewDelivery } from '../../src/store/deliveries.js';
import type { Store } from '../../src/store/index.js';
import { filed, rules } from '../unit/domain/case-of-test.js';

type Repositories = Omit<Store, 'keys'>;
/** The arguments of each call; none where a method asks the store nothing. */
type Calls<R> = {
  readonly [M in keyof R]: R[M] extends (...args: infer A) => unknown ? readonly A[] : never;
};
export type Walk = { readonly [R in keyof Repositories]: Calls<Repositories[R]> };

const now = new Date('2026-03-02T01:00:00Z');
const later = new Date('2026-04-02T01:00:00Z');
const c = filed();
const contact = { telegramId: 1, name: 'A', username: null };
const department = {
  code: 'SPJ',
  name: { zh: '局', en: 'B' },
  parent: null,
  domains: [],
  words: [],
  headSignsOff: false,
};
const draft = {
  id: 'd',
  personId: 'p',
  role: 'enterprise',
  form: 'report',
  transition: null,
  caseId: null,
  rev: 0,
  state: 'open',
  answers: {},
  causes: [],
  album: null,
  cardMessageId: null,
} as const;
const message = {
  id: 'm',
  caseId: c.id,
  kind: 'report',
  side: 'enterprise',
  personId: 'p',
  at: now,
  text: 'x',
  files: [],
  departmentText: null,
} as const;
const delivery = {
  id: 'x',
  caseId: c.id,
  personId: 'p',
  role: 'enterprise',
  event: 'signed',
  messageId: null,
  clock: null,
  cardMessageId: null,
  order: '1',
} as const satisfies NewDelivery;
const claimed: Claimed = {
  ...delivery,
  entryId: null,
  standsFor: null,
  letterId: null,
  slotAt: null,
  state: 'pending',
  fence: 1,
  attempts: 1,
  sending: false,
  telegramMessageId: null,
  ambiguous: 0,
  leaseEndsAt: 0,
};
const fact = {
  id: 'f',
  kind: 'change',
  at: now,
  what: 'sign',
  by: 'p',
  role: null,
  departments: null,
  caseId: c.id,
  rev: 1,
  state: 'filed',
  detail: null,
  count: 1,
} as const;
const closing = {
  caseId: c.id,
  ordinal: 1,
  excluded: null,
  at: now,
  month: '2026-03',
  department: 'SPJ',
  onTime: true,
  workingMinutes: 1,
  contacted: true,
  answers: null,
  reopenedAt: null,
};

const letter = {
  id: 'l',
  caseId: c.id,
  kind: 'supervision',
  year: 2026,
  clock: null,
  facts: {
    caseNumber: c.number,
    department: null,
    headName: null,
    domain: 'approval',
    conduct: null,
    urgent: false,
    filedAt: now,
    dueAt: null,
    issuedAt: now,
    answerBy: null,
    second: false,
    earlier: [],
    basis: null,
  },
} as const;

const viewers: readonly Viewer[] = [
  { personId: 'p', role: 'duty' },
  { personId: 'p', role: 'officer', departments: ['SPJ'] },
  { personId: 'p', role: 'head', departments: ['SPJ', 'ZJJ'] },
  { personId: 'p', role: 'liaison', enterprises: ['e'] },
  { personId: 'p', role: 'enterprise' },
];
const auditFilters: readonly AuditFilter[] = [
  { by: 'all' },
  { by: 'case', caseId: 'x' },
  { by: 'person', personId: 'p' },
  { by: 'day', from: now, until: later },
];
const keys: readonly (PageKey | null)[] = [
  null,
  { at: now, id: 'x', towards: 'next' },
  { at: now, id: 'x', towards: 'previous' },
];
const each = <A, B, C>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => C): C[] =>
  as.flatMap((a) => bs.map((b) => make(a, b)));

export const walk: Walk = {
  cases: {
    insert: [[c]],
    byId: [['x']],
    revOf: [['x']],
    byNumber: [['x']],
    byDraft: [['x']],
    replace: [[c, { ...c, rev: 2 }]],
    pullOutbox: [['x', c.outbox]],
    noteRelayed: [['x']],
    waitingToRelay: [[now, 10]],
    dueToWake: [[now, 10]],
    nextWakeUpTo: [[now, later]],
    ofReporter: keys.map((from) => [c.reporterId, { from, limit: 8 }]),
    listFor: each(
      viewers,
      [
        ...keys.flatMap((from) => [[], ['x']].map((also) => ({ from, also, dueOnly: false }))),
        { from: null, also: [], dueOnly: true },
      ],
      (viewer, asked) => [viewer, { ...asked, states: openStates, limit: 8 }],
    ),
    ofSameOrigin: [[c, now]],
    byIds: [[['x', 'y']]],
    newest: each(
      viewers,
      [
        ...keys.map((from) => ({ from, states: ['filed' as const], departments: [] })),
        { from: null, states: [], departments: ['SPJ'] },
      ],
      (viewer, asked) => [viewer, { ...asked, limit: 8 }],
    ),
    countByState: [[]],
  },
  work: {
    histories: [[]],
    ofDepartments: [[['SPJ']]],
    ofCommission: [[now]],
    onDesk: each(viewers, [null, later], (viewer, dueBefore) => [viewer, openStates, dueBefore]),
    withWaitingFiles: [[now]],
    ofHandler: [['p', 'SPJ']],
    countRunning: [[]],
    countUnreadBy: [[[]], [['p', 'q']]],
    unsignedBy: [
      ['SPJ', []],
      ['SPJ', ['p', 'q']],
    ],
    behindCalendar: [[2, 10]],
    runningAfter: [['x', 10]],
    holdings: [[], ['SPJ', 'p']],
  },
  retained: {
    dueToErase: [[now, 10]],
    archivedWithoutDate: [[10]],
    forgetReporter: [['x']],
    forgetTies: [[{ id: 'x', linkedIds: ['y'] }]],
    idsOfReporter: [['p']],
    countOfReporter: [['p']],
    existing: [[['x', 'y']]],
    setEraseAt: [
      ['x', now],
      ['x', null],
    ],
  },
  messages: {
    put: [[message]],
    setDepartmentText: [[message, 'x', 'open']],
    ofCase: [['x']],
    reportsOf: [[['x', 'y']]],
    ofReporters: [[['x', 'y']]],
    erase: [['x']],
  },
  identities: {
    put: [[c.id, { enterpriseName: 'x', contactName: 'y', username: null }]],
    ofCases: [[['x', 'y']]],
    ofCase: [['x']],
    erase: [['x']],
  },
  people: {
    meet: [
      [contact, { rename: true }],
      [{ ...contact, name: 'B' }, { rename: true }],
    ],
    byId: [['p']],
    byIds: [[['p', 'q']]],
    change: [['p', { language: 'zh' }]],
    takeUpForm: [[{ id: 'p', contact, draftCause: '7:1' } as Person, { draftId: 'd', draftCause: '7:1' }]],
    leaveForm: [['p', 'd']],
    noteNameMatched: [['p', 'x']],
    forget: [['x']],
    setGrants: [['p', []]],
    addGrant: [
      ['p', { role: 'duty' }, 'q'],
      ['p', { role: 'officer', department: 'SPJ' }, 'q'],
    ],
    removeGrant: [['p', { role: 'officer', department: 'SPJ' }]],
    holding: [['duty'], ['officer', 'SPJ']],
    withGrants: [[]],
  },
  organisation: {
    departments: [[]],
    department: [['SPJ']],
    addDepartment: [[department]],
    changeDepartment: [['SPJ', { headSignsOff: true }]],
    putDepartment: [[department]],
    keepDepartments: [[['SPJ']]],
    keepEnterprises: [[['u']]],
    putEnterprise: [[{ name: 'x', uscc: 'u', contacts: ['p'], observationPoint: false, liaisonId: null }]],
    putSpeaker: [[{ name: 'x', uscc: 'u' }, 'p']],
    enterprises: [[]],
    enterprisesOf: [['p']],
    removeContact: [['p']],
    fileRead: [[]],
    noteFileRead: [['x']],
    routing: [[]],
    putRouting: [[{ autoDispatch: false, fallback: null }]],
  },
  drafts: {
    insert: [[draft]],
    byId: [['d']],
    openReportOf: [['p']],
    byCause: [['p', 'x']],
    byAlbum: [['p', 'x']],
    replace: [[draft, { state: 'sent' }, 'x']],
    eraseOf: [['p']],
    eraseOpenOf: [['p']],
    eraseOfCase: [[{ id: 'x', draftId: 'd' }]],
    eraseBefore: [['open', now]],
    setCard: [['d', 1]],
  },
  cards: {
    show: [[{ personId: 'p', telegramMessageId: 1, caseId: c.id, role: 'duty' }]],
    keep: [[{ personId: 'p', telegramMessageId: 2, caseId: c.id, role: 'duty' }]],
    at: [['p', 1]],
    currentOf: [['x']],
    ofPerson: [['p', 'duty']],
    allOf: [['x']],
    eraseOfCase: [['x']],
    eraseOf: [['p']],
  },
  answers: {
    begin: [['x', 0]],
    end: [
      ['x', 0, 'sent'],
      ['x', 0, 'not-sent'],
    ],
  },
  searchTokens: {
    put: [
      [
        {
          caseId: c.id,
          scope: 'commission',
          reporterId: 'p',
          departments: [],
          filedAt: now,
          words: ['x'],
          moreWords: [],
          takenFrom: 'x',
        },
      ],
    ],
    takenFrom: [['x', 'commission']],
    erase: [['x']],
    forgetReporter: [['p']],
    matching: each(
      [{}, { reporterId: 'p' }, { departments: ['SPJ'] }, { words: ['x', 'y'] }],
      keys,
      (asked, from) => [{ scope: 'commission', words: ['x'], limit: 8, from, ...asked }],
    ),
    toCompare: [[['x', 'y']]],
  },
  imports: {
    put: [['i', 'p', []]],
    begin: [['i', 'x']],
    finish: [['i']],
    unfinished: [[now]],
    rowsOf: [['i', 'p']],
  },
  invites: {
    put: [
      [
        {
          id: 'i',
          role: 'duty',
          createdBy: 'p',
          createdAs: 'admin',
          createdAt: now,
          expiresAt: later,
          state: 'open',
          joinedBy: null,
        },
        'token',
      ],
    ],
    byId: [['i']],
    join: [['token', 'p', now]],
    decide: [['i', 'confirmed', 'x']],
    wrongTries: [['p', now]],
    noteWrong: [['p', now, later]],
    eraseBefore: [[now]],
    forgetTries: [[now]],
  },
  staffLog: {
    note: [['x', { at: now, by: 'p', event: 'invite-made' }]],
    has: [['x', 'invite-made']],
    latest: [[10]],
    eraseBefore: [[now]],
  },
  searches: { remember: [['p', 'x']], recall: [['x', 'p']], eraseOf: [['p']] },
  deadLetters: {
    list: [[{ skip: 0, limit: 10 }]],
    revive: [
      [{ id: 'x' }, { byPersonId: 'p', causeId: 'x' }],
      ['all', { byPersonId: 'p', causeId: 'x' }],
    ],
    waits: [['x']],
    count: [[]],
    untold: [[10]],
    noteTold: [[['x']]],
  },
  deliveries: {
    insert: [[[delivery]]],
    claimNext: [['p']],
    markSending: [[claimed]],
    noteSent: [[claimed, 1]],
    lastMessageOf: [['p', 'audit-head']],
    forgetNotice: [[claimed, { maybeSeen: true }]],
    markSent: [[claimed, { doubtful: true }]],
    drop: [[claimed]],
    bury: [[claimed, { outcome: 'unknown', errorClass: 'TypeError' }]],
    postpone: [[claimed, 1, { outcome: 'unknown', errorClass: 'ambiguous 500' }]],
    openOf: [['p']],
    hold: [[['x']]],
    release: [['p']],
    waitingPeople: [[10]],
    countAmbiguous: [[]],
    erase: [[{ caseId: 'x' }], [{ personId: 'q' }]],
    eraseKeptBefore: [[now]],
    countByState: [[]],
  },
  deliveryHealth: {
    heldUp: [[now, { from: now, to: later, limit: 10 }]],
    openOne: [['x']],
    counts: [[]],
  },
  deadDeliveries: {
    list: [[{ skip: 0, limit: 10 }]],
    revive: [
      [{ id: 'x' }, { byPersonId: 'p', causeId: 'x' }],
      ['all', { byPersonId: 'p', causeId: 'x' }],
    ],
    count: [[]],
    untold: [[10]],
    noteTold: [[['x']]],
  },
  inbox: {
    insert: [[1, [{ updateId: 1, lanes: [1], update: {} }]]],
    heads: [[{ except: [], limit: 10 }], [{ except: ['x'], limit: 10 }]],
    waiting: [
      [['x'], 10],
      [['x', 'y'], 10],
    ],
    finish: [['x']],
    postpone: [['x', 1, now]],
    noteOrphaned: [['x', 1]],
    // Asks nothing.
    referenceOf: [],
    bury: [['x', 1, 'Error']],
    countWaiting: [[10]],
    count: [[]],
  },
  ledger: {
    ids: each(
      [true, false],
      [
        {
          department: 'SPJ',
          states: ['closed' as const, 'archived' as const],
          personId: 'p',
          role: 'duty' as const,
        },
      ],
      (newestFirst, asked) => [asked, { newestFirst, skip: 5, limit: 5 }],
    ),
    count: [[{ department: 'SPJ', states: ['closed'], personId: 'p', role: 'duty' }]],
  },
  closings: { put: [[[closing], 1]], ofMonth: [['2026-03']], firstMonth: [[]] },
  rankings: {
    publish: [
      [
        {
          month: '2026-03',
          table: { month: '2026-03', rules: rules.rules.ranking, standings: [], improved: [] },
          names: {},
          publishedAt: now,
          publishedBy: 'p',
          causeId: 'x',
        },
      ],
    ],
    ofMonth: [['2026-03']],
  },
  letters: {
    issue: [[letter]],
    byId: [['x']],
    ofCase: [['x']],
    erase: [['x']],
  },
  proposals: {
    put: [[{ id: 'x', personId: 'p', kind: 'rules', base: 1, content: {} }]],
    get: [['x', { personId: 'p', kind: 'rules' }]],
    drop: [['x', 'p']],
  },
  ruleVersions: {
    add: [[{ version: 1, document: {}, changes: [], changedBy: null, changedAt: now, proposalId: null }]],
    after: [[0]],
    byNumber: [[1]],
    untold: [[]],
    noteTold: [[1]],
  },
  calendarImports: {
    add: [
      [{ revision: 1, years: [], free: [], worked: [], importedBy: 'p', importedAt: now, proposalId: 'x' }],
    ],
    after: [[0]],
    byNumber: [[1]],
    untold: [[]],
    noteTold: [[1]],
  },
  schedules: {
    ensure: [[{ name: 'digest', key: 'x', dueAt: now }]],
    byName: [['digest', 'x']],
    due: [[now]],
    moveOn: [[{ name: 'digest', key: 'x', dueAt: now }, later]],
    nextDueUpTo: [
      [now, later, []],
      [now, later, ['digest']],
    ],
  },
  audit: {
    head: [[]],
    alone: [[async () => {}]],
    append: [[[fact]]],
    lastRevOf: [['x']],
    all: [[]],
    page: each(auditFilters, [null, 5], (filter, below) => [filter, below, 10]),
    identityLooks: [
      ['x', null],
      ['x', now],
    ],
    putAnchor: [[{ seq: 1, hash: 'x', at: now, signature: 'x' }]],
    lastAnchor: [[]],
  },
  auditWaiting: {
    fact: [[fact]],
    denial: [[{ ...fact, kind: 'denial' }]],
    caseChanged: [['x']],
    take: [[10]],
    isEmpty: [[]],
    done: [
      [
        [
          { kind: 'case', caseId: 'x', mark: 1 },
          { kind: 'fact', fact },
        ],
      ],
    ],
  },
  businessTime: { storeTime: [[]], offsetMs: [[]], setOffsetMs: [[0]] },
};
