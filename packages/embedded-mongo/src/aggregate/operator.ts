import { evalExpr } from 'mingo/core';
import { type Options } from 'mingo/types';

/** How mingo calls an operator: with the document (or the group), the operand, and its options. */
export type Operator = (subject: unknown, operand: unknown, options: Options) => unknown;

export const compute = (subject: unknown, operand: unknown, options: Options): unknown =>
  evalExpr(subject, operand, options);

/** mingo's own operator behind a correction, called without its narrow typing. */
export const original = (operator: unknown): Operator => operator as Operator;
