import { fieldsOf, isDocument, ownField } from '../values/kinds.js';

/**
 * What a dotted path reaches in a document. `position` is the index in the first array on the way (for the positional
 * operator); `blocked` marks an array that holds no document to go on into: no value, and not "missing" either.
 */
export type Reached = { readonly value: unknown; readonly position?: number; readonly blocked?: true };

const INDEX = /^(?:0|[1-9]\d*)$/;
export const isIndex = (part: string): boolean => INDEX.test(part);

/** Every value a path reaches, walking through arrays as MongoDB's queries do. */
export function reach(root: unknown, parts: readonly string[]): Reached[] {
  const out: Reached[] = [];
  walk(root, parts, 0, undefined, out);
  return out;
}

function found(value: unknown, position: number | undefined): Reached {
  return position === undefined ? { value } : { value, position };
}

function walk(
  value: unknown,
  parts: readonly string[],
  at: number,
  position: number | undefined,
  out: Reached[],
): void {
  const part = parts[at];
  if (part === undefined) {
    out.push(found(value, position));
    return;
  }
  if (Array.isArray(value)) {
    walkArray(value, parts, at, position, out);
    return;
  }
  const next = isDocument(value) ? ownField(value, part) : undefined;
  if (next === undefined) out.push(found(undefined, position));
  else walk(next, parts, at + 1, position, out);
}

function walkArray(
  value: readonly unknown[],
  parts: readonly string[],
  at: number,
  position: number | undefined,
  out: Reached[],
): void {
  const part = parts[at] ?? '';
  const before = out.length;
  if (isIndex(part) && Number(part) < value.length) {
    walk(value[Number(part)], parts, at + 1, position ?? Number(part), out);
  }
  for (const [i, element] of value.entries()) {
    if (isDocument(element)) walk(element, parts, at, position ?? i, out);
  }
  if (out.length === before) out.push({ ...found(undefined, position), blocked: true });
}

/** The values a path yields with arrays opened, as `distinct` and sort keys want them. */
export function reachOpened(root: unknown, parts: readonly string[]): unknown[] {
  return reach(root, parts).flatMap(({ value }) => (Array.isArray(value) ? (value as unknown[]) : [value]));
}

export const topField = (path: string): string => path.split('.', 1)[0] ?? path;

/** True for { $gt: 1 } and its like, false for plain documents and references. */
export function isOperatorDocument(value: unknown): boolean {
  if (!isDocument(value)) return false;
  const first = Object.keys(fieldsOf(value))[0];
  return (
    first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
  );
}
