/** Wires the features into telegraf: who it is, which role, which feature; and answers every press (design §3). */
import { Telegraf, type Context } from 'telegraf';
import type { Update, UserFromGetMe } from 'telegraf/types';
import type { AuditNotes } from '../src/actions/note-audit.js';
import type { Messenger, Outcome } from '../src/actions/messenger.js';
import type { Language } from '../src/domain/people.js';
import { activeViewer, rolesOf, viewerIn } from '../src/domain/viewers.js';
import { contactOf } from './contact-of.js';
import { isPrivate, isRefusedInput, readInput, readReply, readTyped } from './read-input.js';
import type { Log } from '../src/log.js';
import type { Contact, Person } from '../src/domain/person.js';
import { InvariantError, Overtaken, TelegramFault } from '../src/errors.js';
import { catalogFor, type CommandName } from '../src/text/catalog.js';
import { plain } from '../src/text/rich.js';
import { view, type View } from '../src/text/view.js';
import type { PressCodec } from '../src/telegram/press-codec.js';
import { commandsOf, features, menuFor, pressesOf } from './index.js';
import { createFloodLimit, usualMessagesPerMinute } from './flood-limit.js';
import type { HandlerDeps, Turn } from './turn.js';

export interface BotDeps extends Omit<HandlerDeps, 'startLink'> {
  readonly messenger: Messenger;
  readonly auditNotes: AuditNotes;
  readonly codec: PressCodec;
  readonly answerPress: (queryId: string, line: string | undefined) => Promise<void>;
  readonly setMenu: (person: Person, commands: readonly CommandName[], language: Language) => Promise<void>;
  readonly token: string;
  readonly botInfo: UserFromGetMe;
  /** Messages of one person that are read in a minute; the usual number unless told. */
  readonly messagesPerMinute?: number | undefined;
  readonly log: Log;
}

const sendsAgain = 2;

export interface Bot {
  /**
   * Handles one update; `causeId` names it in everything it changes. Throws what should be tried again, and `Overtaken` when it
   * turns out to be in other hands.
   */
  readonly handle: (update: Update, causeId: string, isOvertaken: () => boolean) => Promise<void>;
}

