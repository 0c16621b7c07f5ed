import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { commandsFor } from '../api/commands.js';
import { menuButtonFor } from '../api/profile.js';
import { ControlError } from '../errors.js';
import { faultRules, type Faults } from '../faults.js';
import type { SandboxSettings } from '../options.js';
import type { Actions, PersonFile } from '../people/actions.js';
import { dataOf, press } from '../people/press.js';
import { latestMessages, messagesAfter, unreadCount } from '../people/view.js';
import type { Tour } from '../tour.js';
import type { FileBytes } from '../state/file-bytes.js';
import type { Store } from '../state/store.js';
import type { ChatState } from '../state/world.js';
import * as schemas from './control-schemas.js';
import { toControlFailure } from './control-failure.js';

export type ControlRoutes = {
  readonly settings: SandboxSettings;
  readonly store: Store;
  readonly bytes: FileBytes;
  readonly actions: Actions;
  readonly faults: Faults;
  readonly tour: Tour;
  readonly isTyping: (chatId: number) => boolean;
};

const answerWaitMs = 15_000;
const bodyLimitBytes = 80 * 1024 * 1024;

const fromJson = ({
  dataBase64,
  mediaGroup: _group,
  ...file
}: z.output<typeof schemas.fileBody>): PersonFile => ({
  ...file,
  bytes: Buffer.from(dataBase64, 'base64'),
});

const readForm = async (
  request: FastifyRequest,
): Promise<{ file: PersonFile; mediaGroup?: string | undefined }> => {
  const fields: Record<string, unknown> = {};
  let found: Pick<PersonFile, 'fileName' | 'mimeType' | 'bytes'> | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = part.value;
    else found = { fileName: part.filename, mimeType: part.mimetype, bytes: await part.toBuffer() };
  }
  if (!found) throw new ControlError(400, 'there is no file in the form');
  const { mediaGroup, ...rest } = schemas.formFields.parse(fields);
  return { file: { ...rest, ...found }, mediaGroup };
};

const lastMessage = (state: ChatState): { text: string; date: number } | undefined => {
  const [last] = latestMessages(state, 1);
  if (!last) return undefined;
  const media = (['photo', 'document', 'voice', 'audio', 'video', 'location'] as const).find(
    (kind) => last[kind],
  );
  return { text: last.text ?? last.caption ?? (media ? `[${media}]` : ''), date: last.date };
};

const registerReading = (
  scope: FastifyInstance,
  { settings, store, bytes, tour, isTyping }: ControlRoutes,
): void => {
  const { world } = store;
  const playerOf = (params: unknown): ChatState => {
    const { id } = schemas.personParams.parse(params);
    const state = world.chats.get(id);
    if (!state?.user) throw new ControlError(404, `nobody with id ${id} plays here`);
    return state;
  };

  scope.get('/state', () => ({
    title: settings.title ?? world.bot.first_name,
    bot: { id: world.bot.id, username: world.bot.username, firstName: world.bot.first_name },
    clock: settings.programUrl !== undefined,
    opens: settings.opens,
    tour: tour.steps(),
    people: settings.people.flatMap((person) => {
      const state = world.chats.get(person.id);
      if (!state) return [];
      const { blocked, started } = state;
      return [{ ...person, unread: unreadCount(state), blocked, started, lastMessage: lastMessage(state) }];
    }),
  }));

  scope.get('/people/:id/messages', (request) => {
    const state = playerOf(request.params);
    const { limit, before, after } = schemas.messagesQuery.parse(request.query);
    return {
      messages:
        after === undefined ? latestMessages(state, limit, before) : messagesAfter(state, limit, after),
      commands: commandsFor(world, state.chat.id),
      menuButton: menuButtonFor(world, state.chat.id),
      typing: isTyping(state.chat.id),
      replyKeyboard: state.replyKeyboard,
      pinned: state.pinned,
    };
  });

  scope.get('/people/:id/history', (request) => playerOf(request.params).shown);

  scope.get('/updates', () => ({ pending: world.pending.length }));

  scope.get('/journal', (request) => {
    const { after } = schemas.journalQuery.parse(request.query);
    return store
      .entries()
      .filter(({ seq, by }) => seq > after && by === 'bot')
      .map(({ changes: _changes, by: _by, ...entry }) => entry);
  });

  scope.get<{ Params: { fileId: string } }>('/files/:fileId', async (request, reply) => {
    const file = world.files.get(request.params.fileId);
    const content = file && (await bytes.get(file.bytesId));
    if (!file || !content) throw new ControlError(404, 'there is no such file');
    // Only media a browser merely shows keeps its type; the rest (HTML, SVG) could run here and is downloaded.
    const isShown = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/)/.test(file.mimeType);
    const headers = {
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
    };
    return reply
      .headers(headers)
      .type(isShown ? file.mimeType : 'application/octet-stream')
      .send(content);
  });
};

