import { Aggregator } from 'mingo/aggregator';
import * as stageOperators from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import { isDocument, setField, type Doc } from '../values/kinds.js';
import { refusing } from './expression.js';
import { contextWith, optionsWith } from './mingo.js';
import { stageCorrections } from './stage-corrections.js';

let context: ReturnType<typeof contextWith> | undefined;

export type Run = {
  readonly stages: readonly Doc[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** The documents of another collection of the same database, for $lookup and its like. */
  readonly collection: (name: string) => Doc[];
};

/** Runs pipeline stages over plain documents; $$NOW is one instant for the whole command. */
export function runStages(documents: readonly Doc[], { stages, variables, now, collection }: Run): Doc[] {
  context ??= contextWith({ pipeline: { ...stageOperators, ...stageCorrections }, window: { ...windows } });
  const options = optionsWith(context, { variables: { ...variables }, collectionResolver: collection });
  const fixed = stages.map((stage) => withNow(stage, now) as Doc);
  return refusing(() => new Aggregator(fixed, options).run<Doc>([...documents]));
}

function withNow(value: unknown, now: Date): unknown {
  if (value === '$$NOW') return { $literal: now };
  if (Array.isArray(value)) return value.map((element) => withNow(element, now));
  if (!isDocument(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const out: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    setField(out, name, name === '$literal' ? field : withNow(field, now));
  }
  return out;
}
