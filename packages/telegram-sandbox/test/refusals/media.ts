import { samplePhoto } from '../../src/people/sample-files.js';
import type { Refusal } from './row.js';

const form = (
  method: string,
  name: string,
  bad: Record<string, string | Blob>,
  good: Record<string, string | Blob>,
  says: string,
): Refusal => ({
  method,
  name,
  form: true,
  bad: () => ({ chat_id: '1001', ...bad }),
  good: () => ({ chat_id: '1001', ...good }),
  says: `Bad Request: ${says}`,
});

const json = (
  method: string,
  name: string,
  bad: Refusal['bad'],
  good: Refusal['good'],
  says: string,
): Refusal => ({ method, name, bad, good, says: `Bad Request: ${says}` });

const png = (width = 640, height = 480): File =>
  new File([new Uint8Array(samplePhoto(width, height))], 'a.png', { type: 'image/png' });
const note = new File(['hello'], 'a.txt', { type: 'text/plain' });
const item = (media: string, type = 'photo') => ({ type, media });
const album = (...items: unknown[]) => ({ chat_id: 1001, media: items });
const repeated = (count: number, media: string) => Array.from({ length: count }, () => item(media));

export const mediaRefusals: readonly Refusal[] = [
  form('sendPhoto', 'no photo at all', {}, { photo: png() }, 'there is no photo in the request'),
  form('sendPhoto', 'bytes that are no image', { photo: note }, { photo: png() }, 'IMAGE_PROCESS_FAILED'),
  form(
    'sendPhoto',
    'sides of more than 10,000 together',
    { photo: png(9000, 1100) },
    { photo: png(2000, 1100) },
    'PHOTO_INVALID_DIMENSIONS',
  ),
  form(
    'sendPhoto',
    'a ratio above 20',
    { photo: png(2100, 100) },
    { photo: png(2000, 100) },
    'PHOTO_INVALID_DIMENSIONS',
  ),
  form(
    'sendPhoto',
    'a caption of 1025 units',
    { photo: png(), caption: 'x'.repeat(1025) },
    { photo: png(), caption: 'x'.repeat(1024) },
    'message caption is too long',
  ),
  form(
    'sendDocument',
    'an empty file',
    { document: new File([], 'a.txt') },
    { document: note },
    'file must be non-empty',
  ),
  form(
    'sendDocument',
    'an attachment that was not sent',
    { document: 'attach://nothing' },
    { document: 'attach://there', there: note },
    'wrong file identifier/HTTP URL specified',
  ),
  form(
    'sendMediaGroup',
    'an attachment that was not sent',
    { media: JSON.stringify([item('attach://one'), item('attach://two')]), one: png() },
    { media: JSON.stringify([item('attach://one'), item('attach://two')]), one: png(), two: png() },
    'wrong file identifier/HTTP URL specified',
  ),
  json(
    'sendPhoto',
    'a file id it never gave',
    () => ({ chat_id: 1001, photo: 'AgACnothing' }),
    ({ photoFile }) => ({ chat_id: 1001, photo: photoFile }),
    'wrong remote file identifier specified: Wrong string length',
  ),
  json(
    'sendPhoto',
    "a document's id",
    ({ documentFile }) => ({ chat_id: 1001, photo: documentFile }),
    ({ photoFile }) => ({ chat_id: 1001, photo: photoFile }),
    "can't use file of type Document as Photo",
  ),
  json(
    'sendDocument',
    'a parameter it does not have',
    ({ documentFile }) => ({ chat_id: 1001, document: documentFile, duration: 3 }),
    ({ documentFile }) => ({ chat_id: 1001, document: documentFile }),
    'unknown parameter "duration" specified',
  ),
  json(
    'sendMediaGroup',
    'one item',
    ({ photoFile }) => album(item(photoFile)),
    ({ photoFile }) => album(...repeated(2, photoFile)),
    'too few messages to send as an album',
  ),
  json(
    'sendMediaGroup',
    'eleven items',
    ({ photoFile }) => album(...repeated(11, photoFile)),
    ({ photoFile }) => album(...repeated(10, photoFile)),
    'too many messages to send as an album',
  ),
  json(
    'sendMediaGroup',
    'a document among photos',
    ({ photoFile, documentFile }) => album(item(photoFile), item(documentFile, 'document')),
    ({ documentFile }) => album(item(documentFile, 'document'), item(documentFile, 'document')),
    "document can't be mixed with other media types",
  ),
  json(
    'sendMediaGroup',
    'a missing media parameter',
    () => ({ chat_id: 1001 }),
    ({ photoFile }) => album(...repeated(2, photoFile)),
    "can't parse media JSON object",
  ),
  json(
    'sendLocation',
    'a latitude beyond the pole',
    () => ({ chat_id: 1001, latitude: 91, longitude: 0 }),
    () => ({ chat_id: 1001, latitude: 90, longitude: 0 }),
    'wrong location specified',
  ),
  json(
    'sendLocation',
    'a missing longitude',
    () => ({ chat_id: 1001, latitude: 9 }),
    () => ({ chat_id: 1001, latitude: '9', longitude: '1.5' }),
    'can\'t find field "longitude"',
  ),
  json(
    'getFile',
    'a file id it never gave',
    () => ({ file_id: 'BQACnothing' }),
    ({ documentFile }) => ({ file_id: documentFile }),
    'wrong file_id or the file is temporarily unavailable',
  ),
  json(
    'getFile',
    'an empty file id',
    () => ({ file_id: '' }),
    ({ photoFile }) => ({ file_id: photoFile }),
    'file_id not specified',
  ),
];
