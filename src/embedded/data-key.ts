import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedError } from './embedded-error.js';
import { keepSecret } from './secret-file.js';

/** The 32 bytes that seal names and texts, made once and kept in DATA_DIR/data.key (rules §7, DATA_KEY). */
export const keepDataKey = async (dataDir: string): Promise<Buffer> => {
  const path = join(dataDir, 'data.key');
  // A new key over old data would make all of it unreadable without a word.
  if (!existsSync(path) && existsSync(join(dataDir, 'store')))
    throw new EmbeddedError(
      `${dataDir} holds data but its key, ${path}, is gone. Put the key back, or set DATA_KEY.`,
    );
  const key = Buffer.from(await keepSecret(path, () => randomBytes(32).toString('base64')), 'base64');
  if (key.length !== 32) throw new EmbeddedError(`${path} is damaged: it must hold 32 bytes in base64.`);
  return key;
};
