/** The files the channel takes, by extension: what they call themselves and how they begin. Everything else is refused. Pure. */

export interface FileType {
  readonly extensions: readonly string[];
  readonly mimes: readonly string[];
  readonly begins: (head: Uint8Array) => boolean;
}

const ascii = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, to));

const startsWith =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, i) => head[i] === byte);

const says =
  (word: string, at = 0) =>
  (head: Uint8Array): boolean =>
    ascii(head, at, at + word.length) === word;

const zip = startsWith(0x50, 0x4b, 0x03, 0x04);
/** The name of the first entry stands behind the local header of a zip. */
const firstEntry = (head: Uint8Array): string =>
  ascii(head, 30, 30 + ((head[26] ?? 0) | ((head[27] ?? 0) << 8)));
const zipOf = (entries: RegExp) => (head: Uint8Array) => zip(head) && entries.test(firstEntry(head));
const office = zipOf(/^(\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/|mimetype)/);
const compound = startsWith(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const isoMedia = (head: Uint8Array): boolean =>
  ['ftyp', 'moov', 'mdat', 'wide', 'free'].includes(ascii(head, 4, 8));

/** Words only: no zero byte, and nothing that a program would run or a browser would draw. */
const plainText = (head: Uint8Array): boolean =>
  !head.includes(0) && !/^\uFEFF?\s*(<|#!|MZ|%PDF|X5O!P%@AP)/.test(ascii(head, 0, 64));

export const fileTypes: readonly FileType[] = [
  { extensions: ['pdf'], mimes: ['application/pdf'], begins: says('%PDF-') },
  { extensions: ['jpg', 'jpeg'], mimes: ['image/jpeg'], begins: startsWith(0xff, 0xd8, 0xff) },
  {
    extensions: ['png'],
    mimes: ['image/png'],
    begins: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { extensions: ['gif'], mimes: ['image/gif'], begins: says('GIF8') },
  { extensions: ['bmp'], mimes: ['image/bmp'], begins: says('BM') },
  {
    extensions: ['webp'],
    mimes: ['image/webp'],
    begins: (head) => says('RIFF')(head) && says('WEBP', 8)(head),
  },
  { extensions: ['heic', 'heif'], mimes: ['image/heic', 'image/heif'], begins: says('ftyp', 4) },
  {
    extensions: ['docx', 'xlsx', 'pptx'],
    mimes: [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    begins: office,
  },
  {
    extensions: ['doc', 'xls', 'ppt', 'wps', 'et'],
    mimes: ['application/msword', 'application/vnd.ms-powerpoint'],
    begins: (head) => compound(head) || office(head),
  },
  { extensions: ['ofd'], mimes: ['application/ofd'], begins: zipOf(/^(OFD\.xml|Doc_)/) },
  { extensions: ['txt', 'csv'], mimes: ['text/plain', 'text/csv'], begins: plainText },
  {
    extensions: ['mp4', 'mov', 'm4a'],
    mimes: ['video/mp4', 'video/quicktime', 'audio/mp4'],
    begins: isoMedia,
  },
  {
    extensions: ['mp3'],
    mimes: ['audio/mpeg'],
    begins: (head) => says('ID3')(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
  },
  {
    extensions: ['wav'],
    mimes: ['audio/wav', 'audio/x-wav'],
    begins: (head) => says('RIFF')(head) && says('WAVE', 8)(head),
  },
  { extensions: ['ogg', 'oga', 'opus'], mimes: ['audio/ogg'], begins: says('OggS') },
  { extensions: ['amr'], mimes: ['audio/amr'], begins: says('#!AMR') },
];
