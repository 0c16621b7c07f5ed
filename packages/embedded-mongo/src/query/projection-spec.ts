import { badValue, location } from '../errors.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { isTrue } from './field-tests.js';

/** What a projection asks for, path by path. */
export type Extra =
  | { readonly how: 'slice'; readonly path: string; readonly operand: unknown }
  | { readonly how: 'element-match'; readonly path: string; readonly operand: unknown }
  | { readonly how: 'positional'; readonly path: string }
  | { readonly how: 'expression'; readonly path: string; readonly operand: unknown };

/** Paths as a tree; a leaf is `true`. */
export type PathTree = Map<string, PathTree | true>;

export type ProjectionSpec = {
  readonly mode: 'include' | 'exclude';
  readonly tree: PathTree;
  readonly extras: readonly Extra[];
};

type Draft = {
  mode: 'include' | 'exclude' | undefined;
  id: boolean | undefined;
  tree: PathTree;
  extras: Extra[];
};

/** Parses a find() projection, or with `stage` an aggregation $project (where $slice and $elemMatch are expressions). */
export function parseProjection(spec: Doc, stage: boolean): ProjectionSpec {
  const draft: Draft = { mode: undefined, id: undefined, tree: new Map(), extras: [] };
  addFields(draft, spec, '', stage);
  const mode = draft.mode ?? defaultMode(draft);
  const idListed = mode === 'include' ? draft.id !== false : draft.id === false;
  if (idListed && !draft.tree.has('_id')) draft.tree.set('_id', true);
  return { mode, tree: draft.tree, extras: draft.extras };
}

function defaultMode(draft: Draft): 'include' | 'exclude' {
  if (draft.id === true && !draft.extras.some((extra) => extra.how === 'slice')) return 'include';
  return 'exclude';
}

function addFields(draft: Draft, spec: Doc, prefix: string, stage: boolean): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = prefix + name;
    if (path === '_id' && !isDocument(value) && typeof value !== 'string') draft.id = isTrue(value);
    else if (name.endsWith('.$')) addPositional(draft, path.slice(0, -2));
    else if (isDocument(value)) addDocument(draft, path, value, stage);
    else if (typeof value === 'string' || Array.isArray(value)) addExpression(draft, path, value);
    else addPath(draft, path, isTrue(value) ? 'include' : 'exclude');
  }
}

function addDocument(draft: Draft, path: string, value: Doc, stage: boolean): void {
  const operator = Object.keys(value)[0];
  if (operator === undefined)
    throw location(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
  if (operator === '$meta') throw badValue('$meta is not supported by the embedded document store');
  if (operator === '$slice' && !stage) {
    draft.extras.push({ how: 'slice', path, operand: value.$slice });
  } else if (operator === '$elemMatch' && !stage) {
    addPath(draft, path, 'include');
    draft.extras.push({ how: 'element-match', path, operand: value.$elemMatch });
  } else if (operator.startsWith('$')) {
    addExpression(draft, path, value);
  } else {
    addFields(draft, value, `${path}.`, stage);
  }
}

function addPositional(draft: Draft, path: string): void {
  if (draft.extras.some((extra) => extra.how === 'positional')) {
    throw location(31276, 'Cannot specify more than one positional projection per query.');
  }
  addPath(draft, path, 'include');
  draft.extras.push({ how: 'positional', path });
}

function addExpression(draft: Draft, path: string, operand: unknown): void {
  setMode(draft, 'include', path);
  draft.extras.push({ how: 'expression', path, operand });
}

function setMode(draft: Draft, mode: 'include' | 'exclude', path: string): void {
  if (draft.mode !== undefined && draft.mode !== mode) {
    const [name, other] = mode === 'include' ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion'];
    throw location(
      mode === 'include' ? 31253 : 31254,
      `Cannot do ${name} on field ${path} in ${other} projection`,
    );
  }
  draft.mode = mode;
}

function addPath(draft: Draft, path: string, mode: 'include' | 'exclude'): void {
  setMode(draft, mode, path);
  let tree = draft.tree;
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    if (part === '') throw location(40353, 'FieldPath must not contain empty parts.');
    const next = tree.get(part);
    if (i === parts.length - 1) {
      if (next !== undefined) throw location(31250, `Path collision at ${path}`);
      tree.set(part, true);
    } else if (next === true) {
      throw location(31249, `Path collision at ${path} remaining portion ${parts.slice(i + 1).join('.')}`);
    } else {
      const child: PathTree = next ?? new Map();
      tree.set(part, child);
      tree = child;
    }
  }
}
