import type { Hurry, Messenger, Outcome } from '../actions/messenger.js';
import type { Attachment } from '../domain/forms/form.js';
import type { Person } from '../domain/person.js';
import { cut } from '../text/rich.js';
import type { View } from '../text/view.js';
import {
  asUpload,
  type ApiError,
  type CallOptions,
  type Gateway,
  type Payload,
  type Sent,
} from './gateway.js';
import type { PressCodec } from './press-codec.js';

const pauseMs = { unavailable: 2_000, unauthorized: 30_000, tooMany: 1_000 } as const;
/** A delivery that waits longer than its lease would be claimed a second time; it is put off instead. */
const noticeWaitMs = 10_000;
const mostText = 4096;
const mostCaption = 1024;

/** Turns views into calls of the gateway and its answers into outcomes. */
export function createMessenger(gateway: Pick<Gateway, 'call'>, codec: PressCodec): Messenger {
  const markup = (person: Person, view: View) => ({
    inline_keyboard: view.buttons.map((row) =>
      row.map(({ label, press }) => ({
        text: label,
        callback_data: codec.encode(press, person.contact.telegramId),
      })),
    ),
  });
  const content = (person: Person, view: View): Payload => ({
    chat_id: person.contact.telegramId,
    text: cut(view.text, mostText),
    entities: view.entities.filter((entity) => entity.offset + entity.length <= mostText),
    link_preview_options: { is_disabled: true },
    reply_markup: markup(person, view),
  });
  const call = async (
    method: string,
    person: Person,
    payload: Payload,
    hurry: Hurry,
  ): Promise<Sent<{ message_id: number }>> =>
    await gateway.call(method, payload, { chat: person.contact.telegramId, ...optionsOf(hurry) });

  return {
    async send(person, view, hurry) {
      const sent = await call('sendMessage', person, content(person, view), hurry);
      return sent.ok ? { kind: 'sent', messageId: sent.result.message_id } : outcomeOf(sent.error);
    },

    async edit(person, messageId, view, hurry) {
      const payload = { ...content(person, view), message_id: messageId };
      const sent = await call('editMessageText', person, payload, hurry);
      return sent.ok ? { kind: 'sent', messageId } : outcomeOf(sent.error);
    },

    async sendDocument(person, file, hurry) {
      const payload = {
        chat_id: person.contact.telegramId,
        document: asUpload(file),
        caption: cut(file.caption, mostCaption),
      };
      const sent = await call('sendDocument', person, payload, hurry);
      return sent.ok ? { kind: 'sent', messageId: sent.result.message_id } : outcomeOf(sent.error);
    },

    async putDocument(person, messageId, file, hurry) {
      const media = { type: 'document', media: asUpload(file), caption: cut(file.caption, mostCaption) };
      const payload = { chat_id: person.contact.telegramId, message_id: messageId, media };
      const sent = await call('editMessageMedia', person, payload, hurry);
      return sent.ok ? { kind: 'sent', messageId } : outcomeOf(sent.error);
    },

    async sendFile(person, file, hurry) {
      const [method, payload] = fileCall(file);
      const sent = await call(method, person, { chat_id: person.contact.telegramId, ...payload }, hurry);
      return sent.ok ? { kind: 'sent', messageId: sent.result.message_id } : outcomeOf(sent.error);
    },
  };
}

const optionsOf = (hurry: Hurry): Pick<CallOptions, 'urgency' | 'maxWaitMs' | 'overBy'> =>
  hurry === 'answer'
    ? { urgency: 'answer' }
    : { urgency: 'notice', maxWaitMs: noticeWaitMs, overBy: hurry.leaseEndsAt };

function fileCall(file: Attachment): readonly [method: string, payload: Payload] {
  if (file.kind === 'location')
    return ['sendLocation', { latitude: file.latitude ?? 0, longitude: file.longitude ?? 0 }];
  const method = `send${file.kind[0]?.toUpperCase()}${file.kind.slice(1)}`;
  return [method, { [file.kind]: file.fileId ?? '', protect_content: true }];
}

function outcomeOf(error: ApiError): Outcome {
  const errorClass = [error.class, error.code].filter((part) => part !== undefined).join(' ');
  switch (error.class) {
    case 'unreachable':
    case 'migrated':
      return { kind: 'unreachable' };
    case 'too-many':
      return { kind: 'later', pauseMs: error.retryAfterMs ?? pauseMs.tooMany, isAsked: true, errorClass };
    case 'unavailable':
      return { kind: 'later', pauseMs: pauseMs.unavailable, errorClass };
    case 'unauthorized':
      return { kind: 'later', pauseMs: pauseMs.unauthorized, errorClass };
    case 'ambiguous':
      return { kind: 'unknown', errorClass };
    case 'message-gone':
      return { kind: 'gone' };
    case 'not-modified':
    case 'expired-query':
    case 'bad-entities':
    case 'bad-request':
      return { kind: 'refused', errorClass };
  }
}

/** Sets the command menu of one person's chat; called when his role or language changes. */
export async function setMenu(
  gateway: Pick<Gateway, 'call'>,
  person: Person,
  commands: readonly { readonly command: string; readonly description: string }[],
): Promise<void> {
  const chat = person.contact.telegramId;
  await gateway.call(
    'setMyCommands',
    { commands, scope: { type: 'chat', chat_id: chat } },
    { chat, urgency: 'answer' },
  );
}

const longestToast = 200;
/** A circle that stops late is no harm; a handler that takes longer than it may is. */
const toastMs = 5_000;

/** Ends the waiting circle on a pressed button, with a short line or without. */
export async function answerPress(
  gateway: Pick<Gateway, 'call'>,
  queryId: string,
  line: string | undefined,
): Promise<void> {
  const text = line === undefined ? {} : { text: line.slice(0, longestToast) };
  const payload = { callback_query_id: queryId, ...text };
  await gateway.call('answerCallbackQuery', payload, {
    urgency: 'answer',
    timeoutMs: toastMs,
    maxWaitMs: toastMs,
  });
}
