import { CommandError } from '../errors.js';
import { isOperatorDocument } from '../query/paths.js';
import { equalValues } from '../values/compare.js';
import { cloneValue, isDocument, kindOf, type Doc } from '../values/kinds.js';
import { slotAt } from './paths.js';
import { type UpdateStyle } from './compile.js';

/** The document an upsert starts from: what the query says is equal. Refuses a path named twice (54). */
export function upsertSeed(query: unknown, style: UpdateStyle): Doc {
  const seed: Doc = {};
  if (!isDocument(query)) return seed;
  collectEqualities(query, (path, value) => {
    // A replacement keeps nothing of the query but its _id.
    if (style === 'replacement' && path !== '_id') return;
    const slot = slotAt(seed, path.split('.'), true);
    if (slot && slot.get() !== undefined && !equalValues(slot.get(), value)) {
      throw new CommandError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    }
    slot?.set(cloneValue(value));
  });
  return seed;
}

function collectEqualities(query: Doc, found: (path: string, value: unknown) => void): void {
  for (const [name, value] of Object.entries(query)) {
    if (name === '$and' || (name === '$or' && Array.isArray(value) && value.length === 1)) {
      for (const branch of Array.isArray(value) ? value : [])
        if (isDocument(branch)) collectEqualities(branch, found);
    } else if (!name.startsWith('$')) {
      const equal = equalityOf(value);
      if (equal) found(name, equal.value);
    }
  }
}

function equalityOf(operand: unknown): { readonly value: unknown } | undefined {
  if (kindOf(operand) === 'regex') return undefined;
  if (!isDocument(operand) || !isOperatorDocument(operand)) return { value: operand };
  if ('$eq' in operand) return { value: operand.$eq };
  const [only, ...others] =
    ([operand.$in, operand.$all].find((list) => Array.isArray(list) && list.length === 1) as unknown[]) ?? [];
  if (only === undefined || others.length > 0 || kindOf(only) === 'regex' || isOperatorDocument(only))
    return undefined;
  return { value: only };
}
