import { CommandError } from '../errors.js';
import { compileFilter, filterFields, type Hit, type Variables } from '../query/filter.js';
import {
  compareSortKeys,
  parseSort,
  sortFields,
  sortKeys,
  type SortField,
  type SortKeys,
} from '../query/sort.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { pickFields } from '../values/raw.js';
import {
  everything,
  indexPrefix,
  recordKey,
  recordsPrefix,
  RECORD_BYTES,
  type Collection,
} from './catalog.js';
import { type Interval, type KeyReader } from './key-value.js';
import { planQuery, type IndexPlan, type Plan } from './planner.js';

export type Found = { readonly record: number; readonly bytes: Buffer; readonly hit: Hit };
/** Yields null now and then while it finds nothing, so that a long search can let others go first. */
export type Search = Generator<Found | null, void>;

export type Wish = {
  readonly query: unknown;
  readonly sort?: unknown;
  readonly hint?: unknown;
  readonly skip?: number;
  /** 0 means all. */
  readonly limit?: number;
  readonly variables?: Variables;
  /** Counts what the search looks at, for explain. */
  readonly examined?: Examined;
};
export type Examined = { keys: number; documents: number };

const BREATH = 64;

/** Finds the documents of a query in the order asked for; every candidate is checked by the matcher. */
export function search(kv: KeyReader, collection: Collection | undefined, wish: Wish): Search {
  const sort = parseSort(wish.sort);
  const filter = compileFilter(wish.query, wish.variables);
  if (!collection) return nothing();
  const plan = planQuery(collection, { query: wish.query, sort, hint: wish.hint });
  const fields = filterFields(wish.query);
  const matching = matches(candidates(kv, collection, plan, wish.examined), (bytes) =>
    filter(pickFields(bytes, fields)),
  );
  const ordered =
    sort.length === 0 || plan.ordered
      ? matching
      : sorted(matching, sort, (wish.skip ?? 0) + (wish.limit ?? 0), wish.limit);
  return windowed(ordered, wish.skip ?? 0, wish.limit ?? 0);
}

// oxlint-disable-next-line require-yield -- an empty search
function* nothing(): Search {}

type Candidate = { readonly record: number; readonly bytes: Buffer };

function* matches(found: Iterable<Candidate>, test: (bytes: Buffer) => Hit | null): Search {
  let idle = 0;
  for (const { record, bytes } of found) {
    const hit = test(bytes);
    if (hit) {
      idle = 0;
      yield { record, bytes, hit };
    } else if ((idle += 1) % BREATH === 0) yield null;
  }
}

function* windowed(found: Search, skip: number, limit: number): Search {
  let passed = 0;
  for (const one of found) {
    if (one === null) yield null;
    else if ((passed += 1) > skip) yield one;
    else if (passed % BREATH === 0) yield null;
    if (limit > 0 && passed >= skip + limit) return;
  }
}

const MOST_SORT_BYTES = 100 * 1024 * 1024;
type Ranked = { readonly found: Found; readonly keys: SortKeys; readonly at: number };

/** Sorts in memory, keeping no more than a limit asks for; refuses above 100 MB, as MongoDB does. */
function* sorted(found: Search, fields: readonly SortField[], keep: number, limit = 0): Search {
  const needed = sortFields(fields);
  const byKeys = (a: Ranked, b: Ranked): number => compareSortKeys(a.keys, b.keys, fields) || a.at - b.at;
  let best: Ranked[] = [];
  let size = 0;
  let at = 0;
  for (const one of found) {
    if (one === null) {
      yield null;
      continue;
    }
    best.push({ found: one, keys: sortKeys(pickFields(one.bytes, needed), fields), at });
    size += one.bytes.length;
    if ((at += 1) % BREATH === 0) yield null;
    if (limit > 0 && best.length > 2 * keep + 1000) {
      best = best.toSorted(byKeys).slice(0, keep);
      size = best.reduce((sum, { found: { bytes } }) => sum + bytes.length, 0);
    }
    if (size > MOST_SORT_BYTES) {
      throw new CommandError(
        292,
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        'Sort exceeded memory limit of 104857600 bytes; add an index that delivers the order, or a limit',
      );
    }
  }
  for (const ranked of best.toSorted(byKeys)) yield ranked.found;
}

function* candidates(
  kv: KeyReader,
  collection: Collection,
  plan: Plan,
  examined: Examined = { keys: 0, documents: 0 },
): Generator<Candidate> {
  if (plan.kind === 'collection') {
    const all = kv.range(everything(recordsPrefix(collection.id)), plan.reverse);
    for (const { key, value } of all) {
      examined.documents += 1;
      yield { record: key.readUIntBE(5, RECORD_BYTES), bytes: value };
    }
    return;
  }
  const plans = plan.kind === 'union' ? plan.plans : [plan];
  const repeats = plans.length > 1 || plans.some(({ index }) => index.multikey);
  const seen = repeats ? new Set<number>() : undefined;
  for (const one of plans) {
    for (const record of records(kv, collection, one)) {
      examined.keys += 1;
      if (seen?.has(record) === true) continue;
      seen?.add(record);
      examined.documents += 1;
      const bytes = kv.get(recordKey(collection.id, record));
      if (bytes) yield { record, bytes };
    }
  }
}

function* records(
  kv: KeyReader,
  collection: Collection,
  { index, intervals, exact, reverse }: IndexPlan,
): Generator<number> {
  const prefix = indexPrefix(collection.id, index.id);
  for (const interval of intervals) {
    if (exact) {
      const value = kv.get(Buffer.concat([prefix, interval.start]));
      if (value) yield value.readUIntBE(0, RECORD_BYTES);
      continue;
    }
    for (const { value } of kv.range(within(prefix, interval), reverse))
      yield value.readUIntBE(0, RECORD_BYTES);
  }
}

/**
 * Counts the documents of a query of nothing but fields that hold one of some texts, by the keys of an index alone;
 * undefined where no index has one key for each document and every field of the query in front.
 */
export function countKeys(
  kv: KeyReader,
  collection: Collection,
  query: Doc,
  hint: unknown,
): number | undefined {
  const demands = Object.values(query);
  if (Object.keys(query).some((name) => name.startsWith('$')) || !demands.every(isOneOfTexts))
    return undefined;
  const plan = planQuery(collection, { query, sort: [], hint });
  if (plan.kind !== 'index' || plan.exact || plan.index.multikey || plan.fixed < demands.length)
    return undefined;
  const leading = plan.index.fields.slice(0, plan.fixed);
  if (!leading.every(({ path }) => path in query)) return undefined;
  const prefix = indexPrefix(collection.id, plan.index.id);
  return plan.intervals.reduce((sum, interval) => sum + kv.count(within(prefix, interval)), 0);
}

const isText = (value: unknown): boolean => typeof value === 'string';

const isOneOfTexts = (demand: unknown): boolean =>
  isText(demand) ||
  (isDocument(demand) &&
    Object.keys(demand).length === 1 &&
    Array.isArray(demand.$in) &&
    demand.$in.every(isText));

function within(prefix: Buffer, { start, end }: Interval): Interval {
  return { start: Buffer.concat([prefix, start]), end: Buffer.concat([prefix, end]) };
}
