import type { Inbox } from '../store/inbox.js';
import { isRecord } from './api-error.js';
import { createBacklog } from './backlog.js';

/** What the channel wants to be told of; anything else Telegram keeps to itself. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** An update before anyone has looked at it. */
export interface RawUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

export interface Intake {
  /** Stores updates and wakes the lanes. Rejects when the store did not acknowledge: then nothing may be confirmed. */
  accept(updates: readonly RawUpdate[]): Promise<void>;
  /** True while so much waits that nothing more should be brought; Telegram keeps it for a day. */
  isFull(): Promise<boolean>;
}

export interface IntakeOptions {
  readonly inbox: Pick<Inbox, 'insert' | 'countWaiting'>;
  readonly botId: number;
  /** Told in which lanes something new waits. */
  readonly kick: (lanes: readonly (readonly string[])[]) => void;
  /** Told how many came in, those that came before included. */
  readonly onReceived?: (count: number) => void;
  readonly mostWaiting?: number;
}

/** A few minutes of work for the lanes; a press is worthless to its presser after about as long. */
const defaultMostWaiting = 10_000;

export const isRawUpdate = (value: unknown): value is RawUpdate =>
  isRecord(value) && Number.isSafeInteger(value['update_id']);

/** The common end of poller and webhook: an update is dealt with when it is stored (design §2.1). */
export const createIntake = ({
  inbox,
  botId,
  kick,
  onReceived,
  mostWaiting = defaultMostWaiting,
}: IntakeOptions): Intake => {
  const backlog = createBacklog({ inbox, most: mostWaiting });
  return {
    async accept(updates) {
      const incoming = updates.map((update) => ({
        updateId: update.update_id,
        lanes: lanesOf(update),
        update,
      }));
      const lanes = await inbox.insert(botId, incoming);
      backlog.note(updates.length);
      onReceived?.(updates.length);
      kick(lanes);
    },
    isFull: async () => await backlog.isFull(),
  };
};

/** The ids of the chat and the person an update belongs to; one id in a private chat, where both are the same. */
export const lanesOf = (update: RawUpdate): readonly number[] => {
  const ids = Object.values(update).flatMap((content) => {
    if (!isRecord(content)) return [];
    // A press carries the chat inside its message.
    const message = isRecord(content['message']) ? content['message'] : content;
    return [idOf(message['chat']), idOf(content['from']), idOf(content['user'])];
  });
  return [...new Set(ids.filter((id) => id !== undefined))];
};

const idOf = (value: unknown): number | undefined =>
  isRecord(value) && typeof value['id'] === 'number' ? value['id'] : undefined;
