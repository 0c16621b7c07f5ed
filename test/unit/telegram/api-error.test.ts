import { expect, test } from 'vitest';
import { classify } from '../../../src/telegram/api-error.js';

const refusal = (code: number, description: string, parameters?: object) => ({
  ok: false,
  error_code: code,
  description,
  ...(parameters && { parameters }),
});

test.each([
  [400, 'Bad Request: message is not modified: specified new message content …', 'not-modified'],
  [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', 'expired-query'],
  [403, 'Forbidden: bot was blocked by the user', 'unreachable'],
  [403, 'Forbidden: user is deactivated', 'unreachable'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'unreachable'],
  [400, 'Bad Request: chat not found', 'unreachable'],
  [400, "Bad Request: can't parse entities: Unsupported start tag", 'bad-entities'],
  [400, 'Bad Request: message to edit not found', 'message-gone'],
  [400, 'Bad Request: message to delete not found', 'message-gone'],
  [400, 'Bad Request: message text is empty', 'bad-request'],
  [404, 'Not Found: method not found', 'bad-request'],
  [404, 'Not Found', 'unauthorized'],
  [401, 'Unauthorized', 'unauthorized'],
  [409, 'Conflict: terminated by other getUpdates request', 'bad-request'],
  [413, 'Request Entity Too Large', 'bad-request'],
  [502, 'Bad Gateway', 'ambiguous'],
])('%i %s is %s', (code, description, expected) => {
  expect(classify(code, refusal(code, description))).toMatchObject({ class: expected, code });
});

test('429 tells how long to wait, in milliseconds, and at least a second when it does not say', () => {
  expect(classify(429, refusal(429, 'Too Many Requests', { retry_after: 7 })).retryAfterMs).toBe(7_000);
  expect(classify(429, refusal(429, 'Too Many Requests'))).toMatchObject({
    class: 'too-many',
    retryAfterMs: 1_000,
  });
});

test('a group that became a supergroup tells its new id', () => {
  const moved = refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1_001_234 });
  expect(classify(400, moved)).toMatchObject({ class: 'migrated', migrateTo: -1_001_234 });
});

// A proxy or a wrong address says nothing about a person or a request, and may have passed it on before it failed.
test.each([
  [undefined],
  ['<html>'],
  [{ ok: false, error_code: 'x', description: 5, parameters: [] }],
  [{ error_code: 403, description: 'Forbidden' }],
])(
  'an answer that is not Telegram’s (%j) leaves open whether the request arrived; only its 401 and 429 are obeyed',
  (body) => {
    for (const status of [200, 400, 403, 404, 407, 413, 502])
      expect(classify(status, body)).toEqual({ class: 'ambiguous', code: status });
    expect(classify(401, body).class).toBe('unauthorized');
    expect(classify(429, body)).toEqual({ class: 'too-many', code: 429, retryAfterMs: 1_000 });
  },
);
