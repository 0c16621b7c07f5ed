/** Fault 30: hostile files and names are refused in words a person understands; nothing is unpacked, drawn or executed. */
import { deflateRawSync } from 'node:zlib';
import type { TestPerson } from 'telegram-sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentRefusal, declaredRefusal, pictureSize } from '../../src/domain/check-file.js';
import { contacted, pressOn, slowPermit } from '../support/case-steps.js';
import { cast, startChannel, type Channel } from '../support/channel.js';
import { quiet } from '../support/listening.js';
import { arrive } from '../support/steps.js';

interface Sent {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n');
const eicar = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*');

/** A zip with one entry, told to hold `claims` bytes. */
function zipOf(entry: string, data = Buffer.alloc(10_000), claims = data.length): Buffer {
  const packed = deflateRawSync(data);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(claims, 22);
  head.writeUInt16LE(Buffer.byteLength(entry), 26);
  return Buffer.concat([head, Buffer.from(entry), packed]);
}

/** The beginning of a picture of that size. */
function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(head);
  head.write('IHDR', 12, 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}
const jpegOf = (width: number, height: number): Buffer => {
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 0, 0, 0, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), frame]);
};

const asPdf = (name: string): Sent => ({ name, mimeType: 'application/pdf', bytes: pdf });
const hostile: readonly (readonly [what: string, file: Sent, answer: RegExp])[] = [
  ['a test virus', { name: 'eicar.com', mimeType: 'application/octet-stream', bytes: eicar }, /这种文件不收/],
  ['a test virus called a text', { name: '说明.txt', mimeType: 'text/plain', bytes: eicar }, /对不上/],
  [
    'a program called a PDF',
    { name: '合同.pdf', mimeType: 'application/pdf', bytes: Buffer.from('MZ\0\0') },
    /对不上/,
  ],
  ['a page called a PDF', { name: '合同.pdf', mimeType: 'text/html', bytes: pdf }, /这种文件不收/],
  [
    'a page that is also a text',
    { name: '材料.txt', mimeType: 'text/plain', bytes: Buffer.from(' <script>1</script>') },
    /对不上/,
  ],
  [
    'a PDF behind other bytes',
    { name: '合同.pdf', mimeType: 'application/pdf', bytes: Buffer.concat([Buffer.from('GIF89a'), pdf]) },
    /对不上/,
  ],
  [
    'an archive that would unpack without end',
    { name: '材料.zip', mimeType: 'application/zip', bytes: zipOf('a', Buffer.alloc(50_000), 0xffff_ffff) },
    /这种文件不收/,
  ],
  [
    'an archive called a document',
    { name: '材料.docx', mimeType: 'application/octet-stream', bytes: zipOf('run.exe') },
    /对不上/,
  ],
  ['a path', asPdf('../../etc/passwd.pdf'), /名字里有/],
  ['a name that reads backwards', asPdf('合同\u202Efdp.exe.pdf'), /名字里有/],
  ['a hidden second extension', asPdf('合同.pdf.exe'), /这种文件不收/],
  [
    'a picture of 50,000 × 50,000',
    { name: '图.png', mimeType: 'image/png', bytes: pngOf(50_000, 50_000) },
    /尺寸大得不正常/,
  ],
];
const honest: readonly Sent[] = [
  asPdf('合同.pdf'),
  { name: '图.png', mimeType: 'image/png', bytes: pngOf(4_000, 3_000) },
  { name: '台账.xlsx', mimeType: 'application/octet-stream', bytes: zipOf('[Content_Types].xml') },
];

let channel: Channel;
let owner: TestPerson;
beforeAll(async () => {
  channel = await startChannel();
  for (const id of [cast.owner, cast.englishOwner, cast.duty, cast.officer]) await arrive(channel.person(id));
  owner = channel.person(cast.englishOwner);
});
afterAll(async () => await channel.stop());

describe('sent with a report', () => {
  test('hostile files are refused, each in words that say what to do; honest ones are taken', async () => {
    await owner.say(slowPermit);
    await owner.waitFor(/有照片、文件/);
    for (const [what, file, answer] of hostile) {
      const since = owner.mark();
      await owner.document(file);
      const told = await owner.waitFor(answer, { since }).catch(() => undefined);
      expect(told?.text, what).toMatch(answer);
    }
    for (const file of honest) await owner.document(file);
    await owner.waitFor(/共 3 份材料/);
    expect((await channel.state()).deadLetters).toBe(0);
  });
});

describe('sent with a message', () => {
  test('a file that follows in an album is looked at as well, and a refused one reaches nobody', async () => {
    const number = await contacted(channel, { confidentiality: '公开', owner: cast.owner });
    await pressOn(channel, { person: cast.officer, number, label: /发消息/ });
    const officer = channel.person(cast.officer);
    const since = officer.mark();
    await officer.album([
      { kind: 'document', name: '通知.pdf', mimeType: 'application/pdf', bytes: pdf },
      { kind: 'document', name: '通知.exe', mimeType: 'application/octet-stream', bytes: Buffer.from('MZ') },
    ]);
    await officer.waitFor(/这种文件不收/, { since });
    await quiet(channel);
    const files = (await channel.connection().collection('messages').find({ side: 'department' }).toArray())
      .length;
    // First contact and the one honest file.
    expect(files).toBe(2);
  });
});

describe('the rules themselves', () => {
  test('names are refused for what cannot be seen, photos and voice are taken as Telegram gives them', () => {
    for (const name of [
      'a\u200Bb.pdf',
      'a\u0007.pdf',
      'C:\\a.pdf',
      'a/b.pdf',
      `${'长'.repeat(200)}.pdf`,
      'a\u{E0041}.pdf',
    ])
      expect(declaredRefusal({ kind: 'document', name, mime: 'application/pdf' }), name).toBe('file-name');
    expect(declaredRefusal({ kind: 'video', name: '\u202Ea.mp4' })).toBe('file-name');
    for (const kind of ['photo', 'voice', 'location'] as const) expect(declaredRefusal({ kind })).toBeNull();
    expect(
      declaredRefusal({ kind: 'document', name: '合同 (终稿).PDF', mime: 'application/pdf' }),
    ).toBeNull();
  });

  test('the size a picture claims is read without drawing it, and rubbish has none', () => {
    expect(pictureSize(pngOf(50_000, 7))).toEqual({ width: 50_000, height: 7 });
    expect(pictureSize(jpegOf(640, 65_000))).toEqual({ width: 640, height: 65_000 });
    for (let length = 0; length < 30; length++) {
      expect(() => pictureSize(jpegOf(9, 9).subarray(0, length))).not.toThrow();
      expect(() => pictureSize(pngOf(9, 9).subarray(0, length))).not.toThrow();
    }
    const loop = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(64, 0xff)]);
    expect(pictureSize(loop)).toBeNull();
    expect(contentRefusal({ kind: 'document', name: 'a.jpg' }, jpegOf(640, 65_000))).toBe('file-picture');
  });
});
