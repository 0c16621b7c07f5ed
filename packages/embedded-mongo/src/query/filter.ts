import { badValue, notSupported, typeMismatch } from '../errors.js';
import { evaluate } from '../aggregate/expression.js';
import { toPlain } from '../values/codec.js';
import { fieldsOf, isDocument } from '../values/kinds.js';
import { fieldTests, isTrue } from './field-tests.js';
import { reach, topField } from './paths.js';

/** A match; `position` is the array index that the positional operator stands for. */
export type Hit = { readonly position?: number };
export type Filter = (document: unknown) => Hit | null;
/** Variables of `let`, for $expr. */
export type Variables = Readonly<Record<string, unknown>>;

const NO_POSITION: Hit = {};

/** Compiles a query document; refuses unknown operators with MongoDB's codes. */
export function compileFilter(query: unknown, variables: Variables = {}): Filter {
  if (query === undefined || query === null) return () => NO_POSITION;
  if (!isDocument(query)) throw typeMismatch('Expected field filter to be of type object');
  const parts = Object.entries(fieldsOf(query)).map(([name, value]) => compilePart(name, value, variables));
  return all(parts);
}

function all(parts: readonly Filter[]): Filter {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (document) => {
    let hit = NO_POSITION;
    for (const part of parts) {
      const next = part(document);
      if (!next) return null;
      if (next.position !== undefined) hit = next;
    }
    return hit;
  };
}

function compilePart(name: string, value: unknown, variables: Variables): Filter {
  switch (name) {
    case '$and':
      return all(branches(name, value, variables));
    case '$or':
      return any(branches(name, value, variables));
    case '$nor': {
      const none = any(branches(name, value, variables));
      return (document) => (none(document) ? null : NO_POSITION);
    }
    case '$expr': {
      const expression = toPlain(value);
      return (document) => (isTrue(evaluate(toPlain(document), expression, variables)) ? NO_POSITION : null);
    }
    case '$comment':
      return () => NO_POSITION;
    case '$where':
    case '$text':
    case '$jsonSchema':
      throw notSupported(name);
    default:
  }
  if (name.startsWith('$') && !['$id', '$ref', '$db'].includes(name.split('.', 1)[0] ?? '')) {
    throw badValue(
      `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  }
  return compileField(name, value, variables);
}

function any(parts: readonly Filter[]): Filter {
  return (document) => {
    for (const part of parts) {
      const hit = part(document);
      if (hit) return hit;
    }
    return null;
  };
}

function branches(name: string, value: unknown, variables: Variables): readonly Filter[] {
  if (!Array.isArray(value)) throw badValue(`${name} must be an array`);
  if (value.length === 0) throw badValue(`${name} argument must be a non-empty array`);
  return value.map((branch: unknown) => {
    if (!isDocument(branch)) throw badValue(`${name} argument's entries must be objects`);
    return compileFilter(branch, variables);
  });
}

function compileField(path: string, operand: unknown, variables: Variables): Filter {
  const parts = path.split('.');
  const tests = fieldTests(operand, (query) => compileFilter(query, variables));
  return (document) => {
    const reached = reach(document, parts);
    let hit = NO_POSITION;
    for (const test of tests) {
      const next = test(reached);
      if (!next) return null;
      if (next.position !== undefined) hit = next;
    }
    return hit;
  };
}

/** The top-level fields a query looks at, so that only those need decoding; null when it may look at any. */
export function filterFields(query: unknown): ReadonlySet<string> | null {
  const fields = new Set<string>();
  return collect(query, fields) ? fields : null;
}

function collect(query: unknown, fields: Set<string>): boolean {
  if (!isDocument(query)) return true;
  return Object.entries(query).every(([name, value]) => {
    if (name === '$expr') return false;
    if (['$and', '$or', '$nor'].includes(name)) {
      return Array.isArray(value) && value.every((branch) => collect(branch, fields));
    }
    if (!name.startsWith('$')) fields.add(topField(name));
    return true;
  });
}
