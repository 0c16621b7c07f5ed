/** What people saw, read from the journal that Telegram wrote before it answered. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** One message of the bot to one person, with all its versions. */
export interface Message {
  readonly telegramId: number;
  readonly messageId: number;
  /** First lines of its versions, the oldest first. */
  readonly versions: readonly Version[];
  readonly last: string;
}

export interface Version {
  readonly at: number;
  readonly text: string;
}

interface Wire {
  readonly message_id: number;
  readonly text?: string;
  readonly caption?: string;
}

interface Change {
  readonly kind: string;
  readonly chatId?: number;
  readonly message?: { readonly by: string; readonly wire: Wire };
  readonly wire?: Wire;
  readonly pending?: { readonly update: { readonly update_id: number } };
}

interface Line {
  readonly at: number;
  readonly changes: readonly Change[];
}

export interface Journal {
  readonly messages: readonly Message[];
  readonly updateIds: readonly number[];
  readonly calls: number;
}

/** Only what is needed to recognise a text is kept: a long run has hundreds of thousands of them. */
const kept = 400;

export async function readJournal(file: string): Promise<Journal> {
  const messages = new Map<
    number,
    { telegramId: number; messageId: number; versions: Version[]; last: string }
  >();
  const updateIds: number[] = [];
  let calls = 0;
  for await (const line of createInterface(createReadStream(file, 'utf8'))) {
    const { at, changes } = JSON.parse(line) as Line;
    calls++;
    for (const { kind, chatId = 0, message, wire = message?.wire, pending } of changes) {
      if (kind === 'update' && pending) updateIds.push(pending.update.update_id);
      if (!wire || (kind !== 'edit' && (kind !== 'message' || message?.by !== 'bot'))) continue;
      const id = wire.message_id;
      const text = (wire.text ?? wire.caption ?? '').slice(0, kept);
      const known = messages.get(id);
      // A person's own message that he edits is none of the bot's.
      if (!known && kind === 'edit') continue;
      const one = known ?? { telegramId: chatId, messageId: id, versions: [], last: '' };
      one.versions.push({ at, text });
      one.last = text;
      messages.set(id, one);
    }
  }
  return { messages: [...messages.values()], updateIds, calls };
}
