/** An expected "no" to a command, with MongoDB's code and name; everything else that is thrown is a fault or a bug. */
export class CommandError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const badValue = (message: string): CommandError => new CommandError(2, 'BadValue', message);
export const failedToParse = (message: string): CommandError => new CommandError(9, 'FailedToParse', message);
export const typeMismatch = (message: string): CommandError => new CommandError(14, 'TypeMismatch', message);
export const location = (code: number, message: string): CommandError =>
  new CommandError(code, `Location${code}`, message);
export const namespaceNotFound = (namespace: string): CommandError =>
  new CommandError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`);
export const cannotCreateIndex = (message: string): CommandError =>
  new CommandError(67, 'CannotCreateIndex', message);
/** For what this store deliberately leaves out: never ignored, always this sentence. */
export const notSupported = (what: string): CommandError =>
  new CommandError(
    115,
    'CommandNotSupported',
    `${what} is not supported by the embedded document store; use a MongoDB server`,
  );
