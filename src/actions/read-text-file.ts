import type { ActionDeps } from './deps.js';

/** Bytes somebody sent, as text: UTF-8 with or without a byte order mark, else GB18030, as Chinese programs save it. Throws for neither. */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}

const mostBytes = 256 * 1024;

/** A text file that somebody sent; null when it cannot be had, is too large or is no text. */
export const readSentText =
  ({ download }: ActionDeps) =>
  async (fileId: string): Promise<string | null> => {
    const bytes = await download(fileId, mostBytes);
    try {
      return bytes && textOf(bytes);
    } catch {
      return null;
    }
  };
