/** What an answer of the Bot API means for the caller (facts of the Bot API; design §2.7). */
export type ApiErrorClass =
  /** The message already looks like that: the gateway reports it as success. */
  | 'not-modified'
  /** The press is older than Telegram remembers: to be ignored. */
  | 'expired-query'
  /** Blocked, deactivated, never started: keep what is pending until the person comes back. */
  | 'unreachable'
  /** The group has another id now: `migrateTo`. */
  | 'migrated'
  | 'bad-entities'
  /** The message to edit, delete or answer is no longer there. */
  | 'message-gone'
  | 'bad-request'
  /** The token is wrong: nothing can be sent until a person mends it. */
  | 'unauthorized'
  /** The budget or Telegram asks to wait longer than the caller may: `retryAfterMs`. */
  | 'too-many'
  /** The request was written and no answer was understood: it may or may not have worked. */
  | 'ambiguous'
  /** The request never left; trying again cannot double it. */
  | 'unavailable';

export interface ApiError {
  readonly class: ApiErrorClass;
  readonly retryAfterMs?: number;
  readonly migrateTo?: number;
  readonly code?: number;
  /** Telegram's words. They can quote what was sent: never to be logged. */
  readonly description?: string;
}

export type Sent<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: ApiError };

const byDescription: readonly (readonly [RegExp, ApiErrorClass])[] = [
  [/message is not modified/i, 'not-modified'],
  [/query is too old|query id is invalid/i, 'expired-query'],
  [/can't parse (entities|caption entities)|entities? .*(invalid|begin|end)|ENTITY_/i, 'bad-entities'],
  [
    /message to (edit|delete|be replied|react|copy|forward)[\w ]* not found|message can't be (edited|deleted)/i,
    'message-gone',
  ],
  [/MESSAGE_ID_INVALID/i, 'message-gone'],
  [
    /chat not found|user not found|user is deactivated|PEER_ID_INVALID|have no rights to send|bot was kicked/i,
    'unreachable',
  ],
];

/**
 * Classifies an answer that is not a success. Only what has the shape of the Bot API speaks for Telegram: a page of a proxy
 * or of a wrong address says neither that somebody has blocked the bot nor that a request is bad, and whether the request
 * was passed on is not known. Its 401 and 429 are obeyed all the same, since they only ask to wait.
 */
export const classify = (status: number, body: unknown): ApiError => {
  const failure = readFailure(body);
  if (!failure) return { class: bareClass(status), code: status, ...(status === 429 && usualWait) };
  const { error_code: code, description, parameters } = failure;
  const base = { code, ...(description !== undefined && { description }) };
  if (parameters.migrate_to_chat_id !== undefined) {
    return { ...base, class: 'migrated', migrateTo: parameters.migrate_to_chat_id };
  }
  if (code === 429) {
    const { retry_after: seconds } = parameters;
    return { ...base, class: 'too-many', ...(seconds ? { retryAfterMs: seconds * 1_000 } : usualWait) };
  }
  // A malformed token is answered with a bare "Not Found"; an unknown method says so.
  if (code === 401 || (code === 404 && description === 'Not Found'))
    return { ...base, class: 'unauthorized' };
  if (code >= 500) return { ...base, class: 'ambiguous' };
  if (code === 403) return { ...base, class: 'unreachable' };
  const known = byDescription.find(([words]) => words.test(description ?? ''));
  return { ...base, class: known?.[1] ?? 'bad-request' };
};

const usualWait = { retryAfterMs: 1_000 } as const;

const bareClass = (status: number): ApiErrorClass => {
  if (status === 401) return 'unauthorized';
  return status === 429 ? 'too-many' : 'ambiguous';
};

interface Failure {
  readonly error_code: number;
  readonly description?: string;
  readonly parameters: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

// The answer comes from outside: only what has the right shape is believed.
const readFailure = (body: unknown): Failure | undefined => {
  if (!isRecord(body)) return undefined;
  const { ok, error_code: code, description } = body;
  if (ok !== false || typeof code !== 'number') return undefined;
  const parameters = isRecord(body['parameters']) ? body['parameters'] : {};
  const { retry_after: retryAfter, migrate_to_chat_id: migrateTo } = parameters;
  return {
    error_code: code,
    ...(typeof description === 'string' && { description }),
    parameters: {
      ...(typeof retryAfter === 'number' && retryAfter > 0 && { retry_after: retryAfter }),
      ...(typeof migrateTo === 'number' && { migrate_to_chat_id: migrateTo }),
    },
  };
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
