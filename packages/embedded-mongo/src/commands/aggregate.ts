import { runStages } from '../aggregate/run.js';
import { failedToParse } from '../errors.js';
import { search } from '../storage/scan.js';
import { decodePlain, encode, toPlain } from '../values/codec.js';
import { isDocument, type Doc } from '../values/kinds.js';
import { toNumber } from '../values/numbers.js';
import { batchReply, paced, paceOf, type Results } from './cursors.js';
import { explainQuery } from './explain.js';
import { countMatches, results } from './find.js';
import { frontOf, stagesOf, type Front } from './pipeline.js';
import { writeOutput } from './output.js';
import {
  countField,
  documentField,
  fullName,
  variablesOf,
  type Command,
  type Request,
  type Server,
} from './request.js';

/** aggregate: what an index can do at the front of the pipeline is done by a search, the rest by mingo. */
export const aggregate: Command = async (request, server) => {
  const { body } = request;
  const stages = stagesOf(body.pipeline);
  if (body.explain === true) return explainQuery(request, server, { ...frontOf(stages) }, 'queryPlanner');
  const cursorOptions = documentField(body, 'cursor');
  if (!cursorOptions)
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  const output = outputStage(stages);
  const found = await pipelineResults(request, server, output ? stages.slice(0, -1) : stages);
  const namespace = targetOf(request) ?? `${request.database}.$cmd.aggregate`;
  const written = output
    ? await writeOutput({ request, server, output, documents: await collected(request, found) })
    : undefined;
  const size = countField(cursorOptions, 'batchSize', 101);
  return batchReply({
    cursors: server.cursors,
    cursor: server.cursors.open(namespace, written ?? found),
    size: size === 0 ? -1 : size,
    pace: paceOf(countField(body, 'maxTimeMS', 0)),
    first: true,
  });
};

function outputStage(stages: readonly Doc[]): Doc | undefined {
  const last = stages.at(-1);
  return last && ('$out' in last || '$merge' in last) ? last : undefined;
}

const targetOf = ({ name, database, body }: Request): string | undefined =>
  typeof body[name] === 'string' ? fullName(database, body[name]) : undefined;

async function pipelineResults(request: Request, server: Server, stages: readonly Doc[]): Promise<Results> {
  const { body, database } = request;
  const namespace = targetOf(request);
  const variables = variablesOf(body);
  const front = frontOf(stages);
  const rest = stages.slice(front.taken);
  if (isPlainCount(front, rest) && namespace !== undefined) {
    const n = await countMatches(request, server, front.query, body.hint);
    return (n > 0 ? [encode({ _id: 1, n })] : []).values();
  }
  const { environment } = server;
  const collection = namespace === undefined ? undefined : environment.catalog().get(namespace);
  const found = results(
    search(environment.kv, collection, { query: undefined, ...front, hint: body.hint, variables }),
    undefined,
  );
  if (rest.length === 0) return found;
  const documents: Doc[] = [];
  for await (const bytes of paced(found, paceOf(countField(body, 'maxTimeMS', 0))))
    documents.push(decodePlain(bytes));
  const load = (name: string): Doc[] => {
    const other = environment.catalog().get(fullName(database, name));
    return [...search(environment.kv, other, { query: {} })].flatMap((one) =>
      one ? [decodePlain(one.bytes)] : [],
    );
  };
  const out = runStages(documents, {
    stages: toPlain(rest) as Doc[],
    variables,
    now: new Date(),
    collection: load,
  });
  return encoded(out);
}

function* encoded(list: readonly Doc[]): Generator<Buffer> {
  for (const document of list) yield encode(document);
}

/** What a driver sends for countDocuments(). */
function isPlainCount(front: Front, rest: readonly Doc[]): boolean {
  const group = rest[0]?.$group;
  if (
    rest.length !== 1 ||
    !isDocument(group) ||
    front.sort ||
    front.skip !== undefined ||
    front.limit !== undefined
  )
    return false;
  return (
    Object.keys(group).join() === '_id,n' &&
    toNumber(group._id) === 1 &&
    isDocument(group.n) &&
    toNumber(group.n.$sum) === 1
  );
}

async function collected(request: Request, found: Results): Promise<readonly Buffer[]> {
  const all: Buffer[] = [];
  for await (const bytes of paced(found, paceOf(countField(request.body, 'maxTimeMS', 0)))) all.push(bytes);
  return all;
}