const registerActing = (scope: FastifyInstance, { store, actions }: ControlRoutes): void => {
  const act = <S extends z.ZodType>(
    path: string,
    schema: S,
    run: (id: number, body: z.output<S>) => Promise<unknown>,
  ): void => {
    scope.post(`/people/:id/${path}`, async (request) => {
      const { id } = schemas.personParams.parse(request.params);
      return (await run(id, schema.parse(request.body ?? {}))) ?? { ok: true };
    });
  };
  const sent = async (made: Promise<number>): Promise<{ messageId: number }> => ({ messageId: await made });

  act('start', schemas.startBody, (id, { payload }) => sent(actions.start(id, payload)));
  act('say', schemas.sayBody, (id, { text, replyTo }) => sent(actions.say(id, text, replyTo)));
  act('album', schemas.albumBody, async (id, { items }) => ({
    messageIds: await actions.files(id, items.map(fromJson)),
  }));
  act('location', schemas.locationBody, (id, place) => sent(actions.location(id, place)));
  act('edit', schemas.editBody, (id, { messageId, text }) => actions.edit(id, messageId, text));
  act('block', z.looseObject({}), (id) => actions.block(id));
  act('unblock', z.looseObject({}), (id) => actions.unblock(id));
  act('read', schemas.readBody, (id, { upTo }) => actions.read(id, upTo));
  act('press', schemas.pressBody, async (personId, { messageId, data, text }) => {
    const chosen = data ?? dataOf(store, personId, messageId, text ?? '');
    if (chosen === undefined) throw new ControlError(404, `message ${messageId} has no such button`);
    return press(store, { personId, messageId, data: chosen, waitMs: answerWaitMs });
  });

  const takeFile = async (request: FastifyRequest): Promise<{ messageIds: readonly number[] }> => {
    const { id } = schemas.personParams.parse(request.params);
    if (request.isMultipart()) {
      const { file, mediaGroup } = await readForm(request);
      return { messageIds: await actions.files(id, [file], mediaGroup) };
    }
    const body = schemas.fileBody.parse(request.body);
    return { messageIds: await actions.files(id, [fromJson(body)], body.mediaGroup) };
  };
  scope.post('/people/:id/file', (request) => takeFile(request));
};

/** /sandbox/*: the state for the page, what people do, the journal and the faults. */
export const controlRoutes =
  (options: ControlRoutes) =>
  async (scope: FastifyInstance): Promise<void> => {
    await scope.register(multipart, { limits: { fileSize: 50 * 1024 * 1024, files: 10 } });
    scope.setErrorHandler((error, _request, reply) => {
      const { status, message } = toControlFailure(error);
      return reply.code(status).send({ error: message });
    });
    scope.addHook('onRoute', (route) => {
      route.bodyLimit = bodyLimitBytes;
    });
    registerReading(scope, options);
    registerActing(scope, options);
    scope.post('/faults', (request) => {
      options.faults.add(faultRules.parse(request.body).rules);
      return { ok: true };
    });
    scope.get('/faults', () => ({ lostAnswers: options.faults.lostAnswers() }));
    scope.delete('/faults', () => {
      options.faults.clear();
      return { ok: true };
    });
  };
