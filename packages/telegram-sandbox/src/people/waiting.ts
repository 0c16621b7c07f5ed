import type { Store } from '../state/store.js';
import type { ChatState } from '../state/world.js';
import { latestMessages } from './view.js';

export type Wait<T> = {
  readonly store: Store;
  readonly chatId: number;
  readonly timeoutMs: number;
  /** Looks at the state now; anything but undefined ends the wait. */
  readonly look: () => T | undefined;
  readonly explain: () => string;
};

/** Resolves as soon as `look` finds something, at once or after a commit; rejects with `explain` when time is up. */
export const waitUntil = <T>({ store, chatId, timeoutMs, look, explain }: Wait<T>): Promise<T> => {
  const first = look();
  if (first !== undefined) return Promise.resolve(first);
  // Made here, so that the failure points at the caller of the wait.
  const failure = new Error('timed out');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unlisten();
      failure.message = explain();
      reject(failure);
    }, timeoutMs);
    const unlisten = store.onCommit(({ changes }) => {
      if (!changes.some((change) => 'chatId' in change && change.chatId === chatId)) return;
      const found = look();
      if (found === undefined) return;
      clearTimeout(timer);
      unlisten();
      resolve(found);
    });
  });
};

/** The last five messages of a chat with their buttons, for a failure a reader can use. */
export const describeSeen = (state: ChatState): string => {
  const lines = latestMessages(state, 5).map((message) => {
    const buttons = (message.inlineKeyboard ?? [])
      .flat()
      .map(({ text }) => `[${text}]`)
      .join(' ');
    const media = (['photo', 'document', 'voice', 'audio', 'video', 'location'] as const)
      .filter((kind) => message[kind])
      .join(' ');
    const content = [media && `<${media}>`, message.text ?? message.caption ?? '', buttons]
      .filter(Boolean)
      .join(' ');
    return `  ${message.from} #${message.messageId}: ${content}`;
  });
  return lines.length > 0 ? `He last saw:\n${lines.join('\n')}` : 'He has seen nothing.';
};
