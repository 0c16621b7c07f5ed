import { failedToParse } from '../errors.js';
import { compileProjection } from '../query/projection.js';
import { encodeReply } from '../values/codec.js';
import { type Doc } from '../values/kinds.js';
import { bodyOf, documentOf, rawElement } from '../values/raw.js';
import { shapeOf } from './find.js';
import { documentField, namespaceOf, variablesOf, type Command } from './request.js';
import { removeDocuments, updateDocuments } from './write.js';

/** findAndModify: one document changed or removed, and the document before or after it. */
export const findAndModify: Command = (request, server) => {
  const { body } = request;
  const namespace = namespaceOf(request);
  const query = documentField(body, 'query') ?? {};
  const fields = documentField(body, 'fields');
  const variables = variablesOf(body);
  const removing = body.remove === true;
  if (removing && (body.update !== undefined || body.new === true || body.upsert === true)) {
    throw failedToParse("Cannot specify both an 'update', 'upsert' or 'new' and 'remove'=true");
  }
  if (!removing && body.update === undefined)
    throw failedToParse('Either an update or remove=true must be specified');
  const shape = shapeOf(fields, compileProjection(fields, query, variables));
  const reply = (lastErrorObject: Doc, value: Buffer | undefined): Buffer => {
    if (!value) return encodeReply({ lastErrorObject, value: null, ok: 1 });
    const shown = shape ? shape(value) : value;
    return documentOf([
      bodyOf(encodeReply({ lastErrorObject })),
      rawElement(3, 'value', shown),
      bodyOf(encodeReply({ ok: 1 })),
    ]);
  };
  const wanted = { query, sort: body.sort, hint: body.hint, variables };
  return server.environment.write((scope) => {
    if (removing) {
      const [removed] = removeDocuments(scope, namespace, { ...wanted, limit: 1 });
      return reply({ n: removed ? 1 : 0 }, removed?.bytes);
    }
    const statement = {
      ...wanted,
      update: body.update,
      multi: false,
      upsert: body.upsert === true,
      arrayFilters: body.arrayFilters,
    };
    const result = updateDocuments(scope, namespace, statement);
    const inserted = 'upsertedId' in result;
    const outcome = {
      n: result.matched + (inserted ? 1 : 0),
      updatedExisting: result.matched > 0,
      ...(inserted ? { upserted: result.upsertedId } : {}),
    };
    return reply(outcome, body.new === true ? result.after : result.before);
  });
};
