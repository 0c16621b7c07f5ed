import { failedToParse } from '../errors.js';
import { parseSort } from '../query/sort.js';
import { planQuery, type Plan } from '../storage/planner.js';
import { search } from '../storage/scan.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { frontOf, stagesOf } from './pipeline.js';
import { countField, fullName, type Command, type Request, type Server } from './request.js';

type Question = {
  readonly query?: unknown;
  readonly sort?: unknown;
  readonly hint?: unknown;
  readonly skip?: number;
  readonly limit?: number;
};

/** explain: which index a command would use, and with executionStats how many keys and documents it looks at. */
export const explain: Command = (request, server) => {
  const inner = request.body.explain;
  if (!isDocument(inner)) throw failedToParse('explain needs a command document');
  const name = Object.keys(inner)[0] ?? '';
  const nested: Request = { name, database: request.database, body: inner, sequences: new Map() };
  const verbosity = typeof request.body.verbosity === 'string' ? request.body.verbosity : 'allPlansExecution';
  return explainQuery(nested, server, questionOf(name, inner), verbosity);
};

function questionOf(name: string, body: Doc): Question {
  const statement = (field: string): Doc => {
    const list = body[field];
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    return isDocument(first) ? first : {};
  };
  switch (name) {
    case 'find':
      return {
        query: body.filter,
        sort: body.sort,
        hint: body.hint,
        skip: countField(body, 'skip', 0),
        limit: countField(body, 'limit', 0),
      };
    case 'aggregate':
      return { ...frontOf(stagesOf(body.pipeline)), hint: body.hint };
    case 'update':
      return { query: statement('updates').q, hint: statement('updates').hint };
    case 'delete':
      return { query: statement('deletes').q, hint: statement('deletes').hint };
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { query: body.query, sort: body.sort, hint: body.hint };
    default:
      throw failedToParse(`explain cannot explain the command '${name}'`);
  }
}

export function explainQuery(
  { name, database, body }: Request,
  server: Server,
  question: Question,
  verbosity: string,
): Doc {
  const namespace = fullName(database, body[name]);
  const { kv, catalog } = server.environment;
  const collection = catalog().get(namespace);
  const sort = parseSort(question.sort);
  const plan: Plan | undefined =
    collection && planQuery(collection, { query: question.query, sort, hint: question.hint });
  const access = plan ? stageOf(plan) : { stage: 'EOF' };
  const winningPlan =
    sort.length === 0 || !plan || plan.ordered
      ? access
      : { stage: 'SORT', sortPattern: question.sort, inputStage: access };
  const planner = {
    plannerVersion: 1,
    namespace,
    parsedQuery: question.query ?? {},
    winningPlan,
    rejectedPlans: [],
  };
  const base = { explainVersion: '1', queryPlanner: planner };
  if (verbosity === 'queryPlanner') return { ...base, ok: 1 };
  const examined = { keys: 0, documents: 0 };
  const wish = { query: question.query, sort: question.sort, hint: question.hint, examined };
  let nReturned = 0;
  for (const found of search(kv, collection, {
    ...wish,
    skip: question.skip ?? 0,
    limit: question.limit ?? 0,
  }))
    if (found) nReturned += 1;
  const stats = {
    executionSuccess: true,
    nReturned,
    totalKeysExamined: examined.keys,
    totalDocsExamined: examined.documents,
  };
  return { ...base, executionStats: stats, ok: 1 };
}

function stageOf(plan: Plan): Doc {
  if (plan.kind === 'collection')
    return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
  if (plan.kind === 'union')
    return {
      stage: 'FETCH',
      inputStage: { stage: 'OR', inputStages: plan.plans.map((one) => stageOf(one).inputStage) },
    };
  const { index, reverse, intervals } = plan;
  const inputStage = {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partialQuery !== undefined,
    direction: reverse ? 'backward' : 'forward',
    intervals: intervals.length,
  };
  return { stage: 'FETCH', inputStage };
}
