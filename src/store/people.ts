import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Schema, trusted, type Connection } from 'mongoose';
import type { CutText } from '../domain/forms/cut-text.js';
import { roles, type Grant, type Language, type Role } from '../domain/people.js';
import type { Contact, Person } from '../domain/person.js';
import { nullIfUnreadable } from '../errors.js';
import type { Seal } from '../seal.js';
import { oneById, oneByOne, sharedByKey, writeTogether } from './together.js';

interface PersonDocument {
  readonly _id: string;
  readonly telegramKey: string;
  readonly contact: string;
  readonly language: Language | null;
  readonly grants: readonly Grant[];
  readonly activeRole: Role | null;
  readonly honestySeenAt: Date | null;
  readonly draftId: string | null;
  readonly draftCause?: string;
  readonly reachable: boolean;
  readonly unreachableSince: Date | null;
  readonly awayUntil: Date | null;
  readonly inviters?: readonly string[];
  /** Written by an earlier version: the last of them alone. */
  readonly invitedBy?: string | null;
  readonly nameNews?: string;
  readonly cutText?: CutText;
}

const schema = new Schema<PersonDocument>(
  {
    _id: { type: String, required: true },
    telegramKey: String,
    contact: String,
    language: String,
    grants: { type: [Schema.Types.Mixed], default: [] },
    activeRole: String,
    honestySeenAt: Date,
    draftId: String,
    draftCause: String,
    reachable: Boolean,
    unreachableSince: Date,
    awayUntil: Date,
    inviters: { type: [String], default: [] },
    invitedBy: String,
    nameNews: String,
    cutText: Schema.Types.Mixed,
  },
  { versionKey: false },
);
// Every update asks who sent it; the Telegram id is only there as a keyed hash.
schema.index({ telegramKey: 1 }, { unique: true });
// The relay asks who holds a role, in a department or at the commission.
schema.index({ 'grants.role': 1, 'grants.department': 1 });

const collection = 'people';

export type People = ReturnType<typeof createPeople>;

export type PersonChange = Partial<
  Pick<
    Person,
    'language' | 'activeRole' | 'honestySeenAt' | 'reachable' | 'unreachableSince' | 'awayUntil' | 'cutText'
  >
>;

const withContact = (
  { _id, telegramKey: _key, invitedBy, ...rest }: PersonDocument,
  contact: Contact,
): Person => ({
  id: _id,
  ...rest,
  inviters: [...new Set([...(rest.inviters ?? []), ...(invitedBy ? [invitedBy] : [])])],
  contact,
});

/** Too short a name to be found in what somebody has typed. */
const nameless: Contact = { telegramId: 0, name: '?', username: null };

