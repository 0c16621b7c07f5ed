import { Schema, trusted, type Connection } from 'mongoose';
import type { Attachment } from '../domain/forms/form.js';
import type { Readable } from '../domain/visibility.js';
import type { Seal } from '../seal.js';

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
  },
  { versionKey: false },
);
// A card and a thread ask for the texts of one case in order.
schema.index({ caseId: 1, at: 1 });

const collection = 'messages';

export type Messages = ReturnType<typeof createMessages>;

/** Texts and file ids of cases, sealed; the id comes from the update that brought them, so a repetition is no second text. */
export function createMessages(connection: Connection, seal: Seal) {
  const model = connection.model('Message', schema, collection);

  const open = (doc: MessageDocument): Message => {
    const content = seal.open<{ text: string; files: readonly Attachment[] }>(
      { collection, id: doc._id, field: 'content' },
      doc.content,
    );
    const { _id, content: _content, departmentContent, ...rest } = doc;
    return {
      id: _id,
      ...rest,
      ...content,
      departmentText: departmentContent
        ? seal.open<string>({ collection, id: _id, field: 'departmentContent' }, departmentContent)
        : null,
    };
  };

  return {
    async put({ text, files, departmentText: _none, ...facts }: Message): Promise<void> {
      const { id, ...rest } = facts;
      const content = seal.seal({ collection, id, field: 'content' }, { text, files });
      await model.updateOne({ _id: id }, { $setOnInsert: { ...rest, content } }, { upsert: true });
    },

    /** Writes the version of a text that departments read. */
    async setDepartmentText(id: string, text: string): Promise<void> {
      await model.updateOne(
        { _id: id },
        { $set: { departmentContent: seal.seal({ collection, id, field: 'departmentContent' }, text) } },
      );
    },

    async ofCase(caseId: string): Promise<readonly Message[]> {
      return (await model.find({ caseId }).sort({ at: 1 }).lean<MessageDocument[]>()).map(open);
    },

    /** The reports of several cases, for a list's excerpts. */
    async reportsOf(caseIds: readonly string[]): Promise<ReadonlyMap<string, Message>> {
      const docs = await model
        .find({ caseId: trusted({ $in: [...caseIds] }), kind: 'report' })
        .lean<MessageDocument[]>();
      return new Map(docs.map((doc) => [doc.caseId, open(doc)]));
    },
  };
}
