import { pino, type DestinationStream } from 'pino';
import type { LogLevel } from './config.js';

/** All that may appear in a log line beside the event: identifiers, counts and codes, never anything a person wrote. */
const allowedFields = [
  'action',
  'attempt',
  'attempts',
  'botId',
  'caseId',
  'caseRef',
  'causeId',
  'clock',
  'code',
  'collection',
  'count',
  'dataDir',
  'deliveryId',
  'department',
  'draftId',
  'durationMs',
  'errorClass',
  'exitCode',
  'feature',
  'from',
  'hash',
  'host',
  'jobId',
  'kind',
  'lagMs',
  'method',
  'mode',
  'part',
  'path',
  'pid',
  'port',
  'queue',
  'reason',
  'ref',
  'retryAfterS',
  'role',
  'schedule',
  'service',
  'signal',
  'state',
  'status',
  'step',
  'tick',
  'to',
  'transition',
  'updateId',
  'updateKind',
  'url',
  'version',
  'wakeAt',
  'worker',
] as const;

type FieldName = (typeof allowedFields)[number];

/** `error` is reduced to its class, its code and the places of its stack: messages and payloads carry personal data. */
export type LogFields = Readonly<
  Partial<Record<FieldName, string | number | boolean | Date | null | undefined>>
> & {
  readonly error?: unknown;
};

/** `event` is a constant phrase of the programmer; everything that varies goes into the fields. */
type Write = (event: string, fields?: LogFields) => void;

export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  readonly child: (fields: LogFields) => Log;
}

const longestValue = 200;

/** The one logger: JSON lines on standard output (or `destination`), fields outside the allow-list are dropped. */
export const createLog = (level: LogLevel, destination?: DestinationStream): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return wrap(destination === undefined ? pino(options) : pino(options, destination), {});
};

const wrap = (sink: ReturnType<typeof pino>, bound: Readonly<Record<string, unknown>>): Log => {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): Write =>
    (event, fields) => {
      if (sink.isLevelEnabled(level)) sink[level]({ ...bound, ...onlyAllowed(fields) }, cut(event));
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
    child: (fields) => wrap(sink, { ...bound, ...onlyAllowed(fields) }),
  };
};

const onlyAllowed = (fields: LogFields | undefined): Record<string, unknown> => {
  const kept: Record<string, unknown> = {};
  if (fields === undefined) return kept;
  // An error in place of the fields: some libraries' errors have fields of the same names, with values in them.
  if (fields instanceof Error) return { error: describeError(fields) };
  for (const name of allowedFields) {
    const value = fields[name];
    if (value === undefined) continue;
    if (typeof value === 'string') kept[name] = isCode(value) || name === 'dataDir' ? cut(value) : '[text]';
    else if (
      value === null ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value instanceof Date
    )
      kept[name] = value;
  }
  if (fields.error !== undefined) kept['error'] = describeError(fields.error);
  return kept;
};

/** Takes bot tokens, and names and passwords in addresses, out of a text: a second net, and for what an operator is told. */
export const withoutSecrets = (text: string): string =>
  text.replaceAll(/\d{5,}:[\w-]{20,}/g, '[token]').replaceAll(/(\w:\/\/)[^\s/@]*:[^\s/@]*@/g, '$1[secret]@');

const cut = (value: string): string => {
  const safe = withoutSecrets(value);
  return safe.length > longestValue ? `${safe.slice(0, longestValue)}…` : safe;
};

/** Class, code and places of an error (and of its causes, three deep): no message, no payload. */
const describeError = (error: unknown, depth = 0): Record<string, unknown> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name: isIdentifier(error.constructor.name) ? error.constructor.name : 'Error',
    ...(typeof code === 'number' || isIdentifier(code) ? { code } : {}),
    at: placesOf(error.stack ?? ''),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
};

/** Names, codes and addresses are ASCII; what people write here mostly is not. */
const isCode = (value: string): boolean => /^[\x20-\x7e]*$/.test(value);

const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && /^\w{1,60}$/.test(value);

// Only file, line and column are kept: a message that imitates a stack cannot bring text along.
const placesOf = (stack: string): string[] =>
  [...stack.matchAll(/^ {4}at .*?([\w.-]{1,60}\.[cm]?[jt]s):(\d{1,7}):(\d{1,5})\)?$/gm)]
    .slice(0, 8)
    .map(([, file, line, column]) => `${file}:${line}:${column}`);
