/** What stands in the files the bot has sent somebody: a DOCX is opened, anything else is read as it is. */
import { inflateRawSync } from 'node:zlib';
import type { TestPerson } from 'telegram-sandbox';
import type { Channel } from './channel.js';

export async function sentFiles(channel: Channel, person: TestPerson): Promise<string> {
  const parts: string[] = [];
  for (const { from, document } of person.messages()) {
    if (from !== 'bot' || !document) continue;
    const answer = await fetch(new URL(document.url, channel.sandbox.url));
    if (!answer.ok) throw new Error(`the sandbox does not give ${document.fileName}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    parts.push(document.fileName ?? '', bytes.toString('utf8'), ...partsOfZip(bytes));
  }
  return parts.join('\n');
}

const centralEntry = 0x02014b50;

/** The parts of a zip as text, by its central directory; none where the bytes are no zip. */
function partsOfZip(bytes: Buffer): readonly string[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0) return [];
  const found: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= end && bytes.readUInt32LE(at) === centralEntry) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const header = bytes.readUInt32LE(at + 42);
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(from, from + size);
    found.push((method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return found;
}
