import { location, typeMismatch } from '../errors.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { countField } from './request.js';

/** The stages of a pipeline; refuses anything but a list of single-operator documents. */
export function stagesOf(pipeline: unknown): readonly Doc[] {
  if (!Array.isArray(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  return pipeline.map((stage: unknown, i) => {
    if (!isDocument(stage) || Object.keys(stage).length !== 1) {
      throw location(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const last = i === pipeline.length - 1;
    if (!last && ('$out' in stage || '$merge' in stage))
      throw location(40601, `${Object.keys(stage)[0]} can only be the final stage in the pipeline`);
    return stage;
  });
}

export type Front = {
  readonly query?: Doc;
  readonly sort?: Doc;
  readonly skip?: number;
  readonly limit?: number;
  readonly taken: number;
};

/** The stages at the front that a search does itself: $match, then $sort, $skip and $limit in this order. */
export function frontOf(stages: readonly Doc[]): Front {
  let at = 0;
  const take = (name: string): unknown => {
    const stage = stages[at];
    if (!stage || !(name in stage)) return undefined;
    at += 1;
    return stage[name];
  };
  const query = take('$match');
  const next = stages[at]?.$sort;
  const sort = isDocument(next) && !Object.values(next).some(isDocument) ? take('$sort') : undefined;
  const skip = take('$skip');
  const limit = take('$limit');
  if (limit !== undefined && !((toNumber(limit) ?? 0) > 0))
    throw location(15958, 'the limit must be positive');
  return {
    ...(isDocument(query) ? { query } : query === undefined ? {} : refuseMatch()),
    ...(isDocument(sort) ? { sort } : {}),
    ...(skip === undefined ? {} : { skip: countField({ $skip: skip }, '$skip', 0) }),
    ...(limit === undefined ? {} : { limit: countField({ $limit: limit }, '$limit', 0) }),
    taken: at,
  };
}
function refuseMatch(): never {
  throw location(15959, 'the match filter must be an expression in an object');
}
