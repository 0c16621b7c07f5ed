import { badValue, failedToParse } from '../errors.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { type Step } from './compile.js';
import { checkPath, slotAt } from './paths.js';

/** $rename as steps: takes the value from its old path and sets it at the new one; refuses paths through arrays. */
export function renameSteps(fields: unknown): readonly Step[] {
  if (!isDocument(fields))
    throw failedToParse('Modifiers operate on fields but we found another type instead');
  return Object.entries(fields).map(([from, to]) => {
    if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}`);
    checkPath(from);
    checkPath(to);
    if (from === to) throw badValue(`The source and target field for $rename must differ: ${from}: "${to}"`);
    if (from.includes('$') || to.includes('$'))
      throw badValue(`The fields for $rename may not be dynamic: ${from}: "${to}"`);
    return {
      path: from,
      creates: false,
      onInsertOnly: false,
      edit: (slot, document) => move({ slot, document, from, to }),
    };
  });
}

type Move = {
  readonly slot: Parameters<Step['edit']>[0];
  readonly document: Doc;
  readonly from: string;
  readonly to: string;
};

function move({ slot, document, from, to }: Move): void {
  const value = slot.get();
  if (value === undefined) return;
  for (const [path, role] of [
    [from, 'source'],
    [to, 'destination'],
  ] as const) {
    if (crossesArray(document, path.split('.')))
      throw badValue(`The ${role} field cannot be an array element, '${path}'`);
  }
  slot.clear();
  slotAt(document, to.split('.'), true)?.set(value);
}

function crossesArray(document: Doc, parts: readonly string[]): boolean {
  let value: unknown = document;
  for (const part of parts) {
    if (Array.isArray(value)) return true;
    value = isDocument(value) ? value[part] : undefined;
  }
  return false;
}
