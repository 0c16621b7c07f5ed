import { evalExpr } from 'mingo/core';
import { CommandError, location } from '../errors.js';
import { contextWith, optionsWith } from './mingo.js';

let context: ReturnType<typeof contextWith> | undefined;

/** Computes an aggregation expression over a plain document; refuses unknown operators. */
export function evaluate(
  document: unknown,
  expression: unknown,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  context ??= contextWith({});
  const options = optionsWith(context, { variables: { ...variables } });
  return refusing(() => evalExpr(document, expression, options));
}

/** Gives mingo's errors MongoDB's shape. */
export function refusing<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const stage = /unregistered pipeline operator (\S+?)\.?$/.exec(message)?.[1];
    if (stage !== undefined) throw location(40324, `Unrecognized pipeline stage name: '${stage}'`);
    const operator =
      /(\$\w+).*(?:not registered|unregistered|not found)|(?:unregistered|unknown)\D*(\$\w+)/i.exec(message);
    if (operator) throw location(168, `Unrecognized expression '${operator[1] ?? operator[2]}'`);
    throw location(16410, message);
  }
}
