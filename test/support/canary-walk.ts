/** Walking everything the program offers: derived from its commands, its buttons and its table of transitions, so that what comes next is walked too. */
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { commandsOf, features, pressesOf } from '../../handlers/index.js';
import type { HandlerDeps } from '../../handlers/turn.js';
import { confidentialities, domains } from '../../src/domain/taxonomy.js';
import { isTransitionName, transitions } from '../../src/domain/transitions/table.js';
import type { TransitionRow } from '../../src/domain/transitions/row.js';
import { ledgerTabs } from '../../src/queries/load-ledger.js';
import { listNames } from '../../src/queries/list-cases.js';
import type { CanaryCase } from './canaries.js';
import type { Pressing } from './canary-plan.js';
import type { Channel } from './channel.js';
import { heardOut } from './listening.js';

const all = features({} as HandlerDeps);
export const commands = [...commandsOf(all).keys()];
/** Buttons that are no transitions; those are walked in the states they begin in. */
export const actions = [...pressesOf(all).keys()].filter((action) => !isTransitionName(action));
/** Transitions somebody presses. */
export const rows: readonly TransitionRow[] = transitions.filter((row) => !row.hidden);

/** What buttons carry beside an id. */
const args: readonly (string | undefined)[] = [
  undefined,
  ...listNames.flatMap((name) => [name, `${name}.1`]),
  ...ledgerTabs.flatMap((tab) => [`${tab}.1.SPJ`, `${tab}.1.ZJJ`]),
  ...confidentialities,
  ...domains.slice(0, 2),
  'SPJ',
  'ZJJ',
  'd.ZFJ',
  'a',
  'c',
  'p',
  'yes',
  '1',
  '1.SPJ',
  '2026-11.1',
  'contacted.yes',
  'back.SPJ',
];

const newestOf = (person: TestPerson): ViewMessage | undefined =>
  person.messages().findLast(({ from }) => from === 'bot');

const timeoutMs = 60_000;

export interface Walk {
  readonly channel: Channel;
  readonly walker: { readonly id: number };
  readonly hand: readonly CanaryCase[];
  /** Where in the lists he begins, and that he takes each one in so many. */
  readonly place: number;
  readonly share: number;
}

/** Every command, plain and with a number; every list, search and other button. Gives what he was answered above the chat. */
export async function walkScreens({ channel, walker, hand, place, share }: Walk): Promise<readonly string[]> {
  const person = channel.person(walker.id);
  const mine = <T>(list: readonly T[]): readonly T[] => list.filter((_, i) => (i + place) % share === 0);
  for (const command of mine(commands)) {
    await person.say(`/${command}`);
    for (const c of hand) await person.say(`/${command} ${c.number}`);
  }
  await look(channel, walker, hand);
  const heard: string[] = [];
  for (const [i, action] of mine(actions).entries()) {
    for (const [k, c] of hand.entries()) {
      const arg = args[(i + k + place) % args.length];
      const data = channel.drawPress({ action, id: c.id, rev: 3, ...(arg ? { arg } : {}) }, walker.id);
      const messageId = newestOf(person)?.messageId ?? 0;
      heard.push((await person.pressData({ messageId, data, timeoutMs })).answer?.text ?? '');
    }
  }
  return heard;
}

/** Lists, searches, and each case with all that its card leads to. */
export async function look(
  channel: Channel,
  walker: { readonly id: number },
  hand: readonly CanaryCase[],
): Promise<void> {
  const person = channel.person(walker.id);
  await person.say('/cancel');
  for (const list of listNames) await person.say(`/${list}`);
  await person.say('/find 扩建');
  await person.say('/find 批复 已提交');
  for (const c of hand) {
    await person.say(`/case ${c.number}`);
    for (const action of ['open', 'full', 'files', 'held-files', 'letters', 'more']) {
      const data = channel.drawPress({ action, id: c.id, rev: 3 }, walker.id);
      await person.pressData({ messageId: newestOf(person)?.messageId ?? 0, data, timeoutMs });
    }
  }
}

/** Presses a transition on a case as it is now and, where that opens a form, fills it in to the end. Gives what it was answered. */
export async function pressTransition(
  { channel, walker }: Pick<Walk, 'channel' | 'walker'>,
  { row, arg }: Pressing,
  { id, rev }: { readonly id: string; readonly rev: number },
): Promise<string> {
  const person = channel.person(walker.id);
  // A hidden row is pressed by the buttons of its question.
  const action = row.hidden ? 'survey' : row.name;
  const data = channel.drawPress(
    { action, id, rev, ...(arg === undefined || row.form ? {} : { arg }) },
    walker.id,
  );
  const pressed = await person.pressData({ messageId: newestOf(person)?.messageId ?? 0, data, timeoutMs });
  if (row.form) await fillIn(channel, walker.id, { caseId: id, choice: arg });
  return pressed.answer?.text ?? '';
}

const mostSteps = 10;
const isStep = (data: string | undefined): boolean => /^(step|send-result)\|/.test(data ?? '');

/** Presses the choice that is wanted, or what the form offers first; writes where it offers nothing new; gives up where it leads nowhere. */
async function fillIn(
  channel: Channel,
  telegramId: number,
  { caseId, choice }: { readonly caseId: string; readonly choice: string | undefined },
): Promise<void> {
  const person = channel.person(telegramId);
  const drafts = channel.connection().collection<{ _id: string; rev: number }>('drafts');
  let before = -1;
  for (let step = 0; step < mostSteps; step++) {
    const draft = await drafts.findOne({ caseId, state: 'open' });
    if (!draft) return;
    const screen = newestOf(person);
    const button = (screen?.inlineKeyboard ?? []).flat().find(({ callbackData }) => isStep(callbackData));
    if (button && draft.rev !== before) {
      const chosen =
        step === 0 && choice !== undefined
          ? channel.drawPress({ action: 'step', id: draft._id, rev: draft.rev, arg: choice }, telegramId)
          : (button.callbackData ?? '');
      await person.pressData({ messageId: screen?.messageId ?? 0, data: chosen, timeoutMs });
    } else await person.say('2026 年第 12 号：核查过程如实记录在此，请按程序办理。');
    await heardOut(channel);
    before = draft.rev;
  }
  await person.say('/cancel');
}
