import { describe, expect, test } from 'vitest';
import { createLog, type LogFields } from '../../src/log.js';

const capture = () => {
  const lines: string[] = [];
  return { lines, log: createLog('debug', { write: (line: string) => void lines.push(line) }) };
};

const only = (lines: readonly string[]): Record<string, unknown> => {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
};

describe('log', () => {
  test('keeps what is on the allow-list and drops everything else', () => {
    const { lines, log } = capture();
    const smuggled = {
      caseId: 'c1',
      text: 'we were asked for money',
      token: '1:abc',
      update: { message: 1 },
    };
    log.info('case filed', smuggled);
    expect(only(lines)).toMatchObject({ msg: 'case filed', caseId: 'c1' });
    expect(lines[0]).not.toMatch(/money|1:abc|update/);
  });

  test('an object under an allowed name is dropped', () => {
    const { lines, log } = capture();
    log.info('x', { reason: { text: 'secret' } } as unknown as LogFields);
    expect(lines[0]).not.toContain('secret');
  });

  test('an error is reduced to class, code and places: neither message nor payload', () => {
    class SendError extends Error {
      readonly code = 403;
      readonly on = { payload: { chat_id: 77, text: 'my complaint' } };
    }
    const { lines, log } = capture();
    const cause = new Error(
      'call failed: my complaint\n    at my complaint (secret)\n    at Wang (a.ts:1:1)',
    );
    log.error('send failed', { error: new SendError('403 my complaint', { cause }) });
    expect(only(lines)).toMatchObject({ error: { name: 'SendError', code: 403, cause: { name: 'Error' } } });
    expect(lines[0]).toContain('log.test.ts:');
    expect(lines[0]).not.toMatch(/complaint|chat_id|secret|Wang/);
  });

  test('a child carries its fields, filtered as well', () => {
    const { lines, log } = capture();
    log.child({ queue: 'route', name: 'Li' } as LogFields).warn('stalled', { count: 2 });
    expect(only(lines)).toMatchObject({ queue: 'route', count: 2 });
    expect(lines[0]).not.toContain('Li');
  });

  test('a bot token does not get through inside an address', () => {
    const { lines, log } = capture();
    log.info('x', { url: 'https://api.telegram.org/bot123456:AAbbCCddEEffGGhhIIjjKKllMMnn/getMe' });
    expect(lines[0]).not.toContain('AAbbCC');
  });

  test('a long value is cut', () => {
    const { lines, log } = capture();
    log.info('x', { reason: 'a'.repeat(5000) });
    expect((lines[0] ?? '').length).toBeLessThan(400);
  });

  test('below its level it says nothing', () => {
    const lines: string[] = [];
    createLog('warn', { write: (line: string) => void lines.push(line) }).info('x');
    expect(lines).toEqual([]);
  });
});
