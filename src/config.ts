import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

export type Mode = 'polling' | 'webhook';
export type Role = 'all' | 'bot' | 'worker';
export type SendMode = 'two-phase' | 'single';
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting of the program, checked. What is `undefined` was not given (rules §7 says what then happens). */
export interface Config {
  readonly production: boolean;
  /** No bot token was given: the local sandbox plays Telegram. */
  readonly sandbox: boolean;
  readonly botToken: string | undefined;
  readonly telegramApiRoot: string;
  readonly mongodbUri: string | undefined;
  readonly redisUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  readonly mode: Mode;
  readonly webhookUrl: string | undefined;
  readonly webhookSecret: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly role: Role;
  /** Absolute path; in sandbox mode the sample organisation unless another one is given. */
  readonly orgFile: string | undefined;
  /** 32 bytes. */
  readonly dataKey: Buffer | undefined;
  /** 32 bytes: the key before, while keys are being rotated. */
  readonly oldDataKey: Buffer | undefined;
  readonly timeZone: string;
  readonly logLevel: LogLevel;
  readonly timeTravel: boolean;
  readonly sendMode: SendMode;
}

/** Lists every mistake found, one line each; never repeats a value, for a value may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly mistakes: readonly string[]) {
    super(`The settings are not usable:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

const isUrlWith = (protocols: readonly string[]) => (value: string) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

const isTimeZone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const is32Bytes = (value: string): boolean =>
  /^[A-Za-z0-9+/_-]+={0,2}$/.test(value) && Buffer.from(value, 'base64').length === 32;

const isHost = (value: string): boolean => isIP(value) !== 0 || /^[A-Za-z0-9.-]+$/.test(value);

const text = (accepts: (value: string) => boolean, mustBe: string) =>
  z.string().refine(accepts, { error: `must be ${mustBe}` });

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const schema = z.object({
  NODE_ENV: z.string().optional(),
  BOT_TOKEN: text(
    (v) => /^\d+:[\w-]+$/.test(v),
    'a bot token as BotFather gives it, like 123456:ABC…',
  ).optional(),
  TELEGRAM_API_ROOT: text(isUrlWith(['http:', 'https:']), 'an http or https address').optional(),
  MONGODB_URI: text(
    (v) => /^mongodb(\+srv)?:\/\/./.test(v),
    'a mongodb:// or mongodb+srv:// address',
  ).optional(),
  REDIS_URL: text(isUrlWith(['redis:', 'rediss:']), 'a redis:// or rediss:// address').optional(),
  DATA_DIR: z.string().default('./data'),
  MODE: oneOf(['polling', 'webhook']).default('polling'),
  WEBHOOK_URL: text(isUrlWith(['http:', 'https:']), 'an http or https address').optional(),
  WEBHOOK_SECRET: text((v) => /^[\w-]{1,256}$/.test(v), '1 to 256 characters of A-Z a-z 0-9 _ -').optional(),
  HOST: text(isHost, 'an address or host name to listen on').default('127.0.0.1'),
  PORT: text((v) => /^\d{1,5}$/.test(v) && Number(v) <= 65535, 'a port number from 0 to 65535').default(
    '8080',
  ),
  ROLE: oneOf(['all', 'bot', 'worker']).default('all'),
  ORG_FILE: z.string().optional(),
  DATA_KEY: text(is32Bytes, '32 bytes in base64').optional(),
  DATA_KEY_OLD: text(is32Bytes, '32 bytes in base64').optional(),
  TZ_NAME: text(isTimeZone, 'a time zone such as Asia/Shanghai').default('Asia/Shanghai'),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
  TIME_TRAVEL: z.stringbool({ error: 'must be 0 or 1' }).optional(),
  SEND_MODE: oneOf(['two-phase', 'single']).default('two-phase'),
});

/** The names of all settings, for the test that compares them with `.env.example`. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** A `.env` file in the working folder fills what the environment leaves open; returns the environment. */
export const readEnvironment = (): Environment => {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
};

/** Reads the settings of rules §7; an empty value counts as absent. Throws one ConfigError that lists every mistake. */
export const loadConfig = (environment: Environment): Config => {
  const given: Record<string, string> = {};
  for (const name of settingNames) {
    const value = environment[name]?.trim();
    if (value !== undefined && value !== '') given[name] = value;
  }
  const parsed = schema.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const mistakes = [...wrong, ...contradictions(given)];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(toConfig(parsed.data));
};

