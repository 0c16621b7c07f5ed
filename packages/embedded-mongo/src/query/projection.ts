import { badValue, location } from '../errors.js';
import { evaluate } from '../aggregate/expression.js';
import { toPlain, toTyped } from '../values/codec.js';
import { isDocument, setField, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { elementTest } from './field-tests.js';
import { compileFilter, type Filter, type Variables } from './filter.js';
import { parseProjection, type Extra, type PathTree, type ProjectionSpec } from './projection-spec.js';

export type Projector = (document: Doc) => Doc;

/** Compiles a find() projection; `query` serves the positional operator. Undefined when everything is asked for. */
export function compileProjection(
  spec: unknown,
  query: unknown,
  variables: Variables = {},
): Projector | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDocument(spec)) throw badValue("Expected field 'projection' to be of type object");
  if (Object.keys(spec).length === 0) return undefined;
  const parsed = parseProjection(spec, false);
  const compute = (expression: unknown): ((document: Doc) => unknown) => {
    const plain = toPlain(expression);
    return (document) => {
      const value = evaluate(toPlain(document), plain, variables);
      return value === undefined ? undefined : toTyped(value);
    };
  };
  const positional = parsed.extras.some((extra) => extra.how === 'positional')
    ? compileFilter(query, variables)
    : undefined;
  return build(parsed, compute, positional);
}

/** Compiles an aggregation $project over plain documents; `compute` evaluates its expressions. */
export function compileStageProjection(
  spec: Doc,
  compute: (expression: unknown) => (document: Doc) => unknown,
): Projector {
  return build(parseProjection(spec, true), compute, undefined);
}

function build(
  spec: ProjectionSpec,
  compute: (expression: unknown) => (document: Doc) => unknown,
  positional: Filter | undefined,
): Projector {
  const shape = spec.mode === 'include' ? include : exclude;
  const steps = spec.extras.map((extra) => extraStep(extra, spec, compute, positional));
  return (document) => {
    const out = shape(document, spec.tree) as Doc;
    for (const step of steps) step(out, document);
    return out;
  };
}

const isContainer = (value: unknown): boolean => isDocument(value) || Array.isArray(value);

function include(value: unknown, tree: PathTree): unknown {
  if (Array.isArray(value)) return value.filter(isContainer).map((element) => include(element, tree));
  const out: Doc = {};
  for (const [name, field] of Object.entries(value as Doc)) {
    const wanted = tree.get(name);
    if (wanted === true) setField(out, name, field);
    else if (wanted && isContainer(field)) setField(out, name, include(field, wanted));
  }
  return out;
}

function exclude(value: unknown, tree: PathTree): unknown {
  if (Array.isArray(value))
    return value.map((element: unknown) => (isContainer(element) ? exclude(element, tree) : element));
  const out: Doc = {};
  for (const [name, field] of Object.entries(value as Doc)) {
    const unwanted = tree.get(name);
    if (unwanted === true) continue;
    setField(out, name, unwanted && isContainer(field) ? exclude(field, unwanted) : field);
  }
  return out;
}

type Step = (out: Doc, document: Doc) => void;

function extraStep(
  extra: Extra,
  spec: ProjectionSpec,
  compute: (expression: unknown) => (document: Doc) => unknown,
  positional: Filter | undefined,
): Step {
  switch (extra.how) {
    case 'expression': {
      const value = compute(extra.operand);
      const parts = extra.path.split('.');
      return (out, document) => place(out, parts, value(document));
    }
    case 'slice': {
      const cut = slicer(extra.operand);
      return (out, document) => {
        // In an inclusion a sliced field is wanted although it is not listed.
        if (spec.mode === 'include') Object.assign(out, include(document, treeOf(extra.path)) as Doc);
        editArray(out, extra.path, cut);
      };
    }
    case 'element-match': {
      if (!isDocument(extra.operand)) throw badValue('elemMatch: Invalid argument, object required');
      const test = elementTest(extra.operand, (query) => compileFilter(query));
      return (out) => {
        editArray(out, extra.path, (array) => {
          const element = array.find(test);
          return element === undefined ? undefined : [element];
        });
      };
    }
    case 'positional':
      return (out, document) => {
        const position = positional?.(document)?.position;
        if (position === undefined) {
          throw location(
            51246,
            "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
          );
        }
        editArray(out, extra.path, (array) => (position < array.length ? [array[position]] : []));
      };
  }
}

function treeOf(path: string): PathTree {
  return path
    .split('.')
    .reduceRight<PathTree | true>((inner, part) => new Map([[part, inner]]), true) as PathTree;
}

function place(out: Doc, parts: readonly string[], value: unknown): void {
  if (value === undefined) return;
  let target = out;
  for (const part of parts.slice(0, -1)) {
    const next = target[part];
    const child: Doc = isDocument(next) ? next : {};
    setField(target, part, child);
    target = child;
  }
  setField(target, parts.at(-1) ?? '', value);
}

/** Replaces the array at a path; an edit that returns undefined removes the field. */
function editArray(out: Doc, path: string, edit: (array: readonly unknown[]) => unknown[] | undefined): void {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  let target: unknown = out;
  for (const part of parts) target = isDocument(target) ? target[part] : undefined;
  if (!isDocument(target) || !Object.hasOwn(target, name)) return;
  const value = target[name];
  const edited = Array.isArray(value) ? edit(value) : value;
  if (edited === undefined) delete target[name];
  else setField(target, name, edited);
}

function slicer(operand: unknown): (array: readonly unknown[]) => unknown[] {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((value: unknown) => {
    const number = toNumber(value);
    if (number === undefined)
      throw location(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
    return Math.trunc(number);
  });
  const [first = 0, count] = numbers;
  if (numbers.length > 2 || (count !== undefined && count <= 0)) {
    throw location(28724, '$slice limit must be positive');
  }
  if (count === undefined) return (array) => (first < 0 ? array.slice(first) : array.slice(0, first));
  return (array) => {
    const start = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(start, start + count);
  };
}
