import type { Gateway } from './gateway.js';

const timeoutMs = 20_000;

interface Source {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly apiRoot: string;
  readonly token: string;
}

/** Fetches a file that somebody sent, at most so many bytes; null when it is larger, gone, or Telegram does not answer. */
export const createDownload =
  (source: Source) =>
  async (fileId: string, mostBytes: number): Promise<Buffer | null> =>
    await read(source, fileId, { mostBytes, whole: true });

/** Fetches the beginning of a file that somebody sent and lets go of the rest; null when it cannot be had. */
export const createPeek =
  (source: Source) =>
  async (fileId: string, mostBytes: number): Promise<Buffer | null> =>
    await read(source, fileId, { mostBytes, whole: false });

interface Wanted {
  readonly mostBytes: number;
  readonly whole: boolean;
}

async function read(
  { gateway, apiRoot, token }: Source,
  fileId: string,
  { mostBytes, whole }: Wanted,
): Promise<Buffer | null> {
  const found = await gateway.call<{ file_path?: string; file_size?: number }>(
    'getFile',
    { file_id: fileId },
    { urgency: 'answer' },
  );
  if (!found.ok || found.result.file_path === undefined) return null;
  if (whole && (found.result.file_size ?? 0) > mostBytes) return null;
  const url = `${apiRoot.replace(/\/$/, '')}/file/bot${token}/${found.result.file_path}`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (!response.ok || !response.body) return null;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (whole && length > mostBytes) return null;
      chunks.push(chunk);
      // Leaving the loop ends the transfer.
      if (length >= mostBytes) break;
    }
    return Buffer.concat(chunks).subarray(0, mostBytes);
  } catch {
    // The error would carry the address, and the address the token.
    return null;
  }
}