/** Whether something has to be brought along because its address or token is missing. */
export const needsEmbedded = (config: Config): boolean =>
  config.botToken === undefined || config.mongodbUri === undefined || config.redisUrl === undefined;

const contradictions = (given: Readonly<Record<string, string>>): string[] => {
  const has = (name: string): boolean => given[name] !== undefined;
  const production = given['NODE_ENV'] === 'production';
  const shared = given['ROLE'] === 'bot' || given['ROLE'] === 'worker';
  const timeTravel = schema.shape.TIME_TRAVEL.safeParse(given['TIME_TRAVEL']).data === true;
  const webhook = given['MODE'] === 'webhook';
  const secure =
    !has('WEBHOOK_URL') || has('TELEGRAM_API_ROOT') || given['WEBHOOK_URL']?.startsWith('https:');
  const rows: readonly (readonly [boolean, string])[] = [
    [production && !has('BOT_TOKEN'), 'BOT_TOKEN is required with NODE_ENV=production (no sandbox there)'],
    [production && timeTravel, 'TIME_TRAVEL=1 is refused with NODE_ENV=production'],
    [
      !has('BOT_TOKEN') && has('TELEGRAM_API_ROOT'),
      'TELEGRAM_API_ROOT needs BOT_TOKEN (without it the sandbox is used)',
    ],
    [shared && !has('MONGODB_URI'), 'MONGODB_URI is required when ROLE is bot or worker'],
    [shared && !has('REDIS_URL'), 'REDIS_URL is required when ROLE is bot or worker'],
    [shared && !has('BOT_TOKEN') && !production, 'BOT_TOKEN is required when ROLE is bot or worker'],
    [has('MONGODB_URI') && !has('DATA_KEY'), 'DATA_KEY is required with MONGODB_URI (32 bytes in base64)'],
    [has('DATA_KEY_OLD') && !has('DATA_KEY'), 'DATA_KEY_OLD needs DATA_KEY, the key that follows it'],
    [
      has('DATA_KEY_OLD') && given['DATA_KEY_OLD'] === given['DATA_KEY'],
      'DATA_KEY_OLD is the same as DATA_KEY; leave it out',
    ],
    [webhook && !has('WEBHOOK_URL'), 'WEBHOOK_URL is required with MODE=webhook'],
    [webhook && !has('WEBHOOK_SECRET'), 'WEBHOOK_SECRET is required with MODE=webhook'],
    [webhook && has('BOT_TOKEN') && !secure, 'WEBHOOK_URL must be https, Telegram refuses anything else'],
  ];
  return rows.filter(([applies]) => applies).map(([, mistake]) => mistake);
};

const toConfig = (settings: z.infer<typeof schema>): Config => {
  const sandbox = settings.BOT_TOKEN === undefined;
  const orgFile = settings.ORG_FILE ?? (sandbox ? sampleOrganisation() : undefined);
  return {
    production: settings.NODE_ENV === 'production',
    sandbox,
    botToken: settings.BOT_TOKEN,
    telegramApiRoot: settings.TELEGRAM_API_ROOT?.replace(/\/+$/, '') ?? 'https://api.telegram.org',
    mongodbUri: settings.MONGODB_URI,
    redisUrl: settings.REDIS_URL,
    dataDir: resolve(settings.DATA_DIR),
    mode: settings.MODE,
    webhookUrl: settings.WEBHOOK_URL,
    webhookSecret: settings.WEBHOOK_SECRET,
    host: settings.HOST,
    port: Number(settings.PORT),
    role: settings.ROLE,
    orgFile: orgFile === undefined ? undefined : resolve(orgFile),
    dataKey: keyOf(settings.DATA_KEY),
    oldDataKey: keyOf(settings.DATA_KEY_OLD),
    timeZone: settings.TZ_NAME,
    // The newcomer's terminal stays readable: the sandbox says its few lines in plain words.
    logLevel: settings.LOG_LEVEL ?? (sandbox ? 'warn' : 'info'),
    timeTravel: settings.TIME_TRAVEL ?? sandbox,
    sendMode: settings.SEND_MODE,
  };
};

const keyOf = (text: string | undefined): Buffer | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'base64');

// Through package.json "imports", so that it is found from src/ and from dist/src/ alike.
const sampleOrganisation = (): string =>
  createRequire(import.meta.url).resolve('#config/sample-organisation.json');
