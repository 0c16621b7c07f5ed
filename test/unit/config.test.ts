import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, needsEmbedded, settingNames } from '../../src/config.js';

const key = Buffer.alloc(32, 7).toString('base64');
const real = {
  BOT_TOKEN: '123456:AAbbCCdd',
  MONGODB_URI: 'mongodb://store/db',
  REDIS_URL: 'redis://queue:6379',
  DATA_KEY: key,
};

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
};

describe('settings', () => {
  test('nothing given means sandbox, polling, loopback and everything brought along', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      sandbox: true,
      mode: 'polling',
      host: '127.0.0.1',
      port: 8080,
      role: 'all',
      timeTravel: true,
      timeZone: 'Asia/Shanghai',
      sendMode: 'two-phase',
      telegramApiRoot: 'https://api.telegram.org',
    });
    expect(isAbsolute(config.dataDir)).toBe(true);
    expect(config.orgFile).toMatch(/config\/sample-organisation\.json$/);
    expect(needsEmbedded(config)).toBe(true);
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('with token, store and queue given nothing is embedded and time does not travel', () => {
    const config = loadConfig(real);
    expect(needsEmbedded(config)).toBe(false);
    expect(config).toMatchObject({ sandbox: false, timeTravel: false, logLevel: 'info', orgFile: undefined });
    expect(config.dataKey).toHaveLength(32);
  });

  test.each(['BOT_TOKEN', 'MONGODB_URI', 'REDIS_URL'] as const)(
    'without %s something is embedded',
    (name) => {
      const { [name]: _absent, ...rest } = real;
      expect(needsEmbedded(loadConfig(rest))).toBe(true);
    },
  );

  test('an empty value counts as absent', () => {
    expect(loadConfig({ BOT_TOKEN: '', PORT: ' ', TIME_TRAVEL: '' })).toMatchObject({
      sandbox: true,
      port: 8080,
      timeTravel: true,
    });
  });

  test('every mistake is named at once, the contradictions among them', () => {
    const mistakes = mistakesOf({
      NODE_ENV: 'production',
      PORT: 'http',
      MODE: 'webhook',
      ROLE: 'worker',
      TIME_TRAVEL: 'yes',
      TZ_NAME: 'Mars/Base',
      MONGODB_URI: 'postgres://x',
      DATA_KEY: 'short',
    });
    const names = mistakes.map((mistake) => mistake.split(' ')[0]);
    expect(names).toEqual([
      'MONGODB_URI',
      'PORT',
      'DATA_KEY',
      'TZ_NAME',
      'BOT_TOKEN',
      'TIME_TRAVEL=1',
      'REDIS_URL',
      'WEBHOOK_URL',
      'WEBHOOK_SECRET',
    ]);
  });

  test('a mistake never repeats the value it complains about', () => {
    expect(mistakesOf({ ...real, BOT_TOKEN: 'my secret', DATA_KEY: 'another secret' }).join()).not.toMatch(
      /secret/,
    );
  });

  test.each([
    [{ NODE_ENV: 'production' }, 'BOT_TOKEN'],
    [{ ...real, NODE_ENV: 'production', TIME_TRAVEL: '1' }, 'TIME_TRAVEL'],
    [{ ...real, DATA_KEY: '' }, 'DATA_KEY'],
    [{ ...real, DATA_KEY: Buffer.alloc(31).toString('base64') }, 'DATA_KEY'],
    [{ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }, 'TELEGRAM_API_ROOT'],
    [{ ...real, ROLE: 'bot', REDIS_URL: '' }, 'REDIS_URL'],
    [
      { ...real, MODE: 'webhook', WEBHOOK_SECRET: 's', WEBHOOK_URL: 'http://city.example/hook' },
      'WEBHOOK_URL',
    ],
    [{ PORT: '65536' }, 'PORT'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ TIME_TRAVEL: 'maybe' }, 'TIME_TRAVEL'],
  ])('refused: %j', (environment, name) => {
    const mistakes = mistakesOf(environment);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(name);
  });

  test.each([
    { ...real, NODE_ENV: 'production', TIME_TRAVEL: '0' },
    { ...real, TIME_TRAVEL: '1', TELEGRAM_API_ROOT: 'http://127.0.0.1:1' },
    { ...real, ROLE: 'worker' },
    { ...real, MODE: 'webhook', WEBHOOK_SECRET: 's', WEBHOOK_URL: 'https://city.example/hook' },
    { MODE: 'webhook', WEBHOOK_SECRET: 's', WEBHOOK_URL: 'http://127.0.0.1:8080/hook' },
    { PORT: '0' },
  ])('accepted: %j', (environment) => {
    expect(mistakesOf(environment)).toEqual([]);
  });

  test('.env.example names every setting once, with its default or empty', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const lines = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
      ([, name, value]) => [name ?? '', value ?? ''] as const,
    );
    expect(lines.map(([name]) => name).toSorted()).toEqual([...settingNames].toSorted());
    expect(loadConfig(Object.fromEntries(lines))).toEqual(loadConfig({}));
  });
});
