import { type Iterator, Lazy } from 'mingo/lazy';
import { $bucket, $group } from 'mingo/operators/pipeline';
import { type Options } from 'mingo/types';
import { location, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { compileStageProjection } from '../query/projection.js';
import { documentOrder } from '../query/sort.js';
import { toTyped } from '../values/codec.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { compute, original } from './operator.js';

type Stage = (input: Iterator, operand: unknown, options: Options) => Iterator;

type Scope = Options & { readonly local?: { readonly variables?: Doc } };
const variablesOf = (options: Options): Doc => ({
  ...options.variables,
  ...(options as Scope).local?.variables,
});

/** $match by the same matcher as find(). */
const match: Stage = (input, operand, options) => {
  const filter = compileFilter(toTyped(operand), variablesOf(options));
  return input.filter((document) => filter(document) !== null);
};

/** $sort by MongoDB's order over all types; stable. */
const sort: Stage = (input, operand) =>
  input.transform((documents: unknown[]) => Lazy([...documents].sort(documentOrder(operand))));

const project: Stage = (input, operand, options) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0) {
    throw location(51272, '$project specification must have at least one field');
  }
  const shape = compileStageProjection(
    operand,
    (expression) => (document) => compute(document, expression, options),
  );
  return input.map((document) => shape(document as Doc));
};

/** mingo leaves _id out where the key is missing; MongoDB answers null. */
const group: Stage = (input, operand, options) => {
  const grouped = original($group)(input, operand, options) as Iterator;
  return grouped.map((value) => {
    const { _id = null, ...rest } = value as Doc;
    return { _id, ...rest };
  });
};

/** $bucket by MongoDB's order over all types, empty buckets left out. */
const bucket: Stage = (input, operand, options) => {
  if (!isDocument(operand) || !Array.isArray(operand.boundaries))
    return original($bucket)(input, operand, options) as Iterator;
  const boundaries = operand.boundaries as unknown[];
  const branches = boundaries.slice(0, -1).map((low, i) => ({
    case: {
      $and: [
        { $gte: [operand.groupBy, { $literal: low }] },
        { $lt: [operand.groupBy, { $literal: boundaries[i + 1] }] },
      ],
    },
    // oxlint-disable-next-line no-thenable -- the field is called so in MongoDB's $switch
    then: { $literal: low },
  }));
  const fallback = 'default' in operand ? { default: { $literal: operand.default } } : {};
  const output = isDocument(operand.output) ? operand.output : { count: { $sum: 1 } };
  return sort(
    group(input, { _id: { $switch: { branches, ...fallback } }, ...output }, options),
    { _id: 1 },
    options,
  );
};

const refused =
  (name: string): Stage =>
  () => {
    throw notSupported(name);
  };

export const stageCorrections: Readonly<Record<string, Stage>> = {
  $match: match,
  $sort: sort,
  $project: project,
  $group: group,
  $bucket: bucket,
  $changeStream: refused('$changeStream'),
  $geoNear: refused('$geoNear'),
  $search: refused('$search'),
};
