import { File } from 'node:buffer';

/** A file that goes up with a call; its place in the payload is where the Bot API wants the file. */
export interface Upload {
  readonly kind: 'upload';
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly mimeType: string;
}

/** Marks bytes as a file to send, at the top of a payload or inside `media`. */
export const asUpload = (file: {
  readonly bytes: Buffer;
  readonly fileName: string;
  readonly mimeType?: string;
}): Upload => ({ kind: 'upload', mimeType: 'application/octet-stream', ...file });

export type Payload = Readonly<Record<string, unknown>>;

export interface Body {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Writes a payload as JSON, or as a form when it carries a file; nested objects survive both ways. */
export const encodeBody = async (payload: Payload): Promise<Body> => {
  const files = new Map<string, Upload>();
  const fields = Object.entries(payload).map(([name, value]) => [name, detach(value, name, files)] as const);
  if (files.size === 0) {
    return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(payload)) };
  }
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value === undefined || files.has(name)) continue;
    // In a form everything is text: an object must be stringified or Telegram never sees it.
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const [name, { bytes, fileName, mimeType }] of files) {
    form.append(name, new File([bytes], fileName, { type: mimeType }), fileName);
  }
  const written = new Response(form);
  return {
    contentType: written.headers.get('content-type') ?? 'multipart/form-data',
    bytes: Buffer.from(await written.arrayBuffer()),
  };
};

// A file at the top is a part of that name; a file further in is a part that its place refers to.
const detach = (value: unknown, name: string, files: Map<string, Upload>, depth = 0): unknown => {
  if (isUpload(value)) {
    const part = depth === 0 ? name : `file${files.size}`;
    files.set(part, value);
    return depth === 0 ? value : `attach://${part}`;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => detach(one, name, files, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, detach(one, key, files, depth + 1)] as const);
  return Object.fromEntries(inner);
};

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'upload' &&
  'bytes' in value;
