import { Schema, trusted, type Connection } from 'mongoose';
import type { Attachment } from '../domain/forms/form.js';
import type { Confidentiality } from '../domain/taxonomy.js';
import type { Readable } from '../domain/visibility.js';
import type { CaseSeal, Keys } from './keys.js';
import { manyByOne, writeTogether } from './together.js';

export type MessageKind = Readable['kind'];
export type Side = Readable['side'];

/** What was said in a case. Stored before the case refers to it. */
export interface Message {
  readonly id: string;
  readonly caseId: string;
  readonly kind: MessageKind;
  readonly side: Side;
  readonly personId: string;
  /** The department whose words they are; notes stay with it. */
  readonly department?: string | null;
  readonly at: Date;
  readonly text: string;
  readonly files: readonly Attachment[];
  /** The version a department reads, when the duty officer wrote one. */
  readonly departmentText: string | null;
  /** At which level he wrote it; one of an older version does not say. */
  readonly departmentLevel?: Confidentiality;
}

interface MessageDocument {
  readonly _id: string;
  readonly caseId: string;
  readonly kind: MessageKind;
  readonly side: Side;
  readonly personId: string;
  readonly department?: string | null;
  readonly at: Date;
  readonly content: string;
  readonly departmentContent?: string;
  readonly departmentLevel?: Confidentiality;
}

const schema = new Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    caseId: String,
    kind: String,
    side: String,
    personId: String,
    department: String,
    at: Date,
    content: String,
    departmentContent: String,
    departmentLevel: String,
  },
  { versionKey: false },
);
// A card and a thread ask for the texts of one case in order.
schema.index({ caseId: 1, at: 1 });

const collection = 'messages';

export type Messages = ReturnType<typeof createMessages>;

/** Texts and file ids of cases, sealed with the key of their case; the id comes from the update that brought them, so a repetition is no second text. */
export function createMessages(connection: Connection, keys: Pick<Keys, 'ofCase' | 'ofCases'>) {
  const model = connection.model('Message', schema, collection);

  const opened = (doc: MessageDocument, key: CaseSeal): Message => {
    const content = key.open<{ text: string; files: readonly Attachment[] }>(
      { collection, id: doc._id, field: 'content' },
      doc.content,
    );
    const { _id, content: _content, departmentContent, ...rest } = doc;
    return {
      id: _id,
      ...rest,
      ...content,
      departmentText: departmentContent
        ? key.open<string>({ collection, id: _id, field: 'departmentContent' }, departmentContent)
        : null,
    };
  };

  /** What cannot be read any more, its key destroyed, is not there. */
  const open = async (docs: readonly MessageDocument[]): Promise<readonly Message[]> => {
    const known = await keys.ofCases(docs.map((doc) => doc.caseId));
    return docs.flatMap((doc) => {
      const key = known.get(doc.caseId);
      return key ? [opened(doc, key)] : [];
    });
  };

  const write = writeTogether(model);
  const ofOne = manyByOne(
    async (caseIds) =>
      await model
        .find({ caseId: trusted({ $in: [...caseIds] }) })
        .sort({ caseId: 1, at: 1 })
        .lean<MessageDocument[]>(),
    ({ caseId }) => caseId,
  );

  return {
    async put({
      text,
      files,
      departmentText: _none,
      departmentLevel: _no,
      ...facts
    }: Message): Promise<void> {
      const { id, ...rest } = facts;
      const key = await keys.ofCase(facts.caseId);
      const content = key.seal({ collection, id, field: 'content' }, { text, files });
      await write({ filter: { _id: id }, update: { $setOnInsert: { ...rest, content } }, upsert: true });
    },

    /** Writes the version of a text that departments read from this level on. */
    async setDepartmentText(
      { id, caseId }: Pick<Message, 'id' | 'caseId'>,
      text: string,
      departmentLevel: Confidentiality,
    ): Promise<void> {
      const key = await keys.ofCase(caseId);
      const departmentContent = key.seal({ collection, id, field: 'departmentContent' }, text);
      await model.updateOne({ _id: id }, { $set: { departmentContent, departmentLevel } });
    },

    async ofCase(caseId: string): Promise<readonly Message[]> {
      return await open(await ofOne(caseId));
    },

    /** The reports of several cases, for a list's excerpts. */
    async reportsOf(caseIds: readonly string[]): Promise<ReadonlyMap<string, Message>> {
      const docs = await model
        .find({ caseId: trusted({ $in: [...caseIds] }), kind: 'report' })
        .lean<MessageDocument[]>();
      return new Map((await open(docs)).map((report) => [report.caseId, report]));
    },

    /** What reporters wrote to the commission of several cases: their reports, and what they added. */
    async ofReporters(caseIds: readonly string[]): Promise<readonly Message[]> {
      const docs = await model
        .find({
          caseId: trusted({ $in: [...caseIds] }),
          side: 'enterprise',
          kind: trusted({ $in: ['report', 'private'] }),
        })
        .lean<MessageDocument[]>();
      return await open(docs);
    },

    async erase(caseId: string): Promise<void> {
      await model.deleteMany({ caseId });
    },
  };
}
