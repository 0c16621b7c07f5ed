import { badValue } from '../errors.js';
import { topField } from '../query/paths.js';
import { type SortField } from '../query/sort.js';
import { equalValues } from '../values/compare.js';
import { afterPrefix, boundPart, inverted, keyPart } from '../values/index-key.js';
import { isDocument, rankOf, rankOfKind } from '../values/kinds.js';
import { type Collection } from './catalog.js';
import { conditionsOf, implies, type Bound, type Condition, type Conditions } from './conditions.js';
import { type Index } from './index-definition.js';
import { type Interval } from './key-value.js';

export type IndexPlan = {
  readonly kind: 'index';
  readonly index: Index;
  /** Within the index; a plan that is `exact` looks up whole keys of a unique index. */
  readonly intervals: readonly Interval[];
  readonly exact: boolean;
  /** How many leading fields are fixed to points. */
  readonly fixed: number;
  readonly reverse: boolean;
  /** Delivers the sort order asked for. */
  readonly ordered: boolean;
  readonly score: number;
};
export type Plan =
  | IndexPlan
  | { readonly kind: 'union'; readonly plans: readonly IndexPlan[]; readonly ordered: false }
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly ordered: boolean };

export type Wanted = {
  readonly query: unknown;
  readonly sort: readonly SortField[];
  readonly hint?: unknown;
};

const WHOLE: Interval = { start: Buffer.alloc(0), end: afterPrefix(Buffer.alloc(0)) };

/** Chooses how to find the documents of a query: equality prefix, one range, and index order for the sort. */
export function planQuery(collection: Collection, wanted: Wanted): Plan {
  const natural = wanted.sort[0]?.path === '$natural' ? wanted.sort[0] : undefined;
  const hinted = hintOf(collection, wanted.hint);
  if (natural || hinted === 'natural') {
    return { kind: 'collection', reverse: natural?.direction === -1, ordered: natural !== undefined };
  }
  const conditions = conditionsOf(wanted.query);
  if (hinted)
    return (
      planIndex(hinted, conditions, wanted.sort, true) ?? {
        kind: 'collection',
        reverse: false,
        ordered: false,
      }
    );
  const best = bestOf(collection, conditions, wanted.sort);
  return (
    best ?? planUnion(collection, wanted.query) ?? { kind: 'collection', reverse: false, ordered: false }
  );
}

function bestOf(
  collection: Collection,
  conditions: Conditions,
  sort: readonly SortField[],
): IndexPlan | undefined {
  let best: IndexPlan | undefined;
  for (const index of collection.indexes) {
    const plan = planIndex(index, conditions, sort, false);
    if (plan && plan.score > (best?.score ?? 0)) best = plan;
  }
  return best;
}

/** $or whose every branch has an index becomes the union of their finds. */
function planUnion(collection: Collection, query: unknown): Plan | undefined {
  const branches = isDocument(query) && Array.isArray(query.$or) ? (query.$or as unknown[]) : [];
  const plans = branches.map((branch) => bestOf(collection, conditionsOf(branch), []));
  const usable = plans.filter((plan) => plan !== undefined);
  return usable.length === 0 || usable.length < plans.length
    ? undefined
    : { kind: 'union', plans: usable, ordered: false };
}

function hintOf(collection: Collection, hint: unknown): Index | 'natural' | undefined {
  if (hint === undefined || hint === null || (isDocument(hint) && Object.keys(hint).length === 0))
    return undefined;
  if (isDocument(hint) && '$natural' in hint) return 'natural';
  const index = collection.indexes.find((one) =>
    typeof hint === 'string' ? one.name === hint : equalValues(one.spec.key, hint),
  );
  if (!index)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return index;
}

function planIndex(
  index: Index,
  conditions: Conditions,
  sort: readonly SortField[],
  forced: boolean,
): IndexPlan | undefined {
  if (index.spec.hidden === true && !forced) return undefined;
  const complete =
    (!index.sparse || index.fields.some(({ path }) => conditions.get(path)?.present === true)) &&
    (!index.partialQuery || implies(conditions, index.partialQuery));
  if (!complete && !forced) return undefined;
  const bounds = boundsOf(index, conditions);
  const order = orderOf(index, bounds, conditions, sort);
  const score = bounds.score + (order ? 3 : 0) + (index.partialQuery && bounds.score > 0 ? 1 : 0);
  if (score === 0 && !forced) return undefined;
  return {
    kind: 'index',
    index,
    intervals: bounds.intervals,
    exact: bounds.exact,
    fixed: bounds.fixed,
    reverse: order?.reverse ?? false,
    ordered: order !== undefined,
    score,
  };
}

type Bounds = Pick<IndexPlan, 'intervals' | 'exact' | 'fixed' | 'score'>;

