import type { Inbox } from '../store/inbox.js';
import { isRecord } from './api-error.js';

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
}

export interface IntakeOptions {
  readonly inbox: Pick<Inbox, 'insert'>;
  readonly botId: number;
  readonly kick: () => void;
}

export const isRawUpdate = (value: unknown): value is RawUpdate =>
  isRecord(value) && Number.isSafeInteger(value['update_id']);

/** The common end of poller and webhook: an update is dealt with when it is stored (design §2.1). */
export const createIntake = ({ inbox, botId, kick }: IntakeOptions): Intake => ({
  async accept(updates) {
    const incoming = updates.map((update) => ({
      updateId: update.update_id,
      lanes: lanesOf(update),
      update,
    }));
    await inbox.insert(botId, incoming);
    kick();
  },
});

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
