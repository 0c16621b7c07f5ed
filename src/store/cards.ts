import { Schema, trusted, type Connection } from 'mongoose';
import type { Role } from '../domain/people.js';
import { manyByOne, oneById, together } from './together.js';

/** A message of the bot that shows a case to somebody in one of his roles. The newest one is kept up to date. */
export interface Card {
  readonly personId: string;
  readonly telegramMessageId: number;
  readonly caseId: string;
  readonly role: Role;
  readonly current: boolean;
}

type CardDocument = Card & { readonly _id: string; readonly shownAt: Date };

const schema = new Schema<CardDocument>(
  {
    _id: { type: String, required: true },
    personId: String,
    telegramMessageId: Number,
    caseId: String,
    role: String,
    current: Boolean,
    shownAt: Date,
  },
  { versionKey: false },
);
// A change of a case refreshes the cards people have of it; a new card replaces the person's older one.
schema.index({ caseId: 1, current: 1, personId: 1 });
// Somebody has his account deleted.
schema.index({ personId: 1 });

export type Cards = ReturnType<typeof createCards>;

/** Cards by person and Telegram message. */
export function createCards(connection: Connection) {
  const model = connection.model('Card', schema, 'cards');
  const idOf = (personId: string, telegramMessageId: number) => `${personId}:${telegramMessageId}`;
  const one = oneById<CardDocument>(model);

  const current = manyByOne(
    async (caseIds) =>
      await model.find({ caseId: trusted({ $in: [...caseIds] }), current: true }).lean<CardDocument[]>(),
    ({ caseId }) => caseId,
  );

  /** In their order and in one round trip. */
  const showAll = together<Omit<Card, 'current'>, true>(async (cards) => {
    const writes = cards.flatMap((card) => {
      const _id = idOf(card.personId, card.telegramMessageId);
      const { caseId, personId } = card;
      const older = { caseId, personId, current: true, _id: { $ne: _id } };
      const shown = { ...card, current: true, shownAt: new Date() };
      return [
        { updateMany: { filter: older, update: { $set: { current: false } } } },
        { updateOne: { filter: { _id }, update: { $set: shown }, upsert: true } },
      ];
    });
    await connection.collection<CardDocument>('cards').bulkWrite(writes);
    return cards.map(() => true);
  });

  return {
    /** Notes that a message now shows a case; the person's older cards of it are no longer kept up to date. */
    async show(card: Omit<Card, 'current'>): Promise<void> {
      await showAll(card);
    },

    /** Notes a message that shows more of a case beside its cards: it is not kept up to date, but emptied like an old card. */
    async keep(card: Omit<Card, 'current'>): Promise<void> {
      const _id = idOf(card.personId, card.telegramMessageId);
      const kept = { ...card, current: false, shownAt: new Date() };
      await model.updateOne({ _id }, { $set: kept }, { upsert: true });
    },

    async at(personId: string, telegramMessageId: number): Promise<Card | null> {
      return await one(idOf(personId, telegramMessageId));
    },

    async currentOf(caseId: string): Promise<readonly Card[]> {
      return await current(caseId);
    },

    /** Every card somebody got in a role. The id begins with the person, so its index serves this. */
    async ofPerson(personId: string, role: Role): Promise<readonly Card[]> {
      const his = trusted({ $gte: `${personId}:`, $lt: `${personId};` });
      return await model.find({ _id: his, role }).lean<CardDocument[]>();
    },

    /** Older cards, too: what somebody may no longer see must leave all of them. */
    async allOf(caseId: string): Promise<readonly Card[]> {
      return await model.find({ caseId }).lean<CardDocument[]>();
    },

    async eraseOfCase(caseId: string): Promise<void> {
      await model.deleteMany({ caseId });
    },

    async eraseOf(personId: string): Promise<void> {
      await model.deleteMany({ personId });
    },
  };
}
