/** Whether a file may stand in a case: by its name, by what it calls itself, by how it begins. It is never unpacked or drawn. Pure. */
import { fileTypes, type FileType } from './file-types.js';
import { cleanText, type Attachment } from './forms/form.js';

export type FileRefusal = 'file-name' | 'file-kind' | 'file-differs' | 'file-picture' | 'file-unread';

/** How much of a file is looked at. */
export const headBytes = 64 * 1024;

const longestName = 120;
/** Larger pictures are made to exhaust whoever opens them. */
const widestPicture = 16_000;

/** What a browser or a system would run, whatever the extension says. */
const runs = /html|svg|xml$|javascript|ecmascript|x-sh|x-msdos|x-msdownload|x-dosexec|java-archive|android/;

const typeOf = ({ name, mime }: Attachment): FileType | undefined => {
  const extension = /\.([^.]+)$/.exec(name ?? '')?.[1]?.toLowerCase();
  return extension === undefined && name === undefined
    ? fileTypes.find(({ mimes }) => mime !== undefined && mimes.includes(mime))
    : fileTypes.find(({ extensions }) => extension !== undefined && extensions.includes(extension));
};

/** Takes what somebody's Telegram says of a file, gives why it is refused, or null. Photos and voice are Telegram's own. */
export function declaredRefusal(file: Attachment): FileRefusal | null {
  const { kind, name, mime = '' } = file;
  if (name !== undefined && isHostileName(name)) return 'file-name';
  if (kind !== 'document') return null;
  const type = typeOf(file);
  if (!type || runs.test(mime)) return 'file-kind';
  const other = fileTypes.find(({ mimes }) => mimes.includes(mime));
  return other && other !== type ? 'file-differs' : null;
}

/** A name that reads differently from what it says, or that leads somewhere. */
const isHostileName = (name: string): boolean =>
  [...name].length > longestName ||
  cleanText(name) !== name.normalize('NFC').trim() ||
  /[\\/:*?"<>|\n\r\t]|\.\./.test(name);

/** Takes a document and its first bytes, gives why it is refused, or null. */
export function contentRefusal(file: Attachment, head: Uint8Array): FileRefusal | null {
  if (!typeOf(file)?.begins(head)) return 'file-differs';
  const size = pictureSize(head);
  return size && Math.max(size.width, size.height) > widestPicture ? 'file-picture' : null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Reads the size a picture claims, without drawing it; null for what is no such picture. */
export function pictureSize(head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const inside = (bytes: number): boolean => head.byteLength >= bytes;
  if (head[0] === 0x89 && inside(24)) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (head[0] === 0x47 && inside(10))
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (head[0] === 0x42 && inside(26))
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  return head[0] === 0xff && head[1] === 0xd8 ? jpegSize(view) : null;
}

/** Walks a JPEG's segments to the one that names its size. */
function jpegSize(view: DataView): Size | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
