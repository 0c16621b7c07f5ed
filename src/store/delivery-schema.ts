import { Schema, type Connection } from 'mongoose';
import type { OutboxEntry } from '../domain/case.js';
import type { Revival } from '../domain/dead-letter.js';
import type { Role } from '../domain/people.js';
import { retention } from '../domain/retention.js';

export const deliveryStates = ['pending', 'held', 'sent', 'dropped', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One event told to one person. It holds ids, never content (design §2.5). */
export interface Delivery {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly role: Role;
  readonly event: string;
  /** The outbox entry it tells; null where nobody hears it instead. */
  readonly entryId: string | null;
  /** In which role somebody is who should have heard this and cannot be reached. */
  readonly standsFor: Role | null;
  readonly messageId: string | null;
  readonly clock: OutboxEntry['clock'] | null;
  /** For a refresh: the card to be edited. */
  readonly cardMessageId: number | null;
  /** The letter that goes with the card, a delivery of its own. */
  readonly letterId: string | null;
  /** For a digest: the instant its morning is due at. */
  readonly slotAt: Date | null;
  /** For news about rules or calendar, which belong to no case: which change. */
  readonly about?: string | null;
  readonly state: DeliveryState;
  /** Counts the claims; a write of an older claim is fenced off. */
  readonly fence: number;
  readonly attempts: number;
  /** A request was written; without a message id afterwards it is not known whether it arrived. */
  readonly sending: boolean;
  readonly telegramMessageId: number | null;
  readonly ambiguous: number;
  /** How often the notice was taken away before the content had come; one that never was does not say. */
  readonly lost?: number;
}

/** A delivery in the hands of whoever claimed it. */
export interface Claimed extends Delivery {
  /** When the claim ends, at the earliest (monotonic, `performance.now()`). */
  readonly leaseEndsAt: number;
}

export type DeliveryDocument = Omit<Delivery, 'id'> & {
  readonly _id: string;
  readonly order: string;
  readonly leaseUntil: Date;
  /** Who claimed it last; a random value of that claim alone. */
  readonly claim?: string;
  readonly nextAt: Date;
  /** Since when it should be with its person; no vain try moves it, only Telegram that asks to wait. One of an older version lacks it. */
  readonly dueAt?: Date;
  /** What the last vain try, or all of it, ended with: a class, never a text. */
  readonly errorClass?: string;
  readonly createdAt: Date;
  readonly doneAt?: Date;
  /** When the administrators were told that it is dead. */
  readonly toldAt?: Date;
  readonly revivals?: readonly (Revival & { readonly at: Date })[];
};

const schema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    caseId: String,
    personId: String,
    role: String,
    event: String,
    entryId: String,
    standsFor: String,
    messageId: String,
    clock: Schema.Types.Mixed,
    cardMessageId: Number,
    letterId: String,
    slotAt: Date,
    about: String,
    state: String,
    fence: Number,
    attempts: Number,
    sending: Boolean,
    telegramMessageId: Number,
    ambiguous: Number,
    lost: Number,
    order: String,
    leaseUntil: Date,
    claim: String,
    nextAt: Date,
    dueAt: Date,
    errorClass: String,
    createdAt: Date,
    doneAt: Date,
    toldAt: Date,
    revivals: { type: [Schema.Types.Mixed], default: undefined },
  },
  { versionKey: false },
);
// A worker takes the oldest open delivery of a person; the sweep, and whoever looks after the program, ask whose oldest one waits for somebody to work on it.
schema.index({ state: 1, personId: 1, order: 1 });
// What holds its person up for hours is told to the administrators; few were ever tried in vain.
schema.index({ dueAt: 1 }, { partialFilterExpression: { errorClass: { $type: 'string' } } });
// What was told is forgotten after a while; no query of its own.
schema.index({ doneAt: 1 }, { expireAfterSeconds: retention.deliveryMs / 1_000 });
// The erasure of a case takes along what was told about it.
schema.index({ caseId: 1 });
// Whoever looks after the program asks how many may have arrived without our knowing.
schema.index({ ambiguous: 1 }, { partialFilterExpression: { ambiguous: { $gt: 0 } } });

// What one press had tried again is counted; few deliveries were ever dead.
schema.index(
  { 'revivals.causeId': 1 },
  { partialFilterExpression: { 'revivals.causeId': { $type: 'string' } } },
);

/** What a new delivery has to do with unless it says so. */
export const nothing = {
  messageId: null,
  clock: null,
  cardMessageId: null,
  letterId: null,
  slotAt: null,
  entryId: null,
  standsFor: null,
} as const;

export type NewDelivery = Pick<Delivery, 'id' | 'caseId' | 'personId' | 'role' | 'event'> &
  Partial<Pick<Delivery, keyof typeof nothing | 'about'>> & {
    /** Sorts a person's deliveries: the instant and place of the event. */
    readonly order: string;
  };

/** With what sorts it among a person's deliveries. */
export type Ordered = Delivery & Pick<NewDelivery, 'order'>;

export const deliveryModel = (connection: Connection) => connection.model('Delivery', schema, 'deliveries');