const MOST_INTERVALS = 2000;

function boundsOf(index: Index, conditions: Conditions): Bounds {
  let prefixes: readonly Buffer[] = [Buffer.alloc(0)];
  let score = 0;
  let fixed = 0;
  const used = new Set<string>();
  for (const { path, direction, positional } of index.fields) {
    if (positional) break;
    // Two conditions below one array may be met by different elements, whose keys are not side by side.
    if (index.multikey && used.has(topField(path))) break;
    used.add(topField(path));
    const condition = conditions.get(path);
    const points = condition?.points;
    if (!points || points.length * prefixes.length > MOST_INTERVALS) {
      const ranges = condition && rangesOf(index, condition, direction);
      if (!ranges) break;
      const intervals = prefixes.flatMap((prefix) =>
        ranges.map(({ start, end }) => ({
          start: Buffer.concat([prefix, start]),
          end: Buffer.concat([prefix, end]),
        })),
      );
      return { intervals, exact: false, fixed, score: score + 5 };
    }
    const keys = points.map((value) => {
      const { bytes } = keyPart(value, index.partBytes);
      return direction === -1 ? inverted(bytes) : bytes;
    });
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
    score += points.length === 1 ? 10 : 8;
    fixed += 1;
  }
  const exact = index.unique && fixed === index.fields.length;
  if (exact) score += index.id === 0 ? 100 : 50;
  const intervals =
    fixed === 0
      ? [WHOLE]
      : sortedUnique(prefixes).map((prefix) => ({ start: prefix, end: afterPrefix(prefix) }));
  return { intervals, exact, fixed, score };
}

function sortedUnique(keys: readonly Buffer[]): readonly Buffer[] {
  if (keys.length === 1) return keys;
  const sorted = keys.toSorted(Buffer.compare);
  return sorted.filter((key, i) => i === 0 || sorted[i - 1]?.equals(key) !== true);
}

function rangesOf(
  index: Index,
  { low, high, prefix }: Condition,
  direction: 1 | -1,
): readonly Interval[] | undefined {
  if (prefix !== undefined) {
    const rank = Buffer.from([rankOfKind('string')]);
    const start = Buffer.concat([rank, Buffer.from(prefix)]).subarray(0, index.partBytes - 32);
    return [intervalOf({ bytes: start, open: false }, { bytes: start, open: false }, direction)];
  }
  const anchor = low ?? high;
  if (!anchor) return undefined;
  if (low && high && rankOf(low.value) !== rankOf(high.value)) return index.multikey ? undefined : [];
  const whole: Edge = { bytes: Buffer.from([rankOf(anchor.value)]), open: false };
  // Different elements of an array may meet the two bounds, so with several keys per document only one can be used.
  const upper = index.multikey && low ? undefined : high;
  return [intervalOf(low ? edgeOf(low, index) : whole, upper ? edgeOf(upper, index) : whole, direction)];
}

/** `open`: keys that begin with these bytes are outside. */
type Edge = { readonly bytes: Buffer; readonly open: boolean };

function edgeOf({ value, inclusive }: Bound, index: Index): Edge {
  const { bytes, cut } = boundPart(value, index.partBytes);
  return { bytes, open: !inclusive && !cut };
}

function intervalOf(low: Edge, high: Edge, direction: 1 | -1): Interval {
  const [first, last] = direction === 1 ? [low, high] : [high, low];
  const [from, to] =
    direction === 1 ? [first.bytes, last.bytes] : [inverted(first.bytes), inverted(last.bytes)];
  return { start: first.open ? afterPrefix(from) : from, end: last.open ? to : afterPrefix(to) };
}

/** Whether what follows the fixed fields of an index delivers the sort order, forwards or backwards. */
function orderOf(
  index: Index,
  bounds: Bounds,
  conditions: Conditions,
  sort: readonly SortField[],
): { readonly reverse: boolean } | undefined {
  if (sort.length === 0 || index.inexact || bounds.intervals.length > 1) return undefined;
  // Behind one element of an array each document has one key, if no other field of the index holds an array.
  if (index.arrayFields >> bounds.fixed !== 0) return undefined;
  const fixed = new Set(index.fields.slice(0, bounds.fixed).map(({ path }) => path));
  if ([...fixed].some((path) => conditions.get(path)?.points?.length !== 1)) return undefined;
  const wanted = sort.filter(({ path }) => !fixed.has(path));
  const rest = index.fields.slice(bounds.fixed);
  const relations = wanted.map(({ path, direction }, i) =>
    rest[i]?.path === path && !rest[i].positional ? direction * rest[i].direction : 0,
  );
  const first = relations[0] ?? 1;
  return first !== 0 && relations.every((relation) => relation === first)
    ? { reverse: first < 0 }
    : undefined;
}
