/** What the libraries put into their errors must not come out of the log: texts, ids, tokens, passwords. */
import { ReplyError } from 'ioredis';
import { Error as MongooseErrors, mongo } from 'mongoose';
import { TelegramError } from 'telegraf';
import { expect, test } from 'vitest';
import { createLog, withoutSecrets, type LogFields } from '../../src/log.js';

const canary = 'kanarienvogel-13800000000';
const token = '123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ';

/** Everything a log of every level writes about an error, given in every way there is. */
function logged(error: unknown): string {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  log.error('it failed', { error });
  log.warn('it failed', { error: new Error('outer', { cause: error }) });
  const reason = typeof error === 'string' ? '有人写的话' : error;
  log.child({ error }).info('it failed', { reason } as unknown as LogFields);
  log.debug('it failed', error as LogFields);
  return lines.join('\n');
}

const errors: Readonly<Record<string, () => unknown>> = {
  telegraf: () =>
    new TelegramError({ ok: false, error_code: 400, description: `Bad Request: ${canary}` } as never, {
      method: 'sendMessage',
      payload: { chat_id: 77, text: canary },
    }),
  'a duplicate in the store': () =>
    new mongo.MongoServerError({
      message: `E11000 duplicate key: ${canary}`,
      code: 11_000,
      keyValue: { name: canary },
      errInfo: { doc: canary },
    }),
  'a cast in the store': () => new MongooseErrors.CastError('Number', canary, canary),
  redis: () =>
    Object.assign(new ReplyError(`ERR ${canary}`) as Error, { command: { name: 'set', args: [canary] } }),
  fetch: () => new TypeError('fetch failed', { cause: new Error(`connect https://x/bot${token}/getMe`) }),
  'a text thrown by somebody': () => canary,
  'an object thrown by somebody': () => ({ message: canary, token }),
};

test.each(Object.entries(errors))('an error of %s is written as class, code and places only', (_of, make) => {
  const written = logged(make());
  expect(written).toContain('it failed');
  expect(written).not.toContain(canary);
  expect(written).not.toContain(token);
  expect(written).not.toContain('有人');
  expect(written).not.toMatch(/"77"|:77\b/);
});

test('what the starter prints for an operator holds no token and no password', () => {
  const printed = withoutSecrets(
    `cannot reach https://api.telegram.org/bot${token}/getMe nor mongodb://root:s3cret@db:27017/x nor redis://:pw@r`,
  );
  expect(printed).not.toMatch(/AAbb|s3cret|:pw@/);
  expect(printed).toContain('mongodb://[secret]@db:27017/x');
});
