import type { ClockMove, ClockState, MessagesPage, PressAnswer, SandboxState, Upload } from './model.js';

/** The server refused or could not be reached; `status` 0 means it could not be reached. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

async function call<T>(path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch((error: unknown) => {
    throw new ApiError(0, error instanceof Error ? error.message : 'unreachable');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiError(response.status, reasonIn(answer) ?? response.statusText);
  return answer as T;
}

function reasonIn(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { error, message } = answer as { error?: unknown; message?: unknown };
  if (typeof error === 'string') return error;
  return typeof message === 'string' ? message : undefined;
}

const ofPerson = (personId: number, what: string): string => `/sandbox/people/${personId}/${what}`;

export interface MessagesRequest {
  readonly personId: number;
  readonly limit: number;
  readonly before?: number;
  readonly after?: number;
}

/** The control API, one function per call; every one throws ApiError when the server says no. */
export const api = {
  state: () => call<SandboxState>('/sandbox/state'),
  messages: ({ personId, limit, before, after }: MessagesRequest) => {
    const query = new URLSearchParams({ limit: String(limit) });
    if (before !== undefined) query.set('before', String(before));
    if (after !== undefined) query.set('after', String(after));
    return call<MessagesPage>(`${ofPerson(personId, 'messages')}?${query}`);
  },
  start: (personId: number, payload?: string) =>
    call<unknown>(ofPerson(personId, 'start'), payload === undefined ? {} : { payload }),
  say: (personId: number, message: { readonly text: string; readonly replyTo?: number }) =>
    call<unknown>(ofPerson(personId, 'say'), message),
  file: (personId: number, upload: Upload) => call<unknown>(ofPerson(personId, 'file'), upload),
  album: (personId: number, items: readonly Upload[]) =>
    call<unknown>(ofPerson(personId, 'album'), { items }),
  location: (personId: number, place: { readonly latitude: number; readonly longitude: number }) =>
    call<unknown>(ofPerson(personId, 'location'), place),
  press: (personId: number, press: { readonly messageId: number; readonly data: string }) =>
    call<PressAnswer>(ofPerson(personId, 'press'), press),
  edit: (personId: number, edit: { readonly messageId: number; readonly text: string }) =>
    call<unknown>(ofPerson(personId, 'edit'), edit),
  block: (personId: number) => call<unknown>(ofPerson(personId, 'block'), {}),
  unblock: (personId: number) => call<unknown>(ofPerson(personId, 'unblock'), {}),
  read: (personId: number, upTo: number) => call<unknown>(ofPerson(personId, 'read'), { upTo }),
  clock: () => call<ClockState>('/sandbox/clock'),
  moveClock: (move: ClockMove) => call<unknown>('/sandbox/clock', move),
};

export type Api = typeof api;
