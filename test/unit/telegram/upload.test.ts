import { expect, test } from 'vitest';
import { asUpload, encodeBody, type Body } from '../../../src/telegram/upload.js';

const file = (name: string) =>
  asUpload({ bytes: Buffer.from(`bytes of ${name}`), fileName: name, mimeType: 'text/plain' });

const formOf = async ({ bytes, contentType }: Body): Promise<FormData> =>
  new Response(bytes, { headers: { 'content-type': contentType } }).formData();

test('a payload without a file is JSON, nested objects and Chinese included', async () => {
  const payload = { chat_id: 5, text: '您好', reply_parameters: { message_id: 7 }, absent: undefined };
  const { contentType, bytes } = await encodeBody(payload);
  expect(contentType).toBe('application/json');
  expect(JSON.parse(bytes.toString())).toEqual({
    chat_id: 5,
    text: '您好',
    reply_parameters: { message_id: 7 },
  });
});

test('beside a file, nested objects are stringified and nothing is dropped', async () => {
  const body = await encodeBody({
    chat_id: 5,
    document: file('督办函.txt'),
    reply_parameters: { message_id: 7 },
    protect_content: true,
    absent: undefined,
  });
  const form = await formOf(body);
  expect(Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))).toEqual({
    chat_id: '5',
    reply_parameters: '{"message_id":7}',
    protect_content: 'true',
  });
  const document = form.get('document');
  if (!(document instanceof Blob)) throw new Error('no file');
  expect(document).toMatchObject({ name: '督办函.txt', type: 'text/plain' });
  expect(await document.text()).toBe('bytes of 督办函.txt');
});

test('files inside media become parts that their places refer to', async () => {
  const media = [
    { type: 'document', media: file('a.txt') },
    { type: 'document', media: file('b.txt'), caption: 'second' },
  ];
  const form = await formOf(await encodeBody({ chat_id: 5, media }));
  const written = form.get('media');
  expect(typeof written === 'string' && JSON.parse(written)).toEqual([
    { type: 'document', media: 'attach://file0' },
    { type: 'document', media: 'attach://file1', caption: 'second' },
  ]);
  expect(form.get('file0')).toMatchObject({ name: 'a.txt' });
  expect(form.get('file1')).toMatchObject({ name: 'b.txt' });
});
