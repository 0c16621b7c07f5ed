import { badValue, CommandError } from '../errors.js';
import { isIndex } from '../query/paths.js';
import { bsonTypeOf, isDocument, ownField, setField, type Doc } from '../values/kinds.js';

/** Room for one value: a field of a document or an element of an array. */
export type Slot = {
  readonly path: string;
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
  /** Removes a field; an array element becomes null, as in MongoDB. */
  readonly clear: () => void;
};

/** What positional parts of a path stand for in one document. */
export type Positions = {
  readonly position: number | undefined;
  readonly filters: ReadonlyMap<string, (element: unknown) => boolean>;
};

const FILTERED = /^\$\[(.*)\]$/;
const MAX_BACKFILL = 1_500_000;

/** Refuses paths no document can have; called once per update, not per document. */
export function checkPath(path: string): void {
  if (path === '') throw new CommandError(56, 'EmptyFieldName', 'An empty update path is not valid.');
  for (const part of path.split('.')) {
    if (part === '') {
      throw new CommandError(
        56,
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    }
    if (
      part.startsWith('$') &&
      part !== '$' &&
      !FILTERED.test(part) &&
      !['$ref', '$id', '$db'].includes(part)
    ) {
      throw new CommandError(
        52,
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`,
      );
    }
  }
  if (path.startsWith('$'))
    throw badValue(
      `Cannot have array filter identifier or positional operator at the start of path '${path}'`,
    );
}

export const filterNames = (path: string): readonly string[] =>
  path.split('.').flatMap((part) => {
    const name = FILTERED.exec(part)?.[1];
    return name === undefined || name === '' ? [] : [name];
  });

type Branch = { readonly value: unknown; readonly path: readonly string[] };

/** The concrete paths behind $, $[] and $[name] in this document. */
export function concretePaths(
  document: Doc,
  path: string,
  positions: Positions,
): readonly (readonly string[])[] {
  if (!path.includes('$')) return [path.split('.')];
  let branches: readonly Branch[] = [{ value: document, path: [] }];
  for (const part of path.split('.')) {
    branches = branches.flatMap((branch) => expandPart(branch, part, path, positions));
  }
  return branches.map((branch) => branch.path);
}

function expandPart(branch: Branch, part: string, path: string, positions: Positions): readonly Branch[] {
  const filtered = FILTERED.exec(part);
  if (filtered) return expandFiltered(branch, filtered[1] ?? '', path, positions);
  if (part !== '$') return [{ value: child(branch.value, part), path: [...branch.path, part] }];
  if (positions.position === undefined) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  const index = String(positions.position);
  return [{ value: child(branch.value, index), path: [...branch.path, index] }];
}

function expandFiltered(branch: Branch, name: string, path: string, positions: Positions): readonly Branch[] {
  if (branch.value === undefined) {
    throw badValue(
      `The path '${branch.path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(branch.value)) {
    throw badValue(`Cannot apply array updates to non-array element ${branch.path.at(-1) ?? ''}`);
  }
  const accept = name === '' ? () => true : positions.filters.get(name);
  if (!accept) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
  return branch.value.flatMap((value: unknown, index) =>
    accept(value) ? [{ value, path: [...branch.path, String(index)] }] : [],
  );
}

function child(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isIndex(part) ? (value as unknown[])[Number(part)] : undefined;
  return isDocument(value) ? ownField(value, part) : undefined;
}

const notViable = (part: string, holder: string): CommandError =>
  new CommandError(28, 'PathNotViable', `Cannot create field '${part}' in element {${holder}}`);

/** The slot at a concrete path. With `create` missing documents on the way are made; without, undefined when absent. */
export function slotAt(document: Doc, parts: readonly string[], create: boolean): Slot | undefined {
  let holder: unknown = document;
  for (const [i, part] of parts.slice(0, -1).entries()) {
    let next = child(holder, part);
    if (next === undefined) {
      if (!create) return undefined;
      next = {};
      if (!put(holder, part, next)) throw notViable(part, describe(parts, i));
    }
    holder = next;
  }
  const name = parts.at(-1) ?? '';
  const usable = Array.isArray(holder)
    ? isIndex(name)
    : isDocument(holder) && bsonTypeOf(holder) === undefined;
  if (!usable) {
    if (!create) return undefined;
    throw notViable(name, describe(parts, parts.length - 1));
  }
  return makeSlot(holder, name, parts.join('.'));
}

function makeSlot(holder: unknown, name: string, path: string): Slot {
  return {
    path,
    get: () => child(holder, name),
    set: (value) => {
      if (!put(holder, name, value)) throw notViable(name, path);
    },
    clear: () => {
      if (Array.isArray(holder)) {
        if (Number(name) < holder.length) holder[Number(name)] = null;
      } else {
        delete (holder as Doc)[name];
      }
    },
  };
}

const describe = (parts: readonly string[], index: number): string => `${parts[index - 1] ?? ''}: ...`;

function put(holder: unknown, name: string, value: unknown): boolean {
  if (Array.isArray(holder)) {
    if (!isIndex(name)) return false;
    const index = Number(name);
    if (index - holder.length > MAX_BACKFILL)
      throw badValue('Cannot backfill more than 1500000 array elements');
    while (holder.length < index) holder.push(null);
    holder[index] = value;
    return true;
  }
  if (!isDocument(holder) || bsonTypeOf(holder) !== undefined) return false;
  setField(holder, name, value);
  return true;
}
