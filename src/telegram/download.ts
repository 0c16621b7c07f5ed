import type { Gateway } from './gateway.js';

const timeoutMs = 20_000;

interface Source {
  readonly gateway: Pick<Gateway, 'call'>;
  readonly apiRoot: string;
  readonly token: string;
  /** A test is in more of a hurry. */
  readonly patienceMs?: number;
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
  { gateway, apiRoot, token, patienceMs = timeoutMs }: Source,
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
  const over = new AbortController();
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const transfer = async (): Promise<Buffer | null> => {
    const response = await fetch(url, { signal: over.signal, redirect: 'error' });
    reader = response.body?.getReader();
    if (!response.ok || !reader) return null;
    const chunks: Uint8Array[] = [];
    let length = 0;
    while (length < mostBytes) {
      const { value: chunk } = await reader.read();
      if (!chunk) break;
      length += chunk.length;
      if (whole && length > mostBytes) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).subarray(0, mostBytes);
  };
  let timer: NodeJS.Timeout | undefined;
  // A signal alone does not end it: what ties one to a request may be collected as garbage while the body is read.
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  try {
    return await Promise.race([transfer(), late]);
  } catch {
    // The error would carry the address, and the address the token.
    return null;
  } finally {
    clearTimeout(timer);
    // Leaving early ends the transfer.
    over.abort();
    reader?.cancel().catch(() => undefined);
  }
}
