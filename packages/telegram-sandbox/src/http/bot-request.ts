import { randomBytes } from 'node:crypto';
import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiRequest } from '../api/dispatch.js';
import type { Upload } from '../api/method.js';
import { ApiError, badRequest } from '../errors.js';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lets the scope read JSON and URL-encoded forms the way the Bot API does; multipart is registered beside it. */
export const registerBodyParsers = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, {});
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(badRequest("can't parse JSON object"), undefined);
    }
  });
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
};

const takePart = async (
  part: MultipartFile | MultipartValue,
  fields: Fields,
  uploads: Map<string, Upload>,
): Promise<void> => {
  if (part.type === 'field') {
    fields[part.fieldname] = part.value;
    return;
  }
  const bytes = await part.toBuffer();
  uploads.set(part.fieldname, {
    bytesId: randomBytes(18).toString('hex'),
    fileName: part.filename || part.fieldname,
    mimeType: part.mimetype,
    bytes,
  });
};

/** The parameters and files of a call, from query, JSON, form or multipart. Null counts as absent. */
export const readBotRequest = async (request: FastifyRequest, method: string): Promise<ApiRequest> => {
  const uploads = new Map<string, Upload>();
  const fields: Fields = { ...(request.query as Fields) };
  if (request.isMultipart()) {
    for await (const part of request.parts()) await takePart(part, fields, uploads);
  } else if (request.body !== undefined && request.body !== null) {
    if (!isFields(request.body)) throw badRequest('object expected as request body');
    Object.assign(fields, request.body);
  }
  for (const [name, value] of Object.entries(fields)) if (value === null) delete fields[name];
  // Some clients repeat the method's name among the parameters.
  if (typeof fields['method'] === 'string') delete fields['method'];
  return { method, params: fields, uploads };
};

/** Any failure of a call as the Bot API words it. */
export const toApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error;
  const code = (error as { code?: unknown }).code;
  const isTooLarge = ['FST_ERR_CTP_BODY_TOO_LARGE', 'FST_REQ_FILE_TOO_LARGE', 'FST_FILES_LIMIT'].some(
    (one) => one === code,
  );
  if (isTooLarge) return new ApiError(413, 'Request Entity Too Large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return badRequest('unsupported content type');
  const isBadForm = typeof code === 'string' && /^FST_.*(MULTIPART|CTP|PARTS|FIELDS)/.test(code);
  return isBadForm ? badRequest("can't parse form") : new ApiError(500, 'Internal Server Error');
};
