import type { Budgets } from '../budgets.js';
import { ApiError } from '../errors.js';
import type { FileBytes } from '../state/file-bytes.js';
import type { Store } from '../state/store.js';
import type { Method, Upload } from './method.js';

export type ApiRequest = {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly uploads: ReadonlyMap<string, Upload>;
};

export type Dispatch = (request: ApiRequest) => Promise<unknown>;

export type DispatchOptions = {
  readonly store: Store;
  readonly bytes: FileBytes;
  readonly budgets: Budgets;
  readonly catalogue: ReadonlyMap<string, Method>;
};

// The journal names the files that came along; their bytes lie beside it.
const describe = (params: ApiRequest['params'], uploads: ApiRequest['uploads']): ApiRequest['params'] => {
  if (uploads.size === 0) return params;
  const files = [...uploads].map(([field, { fileName, bytes }]) => [field, { fileName, size: bytes.length }]);
  return { ...params, uploads: Object.fromEntries(files) as unknown };
};

/** Runs one Bot API call: decide, take from the budgets, write to the journal, and only then answer. */
export const createDispatch = ({ store, bytes, budgets, catalogue }: DispatchOptions): Dispatch => {
  const { world } = store;
  return async ({ method: name, params, uploads }) => {
    const method = catalogue.get(name.toLowerCase());
    if (!method) throw new ApiError(404, 'Not Found');
    // Bytes first: an accepted message never points at a file that is not there.
    await Promise.all([...uploads.values()].map((upload) => bytes.put(upload.bytesId, upload.bytes)));
    const outcome = method.handle({ world, params, uploads, now: store.now() });
    const { result, changes = [], chatId, messageId, cost = 0 } = outcome;
    const state = chatId === undefined ? undefined : world.chats.get(chatId);
    const refusal = state ? budgets.take(state, cost) : undefined;
    if (refusal) throw refusal;
    await store.commit({
      by: 'bot',
      method: method.name,
      chatId,
      messageId,
      payload: describe(params, uploads),
      changes,
    });
    return result;
  };
};
