import { runStages } from '../aggregate/run.js';
import { CommandError, failedToParse, location } from '../errors.js';
import { compileFilter, type Variables } from '../query/filter.js';
import { topField } from '../query/paths.js';
import { toPlain, toTyped } from '../values/codec.js';
import { equalValues } from '../values/compare.js';
import { cloneDocument, isDocument, ownField, setField, type Doc } from '../values/kinds.js';
import { modifierOf } from './modifiers.js';
import { checkPath, concretePaths, filterNames, slotAt, type Slot } from './paths.js';
import { renameSteps } from './rename.js';

export type Application = { readonly position?: number | undefined; readonly inserting?: boolean };
/** Makes the new document; the one given is left as it is. */
export type Update = (document: Doc, application: Application) => Doc;
export type UpdateOptions = {
  readonly arrayFilters?: unknown;
  readonly variables?: Variables;
  readonly now: Date;
};

export type UpdateStyle = 'pipeline' | 'replacement' | 'modifiers';

/** Tells the three styles of update apart; refuses a mixture. */
export function updateStyle(update: unknown): UpdateStyle {
  if (Array.isArray(update)) return 'pipeline';
  if (!isDocument(update)) throw failedToParse('Update argument must be either an object or an array');
  return Object.keys(update)[0]?.startsWith('$') === true ? 'modifiers' : 'replacement';
}

/** Compiles an update; refuses unknown operators (9), conflicting paths (40), unused array filters (9). */
export function compileUpdate(update: unknown, options: UpdateOptions): Update {
  const style = updateStyle(update);
  if (style === 'modifiers') return immutableId(modifiersUpdate(update as Doc, options));
  if (
    options.arrayFilters !== undefined &&
    Array.isArray(options.arrayFilters) &&
    options.arrayFilters.length > 0
  ) {
    throw failedToParse(`Cannot specify arrayFilters and a ${style}-style update`);
  }
  return immutableId(
    style === 'pipeline' ? pipelineUpdate(update as unknown[], options) : replacement(update as Doc),
  );
}

function immutableId(update: Update): Update {
  return (document, application) => {
    const updated = update(document, application);
    if (document._id !== undefined && !equalValues(document._id, updated._id)) {
      throw new CommandError(
        66,
        'ImmutableField',
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      );
    }
    return updated;
  };
}

function replacement(update: Doc): Update {
  for (const name of Object.keys(update)) {
    if (name.startsWith('$')) {
      throw new CommandError(
        52,
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  return (document) => {
    const id = '_id' in update ? update._id : document._id;
    return { ...(id === undefined ? {} : { _id: id }), ...cloneDocument(update) };
  };
}

const UPDATE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

function pipelineUpdate(update: readonly unknown[], { variables = {}, now }: UpdateOptions): Update {
  for (const stage of update) {
    const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
    if (name === undefined)
      throw failedToParse('Each element of the update pipeline must be an object with one stage');
    if (!UPDATE_STAGES.has(name)) throw location(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
  const stages = toPlain(update) as Doc[];
  const collection = (): Doc[] => [];
  return (document) => {
    const [result = {}] = runStages([toPlain(document) as Doc], { stages, variables, now, collection });
    const typed = retyped(toTyped(result), document) as Doc;
    return document._id === undefined || typed._id !== undefined ? typed : { _id: document._id, ...typed };
  };
}

/** mingo computes with JavaScript numbers; what a pipeline left unchanged gets its stored number type back. */
function retyped(value: unknown, before: unknown): unknown {
  if (Array.isArray(value)) {
    const old: readonly unknown[] = Array.isArray(before) ? before : [];
    return value.map((element, i) => retyped(element, old[i]));
  }
  if (isDocument(value) && isDocument(before)) {
    const out: Doc = {};
    for (const [name, field] of Object.entries(value))
      setField(out, name, retyped(field, ownField(before, name)));
    return out;
  }
  return before !== undefined && equalValues(value, before) ? before : value;
}

/** One edit of the update, in the order in which MongoDB adds new fields. */
export type Step = {
  readonly path: string;
  readonly creates: boolean;
  readonly onInsertOnly: boolean;
  readonly edit: (slot: Slot, document: Doc) => void;
};

function modifiersUpdate(update: Doc, options: UpdateOptions): Update {
  const filters = compileArrayFilters(options.arrayFilters);
  const steps = Object.entries(update).flatMap(([name, fields]) => stepsOf(name, fields, options.now));
  const renamed = isDocument(update.$rename) ? Object.values(update.$rename).map(String) : [];
  refuseConflicts([...steps.map((step) => step.path), ...renamed]);
  for (const name of filters.keys()) {
    if (!steps.some((step) => filterNames(step.path).includes(name))) {
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
    }
  }
  const ordered = steps.toSorted((a, b) => comparePaths(a.path, b.path));
  return (input, { position, inserting = false }) => {
    const document = cloneDocument(input);
    for (const step of ordered) {
      if (step.onInsertOnly && !inserting) continue;
      for (const parts of concretePaths(document, step.path, { position, filters })) {
        const slot = slotAt(document, parts, step.creates);
        if (slot) step.edit(slot, document);
      }
    }
    return document;
  };
}

function stepsOf(name: string, fields: unknown, now: Date): readonly Step[] {
  if (name === '$rename') return renameSteps(fields);
  const modifier = modifierOf(name);
  if (!isDocument(fields)) {
    throw failedToParse(
      `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${name}: ${JSON.stringify(fields)}}`,
    );
  }
  return Object.entries(fields).map(([path, operand]) => {
    checkPath(path);
    const edit = modifier.prepare(operand, path, { now });
    return { path, creates: modifier.creates, onInsertOnly: name === '$setOnInsert', edit };
  });
}

/** Field names in byte order, array indexes by number. */
function comparePaths(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (const [i, part] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (part === other) continue;
    const [x, y] = [Number(part), Number(other)];
    if (Number.isInteger(x) && Number.isInteger(y)) return x - y;
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

function refuseConflicts(paths: readonly string[]): void {
  const seen = new Set<string>();
  const conflict = (path: string, at: string): CommandError =>
    new CommandError(
      40,
      'ConflictingUpdateOperators',
      `Updating the path '${path}' would create a conflict at '${at}'`,
    );
  for (const path of paths) {
    if (seen.has(path)) throw conflict(path, path);
    seen.add(path);
  }
  for (const path of seen) {
    for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (seen.has(path.slice(0, dot))) throw conflict(path, path.slice(0, dot));
    }
  }
}

function compileArrayFilters(list: unknown): ReadonlyMap<string, (element: unknown) => boolean> {
  const filters = new Map<string, (element: unknown) => boolean>();
  if (list === undefined) return filters;
  if (!Array.isArray(list)) throw failedToParse('arrayFilters must be an array');
  for (const query of list as unknown[]) {
    const names = new Set(filteredNames(query));
    const [name] = names;
    if (names.size !== 1 || name === undefined) {
      throw failedToParse(
        'Error parsing array filter :: caused by :: Expected a single top-level field name',
      );
    }
    if (filters.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    const filter = compileFilter(query);
    filters.set(name, (element) => filter({ [name]: element }) !== null);
  }
  return filters;
}

function filteredNames(query: unknown): string[] {
  if (!isDocument(query)) throw failedToParse('arrayFilters must be an array of objects');
  return Object.entries(query).flatMap(([name, value]) =>
    name.startsWith('$') && Array.isArray(value) ? value.flatMap(filteredNames) : [topField(name)],
  );
}
