import { location, typeMismatch } from '../errors.js';
import { compareValues } from '../values/compare.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { reachOpened, topField } from './paths.js';

export type SortField = {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
};

/** Parses a sort document; refuses directions other than 1 and -1. `$natural` comes back as a field of that name. */
export function parseSort(spec: unknown): readonly SortField[] {
  if (spec === undefined || spec === null) return [];
  if (!isDocument(spec)) throw typeMismatch("Expected field 'sort' to be of type object");
  return Object.entries(spec).map(([path, value]) => {
    const direction = toNumber(value);
    if (isDocument(value))
      throw location(17312, '$meta sort is not supported by the embedded document store');
    if (direction !== 1 && direction !== -1) {
      throw location(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (path === '') throw location(15998, 'FieldPath field names may not be empty strings.');
    return { path, parts: path.split('.'), direction };
  });
}

/** An array sorts by its smallest element ascending and its largest descending; an empty one below null. */
function sortKey(document: unknown, field: SortField): unknown {
  const values = reachOpened(document, field.parts);
  let best = values[0];
  for (const value of values.slice(1)) {
    if (compareValues(value, best) * field.direction < 0) best = value;
  }
  return best;
}

export type SortKeys = readonly unknown[];
export const sortKeys = (document: unknown, fields: readonly SortField[]): SortKeys =>
  fields.map((field) => sortKey(document, field));

export function compareSortKeys(a: SortKeys, b: SortKeys, fields: readonly SortField[]): number {
  for (const [i, field] of fields.entries()) {
    const c = compareValues(a[i], b[i]) * field.direction;
    if (c !== 0) return c;
  }
  return 0;
}

/** A comparison of whole documents, for arrays of subdocuments and for aggregation. */
export function documentOrder(spec: unknown): (a: unknown, b: unknown) => number {
  const fields = parseSort(spec);
  return (a, b) => compareSortKeys(sortKeys(a, fields), sortKeys(b, fields), fields);
}

export const sortFields = (fields: readonly SortField[]): ReadonlySet<string> =>
  new Set(fields.map((field) => topField(field.path)));
export const isNatural = (fields: readonly SortField[]): boolean => fields[0]?.path === '$natural';
export type SortSpec = Doc;
