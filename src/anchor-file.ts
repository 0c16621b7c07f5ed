/** Heads of the audit chain outside the store: lines that are only ever added to a file. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GivenAnchor } from './audit-chain.js';
import type { AuditAnchor } from './domain/audit.js';

/** In the data folder. */
export const anchorFileName = 'audit-anchors.jsonl';

/** Adds a line and waits for the disk. */
export async function keepAnchor(path: string, anchor: AuditAnchor): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(`${JSON.stringify(anchor)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Reads the lines of such a file; throws an Error that names the line which is not one. */
export async function readAnchors(path: string): Promise<readonly GivenAnchor[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [anchorIn(line, `${path}:${i + 1}`)]));
}

function anchorIn(line: string, where: string): GivenAnchor {
  try {
    const { seq, hash, at, signature } = JSON.parse(line) as Record<string, unknown>;
    if (typeof seq === 'number' && typeof hash === 'string' && typeof at === 'string') {
      const signed = { seq, hash, at: new Date(at), signature: String(signature) };
      return { seq, hash, signed };
    }
  } catch {
    // Said below.
  }
  throw new Error(`${where} is not an anchor`);
}
