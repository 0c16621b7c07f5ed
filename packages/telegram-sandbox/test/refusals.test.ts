import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBed, startPeople, type Bed } from './bed.js';
import { chatRefusals } from './refusals/chats.js';
import { editRefusals } from './refusals/edits.js';
import { keyboardRefusals } from './refusals/keyboards.js';
import { mediaRefusals } from './refusals/media.js';
import type { Prepared, Refusal } from './refusals/row.js';
import { textRefusals } from './refusals/texts.js';

const groups: readonly (readonly [string, readonly Refusal[]])[] = [
  ['texts', textRefusals],
  ['keyboards', keyboardRefusals],
  ['edits', editRefusals],
  ['media', mediaRefusals],
  ['chats, commands, webhook', chatRefusals],
];

const idOf = (result: unknown): number => (result as { message_id: number }).message_id;

const prepare = async (bed: Bed): Promise<Prepared> => {
  await startPeople(bed);
  const { sandbox, call, form } = bed;
  await sandbox.person(1002).photo();
  const fileOf = (result: unknown, kind: 'photo' | 'document'): string => {
    const message = result as { photo?: { file_id: string }[]; document?: { file_id: string } };
    return (kind === 'photo' ? message.photo?.at(-1)?.file_id : message.document?.file_id) ?? '';
  };
  const text = await call('sendMessage', {
    chat_id: 1001,
    text: 'plain',
    reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] },
  });
  const protectedText = await call('sendMessage', { chat_id: 1001, text: 'kept', protect_content: true });
  const keyed = await call('sendMessage', {
    chat_id: 1001,
    text: 'keys',
    reply_markup: { keyboard: [['k']] },
  });
  const spare = await call('sendMessage', { chat_id: 1001, text: 'spare' });
  const document = await form('sendDocument', { chat_id: '1001', document: new File(['abc'], 'a.txt') });
  const photoMessage = await sandbox.person(1001).photo();
  const photo = await call('copyMessage', { chat_id: 1001, from_chat_id: 1001, message_id: photoMessage });
  const photoFile = sandbox
    .person(1001)
    .messages()
    .find(({ messageId }) => messageId === idOf(photo.result))?.photo?.fileId;
  const location = await call('sendLocation', { chat_id: 1001, latitude: 1, longitude: 1 });
  const ownMessage = await sandbox.person(1001).say('mine');
  await sandbox.person(1001).edit(ownMessage, 'mine, edited');
  const pressed = sandbox.person(1001).press('a');
  const update = await expectQuery(bed);
  return {
    text: idOf(text.result),
    protectedText: idOf(protectedText.result),
    keyed: idOf(keyed.result),
    spare: idOf(spare.result),
    document: idOf(document.result),
    documentFile: fileOf(document.result, 'document'),
    photo: idOf(photo.result),
    photoFile: photoFile ?? '',
    location: idOf(location.result),
    ownMessage,
    query: update,
    settled: async () => {
      await pressed;
    },
  };
};

const expectQuery = async ({ call }: Bed): Promise<string> => {
  for (;;) {
    const { result } = await call('getUpdates', { offset: -1, timeout: 5 });
    const [last] = result as { callback_query?: { id: string } }[];
    if (last?.callback_query) return last.callback_query.id;
  }
};

for (const [group, rows] of groups) {
  describe(`refusals: ${group}`, () => {
    let bed: Bed;
    let prepared: Prepared;
    beforeAll(async () => {
      bed = await makeBed({
        groups: [
          { id: -5, title: 'Old', members: [], migratedTo: -100_500 },
          { id: -100_500, title: 'New', members: [] },
        ],
      });
      prepared = await prepare(bed);
    });
    afterAll(async () => {
      await bed.call('answerCallbackQuery', { callback_query_id: prepared.query });
      await prepared.settled();
      await bed.sandbox.close();
    });

    test.each(rows.map((row) => [`${row.method}: ${row.name}`, row] as const))('%s', async (_name, row) => {
      const journalBefore = bed.sandbox.journal().length;
      const ask = (params: Record<string, unknown>) =>
        row.form
          ? bed.form(row.method, params as Record<string, string | Blob>)
          : bed.call(row.method, params);
      const refused = await ask(row.bad(prepared));
      expect(refused).toMatchObject({
        status: row.code ?? 400,
        ok: false,
        error_code: row.code ?? 400,
        description: row.says,
      });
      expect(bed.sandbox.journal()).toHaveLength(journalBefore);
      const accepted = await ask(row.good(prepared));
      expect(accepted).toMatchObject({ status: 200, ok: true });
    });
  });
}

test('there are at least 80 refusals, each with an opposite that passes', () => {
  expect(groups.flatMap(([, rows]) => rows).length).toBeGreaterThanOrEqual(80);
});
