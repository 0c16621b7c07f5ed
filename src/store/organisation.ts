import { randomBytes } from 'node:crypto';
import { Schema, trusted, type Connection } from 'mongoose';
import type { Domain } from '../domain/taxonomy.js';
import type { Seal } from '../seal.js';
import { createRecent } from './recent.js';
import { oneById, together } from './together.js';

export interface Department {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly parent: string | null;
  readonly domains: readonly Domain[];
  readonly words: readonly string[];
  readonly headSignsOff: boolean;
  /** It stood in the organisation file and does no more: nothing new goes to it. */
  readonly gone?: boolean;
}

export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly uscc: string;
  readonly contacts: readonly string[];
  readonly observationPoint: boolean;
  readonly liaisonId: string | null;
}

export interface Routing {
  readonly autoDispatch: boolean;
  readonly fallback: string | null;
}

type DepartmentDocument = Omit<Department, 'code'> & { readonly _id: string; readonly fromFile?: boolean };

interface EnterpriseDocument {
  readonly _id: string;
  readonly usccKey: string;
  readonly names: string;
  readonly contacts: readonly string[];
  /** Whom a duty officer has verified. */
  readonly speakers?: readonly string[];
  readonly observationPoint: boolean;
  readonly liaisonId: string | null;
}

const departmentSchema = new Schema<DepartmentDocument>(
  {
    _id: { type: String, required: true },
    name: Schema.Types.Mixed,
    parent: String,
    domains: [String],
    words: [String],
    headSignsOff: Boolean,
    gone: Boolean,
    fromFile: Boolean,
  },
  { versionKey: false },
);

const enterpriseSchema = new Schema<EnterpriseDocument>(
  {
    _id: { type: String, required: true },
    usccKey: String,
    names: String,
    contacts: [String],
    speakers: [String],
    observationPoint: Boolean,
    liaisonId: String,
  },
  { versionKey: false },
);
// The import asks whether an enterprise is known.
enterpriseSchema.index({ usccKey: 1 }, { unique: true });
// A report asks which enterprises its writer speaks for.
enterpriseSchema.index({ contacts: 1 });
enterpriseSchema.index({ speakers: 1 });

const routingSchema = new Schema<Routing & { _id: string; hash?: string }>(
  { _id: { type: String, required: true }, autoDispatch: Boolean, fallback: String, hash: String },
  { versionKey: false },
);

export type Organisation = ReturnType<typeof createOrganisation>;

