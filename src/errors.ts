/** A bug: something that cannot be if the program is right. Never retried, always alarms. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** For what can be done without: what the store has, and nobody can read any more, counts as not there. */
export const nullIfUnreadable = (error: unknown): null => {
  if (error instanceof InvariantError) return null;
  throw error;
};

/** Trouble with the document store, Redis or Telegram that passes: thrown, and tried again. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Trouble of Telegram's own; `pauseMs` where nothing was sent and it is known for how long to leave it alone. */
export class TelegramFault extends Fault {
  constructor(
    message: string,
    readonly pauseMs?: number,
  ) {
    super(message);
  }
}

/** Whoever had an update in hand stood still for longer than his lease: it is others' by now, and he says nothing. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** An expected "no": returned, never thrown; `refusal` names the sentence in `text/`, `params` fill it. */
export interface Refusal {
  readonly refusal: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Tells a refusal from what an action returns when it worked. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refusal' in value && typeof value.refusal === 'string';

/** The class of an error and its code, for whoever may know that something failed but not on what. */
export const errorClassOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return [error.constructor.name, code].filter(isName).join(' ');
};

const isName = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\w{1,60}$/.test(value));
