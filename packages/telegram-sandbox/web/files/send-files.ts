import { api } from '../api.js';
import type { FileKind, Upload } from '../model.js';

export interface ChosenFile {
  readonly kind: FileKind;
  readonly file: File;
  /** Seconds, of a voice message. */
  readonly duration?: number;
}

export interface SendFilesOptions {
  readonly personId: number;
  readonly files: readonly ChosenFile[];
  readonly caption: string;
}

/** One file goes alone, two to ten as an album whose first item carries the caption. */
export async function sendFiles({ personId, files, caption }: SendFilesOptions): Promise<void> {
  const [first, ...rest] = await Promise.all(files.map((chosen) => toUpload(chosen)));
  if (!first) return;
  const opening = caption === '' ? first : { ...first, caption };
  await (rest.length === 0 ? api.file(personId, opening) : api.album(personId, [opening, ...rest]));
}

async function toUpload({ kind, file, duration }: ChosenFile): Promise<Upload> {
  return {
    kind,
    fileName: file.name,
    mimeType: file.type === '' ? 'application/octet-stream' : file.type,
    dataBase64: await base64Of(file),
    ...(duration === undefined ? {} : { duration }),
  };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(new Error(`cannot read ${file.name}`)));
    reader.readAsDataURL(file);
  });
}

/** How Telegram's apps send a picked file unless told otherwise; pictures of rare formats stay documents. */
export function kindOf(file: File): FileKind {
  if (['image/jpeg', 'image/png', 'image/webp'].includes(file.type)) return 'photo';
  if (file.type.startsWith('video/')) return 'video';
  return 'document';
}
