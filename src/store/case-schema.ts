import { Schema, type Connection } from 'mongoose';
import type { CaseRecord } from '../domain/case.js';

/** A case as stored: the record of the rules, its due date for sorting, since when files wait to be released, and its outbox. */
export type CaseDocument = Omit<CaseRecord, 'id'> & {
  readonly _id: string;
  readonly dueAt: Date;
  readonly desks: readonly string[];
  readonly filesWaitSince?: Date | null;
  readonly relayAt?: Date;
};

const mixed = Schema.Types.Mixed;

export const caseSchema = new Schema<CaseDocument>(
  {
    _id: { type: String, required: true },
    number: String,
    rev: Number,
    state: String,
    rulesVersion: Number,
    calendarRevision: Number,
    draftId: String,
    reporterId: String,
    enterpriseId: String,
    verified: Boolean,
    kind: String,
    domain: String,
    conduct: String,
    track: String,
    tier: String,
    urgent: Boolean,
    confidentiality: String,
    fileCount: Number,
    confirmed: Boolean,
    excludedPersonIds: [String],
    excludedDepartments: [String],
    access: mixed,
    proposal: mixed,
    department: String,
    handlerId: String,
    filedAt: Date,
    promisedAt: Date,
    provisional: Boolean,
    closedAt: Date,
    endedAt: Date,
    contactedAt: Date,
    signOffAskedAt: Date,
    explainedAt: Date,
    named: Boolean,
    pauseUntil: Date,
    waitCount: Number,
    declinedBy: String,
    appealedAt: Date,
    returnedBy: { type: [String], default: [] },
    extension: mixed,
    extensionCount: Number,
    tasks: { type: [mixed], default: [] },
    listedAt: Date,
    leaderId: String,
    unsealAskedBy: String,
    transferAskedBy: String,
    mergedInto: String,
    source: String,
    filedById: String,
    linkedIds: [String],
    urgedAt: Date,
    urgeCount: Number,
    redoCount: Number,
    reopenCount: Number,
    pressure: Number,
    clocks: { type: [mixed], default: [] },
    survey: mixed,
    closings: { type: [mixed], default: [] },
    history: { type: [mixed], default: [] },
    outbox: { type: [mixed], default: [] },
    wakeAt: Date,
    heldAt: Date,
    eraseAt: Date,
    erasedAt: Date,
    dueAt: Date,
    desks: { type: [String], default: [] },
    filesWaitSince: Date,
    relayAt: Date,
  },
  // A field of the rules that is not here must not be lost in silence.
  { versionKey: false, minimize: false, strict: 'throw' },
);
// A case is looked up by the number its reporter reads out.
caseSchema.index({ number: 1 }, { unique: true });
// Two taps on "send" make one case.
caseSchema.index({ draftId: 1 }, { unique: true });
// The sweep asks which cases are to be woken.
caseSchema.index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $type: 'date' } } });
// Retention asks whose content is to be erased.
caseSchema.index({ eraseAt: 1 }, { partialFilterExpression: { eraseAt: { $type: 'date' } } });
// The sweep asks whose outbox still waits.
caseSchema.index({ relayAt: 1 }, { partialFilterExpression: { relayAt: { $type: 'date' } } });
// The duty officers' to-do asks where files wait to be released.
caseSchema.index({ filesWaitSince: 1 }, { partialFilterExpression: { filesWaitSince: { $type: 'date' } } });
// A reporter lists his own cases, the newest first.
caseSchema.index({ reporterId: 1, filedAt: -1, _id: -1 });
// A department lists its work by due date.
caseSchema.index({ desks: 1, state: 1, dueAt: 1, _id: 1 });
// Taking over asks what somebody has in hand, and who has anything in hand at all.
caseSchema.index({ state: 1, handlerId: 1 });
// A department's ledger, the earliest due first.
caseSchema.index({ department: 1, track: 1, state: 1, dueAt: 1 });
// A department's ledger, the latest struck off first.
caseSchema.index({ department: 1, track: 1, state: 1, closedAt: -1 });
// The commission's pool and to-do lists, by due date.
caseSchema.index({ state: 1, dueAt: 1, _id: 1 });
// The hints at duplicates ask for an enterprise's recent cases.
caseSchema.index({ enterpriseId: 1, filedAt: -1 });
// After an import of holidays the sweep asks whose dates come from an older calendar.
caseSchema.index({ calendarRevision: 1, state: 1 });
// A search by state or department alone, the newest first.
caseSchema.index({ state: 1, filedAt: -1, _id: -1 });
caseSchema.index({ department: 1, filedAt: -1, _id: -1 });

export type CaseModel = ReturnType<typeof caseModel>;

export const caseModel = (connection: Connection) => connection.model('Case', caseSchema, 'cases');
