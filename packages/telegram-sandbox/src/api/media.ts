import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import { badRequest } from '../errors.js';
import type { Change, StoredFile } from '../state/change.js';
import type { World } from '../state/world.js';
import type { FileObject, MediaKind, Message } from '../wire.js';
import { imageSize } from './image-size.js';
import type { Upload } from './method.js';

const prefixes: Readonly<Record<MediaKind, string>> = {
  photo: 'AgAC',
  document: 'BQAC',
  voice: 'AwAC',
  video: 'BAAC',
  audio: 'CQAC',
};
const folders: Readonly<Record<MediaKind, string>> = {
  photo: 'photos',
  document: 'documents',
  voice: 'voice',
  video: 'videos',
  audio: 'music',
};
const labels: Readonly<Record<MediaKind, string>> = {
  photo: 'Photo',
  document: 'Document',
  voice: 'VoiceNote',
  video: 'Video',
  audio: 'Audio',
};
const extensions: Readonly<Record<MediaKind, string>> = {
  photo: '.jpg',
  document: '',
  voice: '.oga',
  video: '.mp4',
  audio: '.mp3',
};

const maxUploadBytes = 50 * 1024 * 1024;
const maxPhotoBytes = 10 * 1024 * 1024;

export type Dimensions = {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly duration?: number | undefined;
};

export type PreparedMedia = { readonly field: Partial<Message>; readonly changes: readonly Change[] };

const makeFile = (kind: MediaKind, upload: Upload, extra: Dimensions): StoredFile => {
  const id = prefixes[kind] + randomBytes(24).toString('base64url');
  const uniqueId = randomBytes(9).toString('base64url');
  const extension = extname(upload.fileName).replace(/[^.a-zA-Z\d]/g, '') || extensions[kind];
  const path = `${folders[kind]}/file_${uniqueId.replaceAll('-', '')}${kind === 'photo' ? '.jpg' : extension}`;
  const { fileName: name, mimeType, bytesId, bytes } = upload;
  return { id, uniqueId, kind, path, name, mimeType, size: bytes.length, bytesId, ...extra };
};

const bounded = (
  width: number,
  height: number,
  side: number,
): Required<Pick<Dimensions, 'width' | 'height'>> => {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

/** Telegram keeps a photo in several sizes, smallest first; here they share the same bytes. */
const photoFiles = (upload: Upload, fallback?: Dimensions): readonly StoredFile[] => {
  if (upload.bytes.length > maxPhotoBytes) throw badRequest('file is too big');
  const size = imageSize(upload.bytes) ?? fallback;
  const { width = 0, height = 0 } = size ?? {};
  if (width < 1 || height < 1) throw badRequest('IMAGE_PROCESS_FAILED');
  const isOdd = width + height > 10_000 || Math.max(width, height) / Math.min(width, height) > 20;
  if (isOdd) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  const jpeg = { ...upload, mimeType: 'image/jpeg' };
  const kept = imageSize(upload.bytes) ? upload : jpeg;
  const sides = Math.max(width, height) > 320 ? [320, 1280] : [1280];
  return sides.map((side) => makeFile('photo', kept, bounded(width, height, side)));
};

const fileObject = (file: StoredFile): FileObject => {
  const base = { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size };
  if (file.kind === 'photo') return { ...base, width: file.width, height: file.height };
  const { duration, mimeType: mime_type, name: file_name } = file;
  if (file.kind === 'voice') return { ...base, duration: duration ?? 0, mime_type };
  if (file.kind === 'document') return { ...base, file_name, mime_type };
  if (file.kind === 'audio') return { ...base, duration: duration ?? 0, file_name, mime_type };
  return {
    ...base,
    duration: duration ?? 0,
    width: file.width ?? 640,
    height: file.height ?? 480,
    file_name,
    mime_type,
  };
};

const fieldOf = (kind: MediaKind, files: readonly StoredFile[]): Partial<Message> => {
  if (kind === 'photo') return { photo: files.map(fileObject) };
  const [file] = files;
  return file ? { [kind]: fileObject(file) } : {};
};

/** Takes an uploaded file in as media of that kind; refuses empty, too big and (for photos) unreadable ones. */
export const takeUpload = (kind: MediaKind, upload: Upload, extra: Dimensions = {}): PreparedMedia => {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  if (upload.bytes.length > maxUploadBytes) throw badRequest('file is too big');
  const files = kind === 'photo' ? photoFiles(upload, extra) : [makeFile(kind, upload, extra)];
  return { field: fieldOf(kind, files), changes: files.map((file) => ({ kind: 'file', file })) };
};

/** Uses a file the server already has; refuses ids it never gave out and files of another kind. */
export const takeFileId = (world: World, kind: MediaKind, fileId: string): PreparedMedia => {
  if (fileId.startsWith('http://') || fileId.startsWith('https://')) {
    throw badRequest('failed to get HTTP URL content');
  }
  const file = world.files.get(fileId);
  if (!file) throw badRequest('wrong remote file identifier specified: Wrong string length');
  if (file.kind !== kind) throw badRequest(`can't use file of type ${labels[file.kind]} as ${labels[kind]}`);
  const sizes = [...world.files.values()].filter(
    (other) => other.bytesId === file.bytesId && other.kind === 'photo',
  );
  return { field: fieldOf(kind, kind === 'photo' ? sizes : [file]), changes: [] };
};

export type MediaSource = {
  readonly world: World;
  readonly kind: MediaKind;
  /** The parameter's value: a file id, or attach://name of an upload. */
  readonly value: string | undefined;
  /** The upload that came under the parameter's own name. */
  readonly direct?: Upload | undefined;
  readonly uploads: ReadonlyMap<string, Upload>;
  readonly extra?: Dimensions;
};

/** Resolves a media parameter the three ways Telegram knows: upload, attach://name, file id. */
export const takeMedia = ({
  world,
  kind,
  value,
  direct,
  uploads,
  extra = {},
}: MediaSource): PreparedMedia => {
  if (direct) return takeUpload(kind, direct, extra);
  if (value === undefined || value === '') throw badRequest(`there is no ${kind} in the request`);
  if (!value.startsWith('attach://')) return takeFileId(world, kind, value);
  const attached = uploads.get(value.slice('attach://'.length));
  if (!attached) throw badRequest('wrong file identifier/HTTP URL specified');
  return takeUpload(kind, attached, extra);
};
