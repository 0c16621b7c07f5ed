import type { WebhookHealth } from '../updates/webhook.js';
import { callbackMethods } from './callback-answer.js';
import { chatMethods } from './chats.js';
import { commandMethods } from './commands.js';
import { copyMethods } from './copy-forward.js';
import { messageMethods } from './delete-pin-react.js';
import { editMethods } from './edit.js';
import { fileMethods } from './files.js';
import type { Method } from './method.js';
import { profileMethods } from './profile.js';
import { albumMethods } from './send-album.js';
import { mediaMethods } from './send-media.js';
import { textMethods } from './send-text.js';
import { webhookMethods } from './webhook-methods.js';

/** Every method the server knows except getUpdates, which waits; names compare without case, as at Telegram. */
export const createCatalogue = (health: () => WebhookHealth): ReadonlyMap<string, Method> => {
  const all: readonly Method[] = [
    ...profileMethods,
    ...textMethods,
    ...mediaMethods,
    ...albumMethods,
    ...editMethods,
    ...copyMethods,
    ...messageMethods,
    ...callbackMethods,
    ...commandMethods,
    ...chatMethods,
    ...fileMethods,
    ...webhookMethods(health),
  ];
  return new Map(all.map((one) => [one.name.toLowerCase(), one]));
};