/** People by id and by Telegram id; names and Telegram ids sealed. */
export function createPeople(connection: Connection, seal: Seal) {
  const model = connection.model('Person', schema, collection);
  const keyOf = (telegramId: number) => seal.lookup('telegram-id', telegramId);
  const place = (id: string) => ({ collection, id, field: 'contact' });

  const open = (doc: PersonDocument): Person =>
    withContact(doc, seal.open<Contact>(place(doc._id), doc.contact));
  /**
   * Among many, somebody whose name cannot be read keeps his roles, nameless: he must neither hold up what is for all the others,
   * nor be missing where his department is kept out of a case.
   */
  const openOrNameless = (doc: PersonDocument): Person => {
    try {
      return open(doc);
    } catch (error) {
      return nullIfUnreadable(error) ?? withContact(doc, nameless);
    }
  };

  const one = oneById<PersonDocument>(model);
  const write = writeTogether(model);
  const oneByKey = oneByOne(
    async (keys) => await model.find({ telegramKey: trusted({ $in: [...keys] }) }).lean<PersonDocument[]>(),
    ({ telegramKey }) => telegramKey,
  );
  // Every report that is filed asks for them.
  const everybody = sharedByKey<'', readonly Person[]>(
    async () => {
      const held = { 'grants.role': trusted({ $in: [...roles] }) };
      return (await model.find(held).lean<PersonDocument[]>()).map(openOrNameless);
    },
    (all) => all,
  );
  const holders = sharedByKey<Pick<Grant, 'role' | 'department'>, readonly string[]>(
    async (grant) => {
      const grants = trusted({ $elemMatch: { ...grant } });
      return (await model.find({ grants }, { _id: 1 }).lean<{ _id: string }[]>()).map((doc) => doc._id);
    },
    ({ role, department = '' }) => `${role} ${department}`,
  );

  return {
    /** The person with a Telegram id, made on first sight; his name is kept up to date where `rename` says so. */
    async meet(given: Contact, { rename }: { readonly rename: boolean }): Promise<Person> {
      let contact = given;
      const telegramKey = keyOf(contact.telegramId);
      const known = await oneByKey(telegramKey);
      if (known) {
        const person = open(known);
        const official = given.official ?? person.contact.official;
        contact = { ...(rename ? given : person.contact), ...(official === undefined ? {} : { official }) };
        if (isDeepStrictEqual(contact, person.contact)) return person;
        const { name, official: asFiled } = person.contact;
        // In the same write, or a crash behind it would leave a name that nobody is looked for by.
        const news =
          contact.name === name && contact.official === asFiled
            ? {}
            : { nameNews: randomBytes(9).toString('base64url') };
        await write({
          filter: { _id: person.id },
          update: { $set: { contact: seal.seal(place(person.id), contact), ...news } },
        });
        return { ...person, contact, ...news };
      }
      const id = randomBytes(9).toString('base64url');
      const blank = {
        language: null,
        grants: [],
        activeRole: null,
        honestySeenAt: null,
        draftId: null,
        reachable: true,
        unreachableSince: null,
        awayUntil: null,
        inviters: [],
      };
      await write({
        filter: { telegramKey },
        update: { $setOnInsert: { _id: id, contact: seal.seal(place(id), contact), ...blank } },
        upsert: true,
      });
      const met = await oneByKey(telegramKey);
      return met ? open(met) : { id, contact, ...blank };
    },

    async byId(id: string): Promise<Person | null> {
      const doc = await one(id);
      return doc ? open(doc) : null;
    },

    async byIds(ids: readonly string[]): Promise<readonly Person[]> {
      const found = await model.find({ _id: trusted({ $in: [...ids] }) }).lean<PersonDocument[]>();
      return found.map(openOrNameless);
    },

    async change(id: string, change: PersonChange): Promise<void> {
      await write({ filter: { _id: id }, update: { $set: change } });
    },

    /** His next words go to this form; they do not when another update than `person` tells of has made it one meanwhile. */
    async takeUpForm(
      { id, draftCause }: Person,
      form: { readonly draftId: string; readonly draftCause: string },
    ): Promise<void> {
      await write({ filter: { _id: id, draftCause: draftCause ?? null }, update: { $set: form } });
    },

    /** His next words go to no form any more; where another has become his meanwhile they go there still. */
    async leaveForm(id: string, draftId: string): Promise<void> {
      await write({ filter: { _id: id, draftId }, update: { $set: { draftId: null } } });
    },

    /** The cases were looked through for a new name; one that came meanwhile stays news. */
    async noteNameMatched(id: string, nameNews: string): Promise<void> {
      await model.updateOne({ _id: id, nameNews }, { $unset: { nameNews: 1 } });
    },

    /** Forgets somebody: nobody is found by his Telegram id any more. */
    async forget(id: string): Promise<void> {
      await model.deleteOne({ _id: id });
    },

    /** Gives somebody exactly these grants. */
    async setGrants(id: string, grants: readonly Grant[]): Promise<void> {
      await model.updateOne({ _id: id }, { $set: { grants } });
    },

    /** Lets somebody in by invitation; a role he holds already stays as it is. */
    async addGrant(id: string, grant: Grant, inviter: string): Promise<void> {
      const { role, department } = grant;
      const same = trusted({ $elemMatch: { role, department: department ?? trusted({ $exists: false }) } });
      await model.updateOne(
        { _id: id, grants: trusted({ $not: same }) },
        { $push: { grants: grant }, $addToSet: { inviters: inviter } },
      );
    },

    async removeGrant(id: string, { role, department }: Grant): Promise<void> {
      await model.updateOne(
        { _id: id },
        { $pull: { grants: { role, ...(department === undefined ? {} : { department }) } } },
      );
    },

    /** Ids of those who hold a role, in a department where one is given. */
    async holding(role: Role, department?: string): Promise<readonly string[]> {
      return await holders(department === undefined ? { role } : { role, department });
    },

    /** Everybody who holds a role. */
    async withGrants(): Promise<readonly Person[]> {
      return await everybody('');
    },
  };
}
