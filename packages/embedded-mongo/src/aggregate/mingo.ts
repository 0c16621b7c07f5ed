import { Context, ProcessingMode } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import { type Options } from 'mingo/types';
import { accumulatorCorrections } from './accumulator-corrections.js';
import { expressionCorrections } from './expression-corrections.js';

export type Operators = NonNullable<Parameters<typeof Context.init>[0]>;

/** mingo's accumulators and expressions with this package's named corrections over them, and what a caller adds. */
export function contextWith(more: Readonly<Record<string, unknown>>): Context {
  return Context.init({
    accumulator: { ...accumulators, ...accumulatorCorrections },
    expression: { ...expressions, ...expressionCorrections },
    ...more,
  });
}

export function optionsWith(context: Context, extra: Partial<Options>): Options {
  return {
    idKey: '_id',
    context,
    useStrictMode: true,
    // mingo's own window stage computes by functions; those that come over the wire are refused by a correction.
    scriptEnabled: true,
    failOnError: true,
    processingMode: ProcessingMode.CLONE_OFF,
    ...extra,
  };
}
