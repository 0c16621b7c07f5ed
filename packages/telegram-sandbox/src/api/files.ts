import { z } from 'zod';
import { badRequest } from '../errors.js';
import { words } from '../schema/fields.js';
import { method } from './method.js';

const maxDownloadBytes = 20 * 1024 * 1024;

const getFile = method('getFile', z.strictObject({ file_id: words }), ({ world, params }) => {
  if (params.file_id === '') throw badRequest('file_id not specified');
  const file = world.files.get(params.file_id);
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.size > maxDownloadBytes) throw badRequest('file is too big');
  return {
    result: { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path },
  };
});

export const fileMethods = [getFile];
