import { crc32, deflateSync } from './png-chunks.js';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A valid grey PNG of the given size in pixels, for photos nobody looks at. */
export const samplePhoto = (width = 640, height = 480): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0xb0);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Bytes that begin like an Ogg file; nothing plays them. */
export const sampleVoice = (): Buffer =>
  Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(200)]);

/** A small text file. */
export const sampleDocument = (): Buffer => Buffer.from('sample document\n');