/** Departments, enterprises and how cases are routed, as the organisation file says. */
export function createOrganisation(connection: Connection, seal: Seal) {
  const departments = connection.model('Department', departmentSchema, 'departments');
  const enterprises = connection.model('Enterprise', enterpriseSchema, 'enterprises');
  const routing = connection.model('Routing', routingSchema, 'routing');
  const oneRouting = oneById<Routing & { readonly _id: string }>(routing);
  const place = (id: string) => ({ collection: 'enterprises', id, field: 'names' });

  const openEnterprise = ({
    _id,
    usccKey: _key,
    names,
    speakers = [],
    ...rest
  }: EnterpriseDocument): Enterprise => ({
    id: _id,
    ...rest,
    contacts: [...new Set([...rest.contacts, ...speakers])],
    ...seal.open<{ name: string; uscc: string }>(place(_id), names),
  });

  // A report looks for its enterprise among all of them: their names are sealed.
  const knownEnterprises = createRecent(async (): Promise<readonly Enterprise[]> =>
    (await enterprises.find().sort({ _id: 1 }).lean<EnterpriseDocument[]>()).map(openEnterprise),
  );
  // Every card names them.
  const known = createRecent(async (): Promise<readonly Department[]> => {
    const found = await departments.find().sort({ _id: 1 }).lean<DepartmentDocument[]>();
    return found.map(({ _id, ...rest }) => ({ code: _id, ...rest }));
  });

  const spokenForBy = together<string, readonly EnterpriseDocument[]>(async (personIds) => {
    const theirs = trusted({ $in: [...personIds] });
    const found = await enterprises
      .find({ $or: [{ contacts: theirs }, { speakers: theirs }] })
      .lean<EnterpriseDocument[]>();
    return personIds.map((id) =>
      found.filter(({ contacts, speakers = [] }) => contacts.includes(id) || speakers.includes(id)),
    );
  });

  return {
    /** Every department, as it was at most a second ago. */
    departments: async (): Promise<readonly Department[]> => await known.get(),

    /** As it was at most a second ago; `now` where something is about to be given to it. */
    department: async (code: string, when?: 'now'): Promise<Department | null> =>
      (await known.get(when)).find((one) => one.code === code) ?? null,

    /** False when the code is taken. */
    async addDepartment({ code, ...facts }: Department): Promise<boolean> {
      const added = await departments.updateOne({ _id: code }, { $setOnInsert: facts }, { upsert: true });
      known.forget();
      return added.upsertedCount === 1;
    },

    /** False when there is no such department. */
    async changeDepartment(code: string, facts: Partial<Omit<Department, 'code'>>): Promise<boolean> {
      const changed = await departments.updateOne({ _id: code }, { $set: facts });
      known.forget();
      return changed.matchedCount === 1;
    },

    async putDepartment({ code, ...facts }: Department): Promise<void> {
      await departments.updateOne({ _id: code }, { $set: facts }, { upsert: true });
      known.forget();
    },

    /** Departments that the file named before and names no more get nothing new; those that came otherwise stay. */
    async keepDepartments(codes: readonly string[]): Promise<void> {
      const named = trusted({ $in: [...codes] });
      await departments.updateMany({ _id: named }, { $set: { fromFile: true, gone: false } });
      const left = { fromFile: true, _id: trusted({ $nin: [...codes] }) };
      await departments.updateMany(left, { $set: { gone: true } });
      known.forget();
    },

    /** An enterprise that left the file keeps its name in its cases; nobody speaks for it or looks after it any more. */
    async keepEnterprises(usccs: readonly string[]): Promise<void> {
      const keys = usccs.map((uscc) => seal.lookup('uscc', uscc));
      const left = { usccKey: trusted({ $nin: keys }) };
      await enterprises.updateMany(left, { $set: { contacts: [], liaisonId: null } });
      knownEnterprises.forget();
    },

    async putEnterprise({ name, uscc, ...facts }: Omit<Enterprise, 'id'>): Promise<void> {
      const usccKey = seal.lookup('uscc', uscc);
      const known = await enterprises.findOne({ usccKey }, { _id: 1 }).lean<{ _id: string }>();
      const id = known?._id ?? randomBytes(9).toString('base64url');
      const names = seal.seal(place(id), { name, uscc });
      await enterprises.updateOne(
        { usccKey },
        { $set: { ...facts, names }, $setOnInsert: { _id: id } },
        { upsert: true },
      );
      knownEnterprises.forget();
    },

    /** Somebody speaks for an enterprise by the commission's word; the organisation file does not take that back. */
    async putSpeaker({ name, uscc }: Pick<Enterprise, 'name' | 'uscc'>, personId: string): Promise<void> {
      const usccKey = seal.lookup('uscc', uscc);
      const known = await enterprises.findOne({ usccKey }, { _id: 1 }).lean<{ _id: string }>();
      const id = known?._id ?? randomBytes(9).toString('base64url');
      const blank = { contacts: [], observationPoint: false, liaisonId: null };
      const names = seal.seal(place(id), { name, uscc });
      await enterprises.updateOne(
        { usccKey },
        { $setOnInsert: { _id: id, names, ...blank }, $addToSet: { speakers: personId } },
        { upsert: true },
      );
      knownEnterprises.forget();
    },

    /** Every enterprise, as it was at most a second ago. */
    enterprises: async (): Promise<readonly Enterprise[]> => await knownEnterprises.get(),

    async enterprisesOf(personId: string): Promise<readonly Enterprise[]> {
      return (await spokenForBy(personId)).map(openEnterprise);
    },

    /** He speaks for no enterprise any more. */
    async removeContact(personId: string): Promise<void> {
      await enterprises.updateMany({ contacts: personId }, { $pull: { contacts: personId } });
      await enterprises.updateMany({ speakers: personId }, { $pull: { speakers: personId } });
      knownEnterprises.forget();
    },

    /** A keyed hash of the organisation file that was read last. */
    async fileRead(): Promise<string | null> {
      const found = await routing.findOne({ _id: 'file' }).lean<{ hash?: string }>();
      return found?.hash ?? null;
    },

    async noteFileRead(hash: string): Promise<void> {
      await routing.updateOne({ _id: 'file' }, { $set: { hash } }, { upsert: true });
    },

    async routing(): Promise<Routing> {
      const found = await oneRouting('routing');
      return { autoDispatch: found?.autoDispatch ?? false, fallback: found?.fallback ?? null };
    },

    async putRouting(value: Routing): Promise<void> {
      await routing.updateOne({ _id: 'routing' }, { $set: value }, { upsert: true });
    },
  };
}