export function createBot(deps: BotDeps): Bot {
  const floods = createFloodLimit(deps.messagesPerMinute ?? usualMessagesPerMinute);
  const toBeTold = new WeakSet<Update>();
  const startLink = (payload: string): string => `https://t.me/${deps.botInfo.username}?start=${payload}`;
  const all = features({ ...deps, startLink });
  const commands = commandsOf(all);
  const presses = pressesOf(all);
  const bot = new Telegraf(deps.token, { telegram: { webhookReply: false } });
  bot.botInfo = deps.botInfo;
  const inHand = new WeakMap<Update, { readonly causeId: string; readonly isOvertaken: () => boolean }>();

  const turnOf = async (
    ctx: Context,
    ask?: {
      readonly messageId: number;
      readonly pressedId: string | null;
      readonly toast: (line: string) => Promise<void>;
    },
  ): Promise<Turn> => {
    const person = await deps.actions.meet(senderOf(ctx));
    const card = ask ? await deps.queries.cardAt(person.id, ask.messageId) : null;
    const { causeId = '', isOvertaken } = inHand.get(ctx.update) ?? {};
    // What was just read may be what others have made of this very update, and of later ones.
    if (isOvertaken?.()) throw new Overtaken();
    const viewer = (card && viewerIn(person, card.role)) ?? activeViewer(person);
    const language = person.language ?? guessLanguage(ctx);
    /** Noted before it is sent: what may have arrived was seen. */
    const noteLooks: Turn['noteLooks'] = (looks) => deps.auditNotes.looks(viewer, looks);
    /** Whatever is shown of a case may have been overtaken on its way. */
    const written = async (messageId: number | null, shown: View): Promise<number | null> => {
      if (messageId !== null) await deps.actions.keepCurrent(person.id, messageId, shown);
      return messageId;
    };
    const send = async (shown: View): Promise<number | null> => {
      noteLooks(shown.looks ?? []);
      let outcome = await deps.messenger.send(person, shown, 'answer');
      // A screen seen twice is better than none; content never comes this way unasked.
      for (let again = 0; outcome.kind === 'unknown' && again < sendsAgain; again++)
        outcome = await deps.messenger.send(person, shown, 'answer');
      return await written(shownAt(outcome), shown);
    };
    const edit = async (messageId: number, shown: View): Promise<number | null> => {
      noteLooks(shown.looks ?? []);
      const outcome = await deps.messenger.edit(person, messageId, shown, 'answer');
      return outcome.kind === 'gone' ? await send(shown) : await written(shownAt(outcome), shown);
    };
    let part = 0;
    const once = async (sending: () => Promise<Outcome>): Promise<void> => {
      const outcome = await deps.actions.answerOnce(causeId, part++, sending);
      if (outcome) sentTo(outcome);
    };
    const text = catalogFor(language, deps.queries.numbers());
    const toast = ask?.toast ?? (async (line) => void (await send(view(plain(line)))));
    const menuOf: Turn['menuOf'] = (of) => menuFor(all, activeViewer(of).role, rolesOf(of).length > 1);
    const noteDenial: Turn['noteDenial'] = (what, caseId) => deps.auditNotes.denial(viewer, what, caseId);
    return {
      person,
      viewer,
      reader: { language, text, timeZone: deps.timeZone, now: deps.clock.now() },
      causeId,
      pressedId: ask?.pressedId ?? null,
      pressedMessageId: ask?.messageId ?? null,
      repliedTo: readReply(ctx.message),
      send,
      edit,
      show: async (shown) => (ask ? await edit(ask.messageId, shown) : await send(shown)),
      sendPiece: async (shown) =>
        await once(async () => {
          const outcome = await deps.messenger.send(person, shown, 'answer');
          if (outcome.kind === 'sent') {
            // Noted before it counts as sent: what nobody knows of could not be taken back.
            await deps.actions.showCard.ofPiece(person.id, outcome.messageId, shown);
            await written(outcome.messageId, shown);
          }
          return outcome;
        }),
      sendFile: async (file) => await once(async () => await deps.messenger.sendFile(person, file, 'answer')),
      sendDocument: async (file) =>
        await once(async () => await deps.messenger.sendDocument(person, file, 'answer')),
      toast,
      noteDenial,
      noteLooks,
      deny: async () => {
        noteDenial('not-for-role', ask?.pressedId ?? null);
        await toast(text.help.notForRole);
      },
      menuOf,
      setMenu: async (of) => await deps.setMenu(of, menuOf(of), of.language ?? language),
    };
  };

  bot.use(async (ctx, next) => {
    if (!toBeTold.has(ctx.update)) return await next();
    const turn = await turnOf(ctx);
    await turn.toast(turn.reader.text.help.tooFast);
    floods.noteTold(ctx.update);
  });

  for (const [name, command] of commands) {
    bot.command(name, async (ctx) => {
      const turn = await turnOf(ctx);
      if (name !== 'cancel') await deps.actions.forgetQuestion(turn.viewer);
      const allowed = command.roles === 'everyone' || command.roles.includes(turn.viewer.role);
      if (allowed) await command.run(turn, ctx.payload);
      else await turn.deny();
    });
  }

  bot.on('callback_query', async (ctx) => {
    const query = ctx.callbackQuery;
    let answered = false;
    const answer = async (line?: string): Promise<void> => {
      if (answered) return;
      answered = true;
      await deps.answerPress(query.id, line);
    };
    try {
      const messageId = query.message?.message_id;
      const press = 'data' in query ? deps.codec.decode(query.data, query.from.id) : null;
      const turn = await turnOf(ctx, {
        messageId: messageId ?? 0,
        pressedId: press?.id ?? null,
        toast: answer,
      });
      const handler = press && presses.get(press.action);
      if (!press || !handler || messageId === undefined) {
        turn.noteDenial('forged', null);
        deps.log.warn('a button that was not made for its presser was refused', { causeId: turn.causeId });
        return await answer(turn.reader.text.refusals.forged);
      }
      await handler(turn, press);
    } finally {
      await answer();
    }
  });

  bot.on('my_chat_member', async (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member;
    if (status === 'kicked' || status === 'left') await deps.actions.lose(senderOf(ctx));
    else await deps.actions.meet(senderOf(ctx));
  });

  bot.on('edited_message', async (ctx) => {
    const turn = await turnOf(ctx);
    await turn.toast(turn.reader.text.help.edited);
  });

  bot.on('message', async (ctx) => {
    const turn = await turnOf(ctx);
    const typed = readTyped(ctx.message);
    if (typed && (await deps.actions.continuesRefused(turn.person, typed))) return;
    const input = readInput(ctx.message);
    if (isRefusedInput(input)) {
      const { unsupported } = turn.reader.text.help;
      return await turn.toast(input.refused === 'unknown' ? notUnderstood(turn) : unsupported);
    }
    for (const feature of all) if (await feature.words?.(turn, input)) return;
    await turn.toast(notUnderstood(turn));
  });

  // Without this telegraf would print the update and end the process's trust in it.
  bot.catch((error) => {
    throw error;
  });

  return {
    handle: async (update, causeId, isOvertaken) => {
      if (!isPrivate(update)) return;
      const flood = floods.of(update);
      if (flood === 'skip') return;
      if (flood === 'tell') toBeTold.add(update);
      inHand.set(update, { causeId, isOvertaken });
      await Promise.all([deps.clock.refresh(), deps.queries.refreshRules()]);
      await bot.handleUpdate(update);
    },
  };
}

/** Reporting is for the enterprise; staff are told of what is theirs. */
const notUnderstood = ({ viewer, reader: { text } }: Turn): string =>
  viewer.role === 'enterprise' ? text.help.unknown : text.help.unknownStaff;

function senderOf(ctx: Context): Contact {
  const { from } = ctx;
  if (!from) throw new InvariantError('an update without a sender');
  return contactOf(from);
}

const guessLanguage = (ctx: Context): Language => (ctx.from?.language_code?.startsWith('en') ? 'en' : 'zh');

/** The message a screen stands in; a fault when nobody knows whether it does, so that the update is answered again. */
function shownAt(outcome: Outcome): number | null {
  if (outcome.kind === 'unknown') throw new TelegramFault('nobody knows whether the answer arrived');
  return sentTo(outcome);
}

/** The message that was sent; null for somebody who cannot be reached, a fault for what should be tried again. */
function sentTo(outcome: Outcome): number | null {
  if (outcome.kind === 'sent') return outcome.messageId;
  if (outcome.kind === 'later') throw new TelegramFault('the answer could not be sent now', outcome.pauseMs);
  return null;
}
