/** What a reporter goes through between his first words and the receipt, and what the others do with his case afterwards. */
import type { TestPerson, ViewMessage } from 'telegram-sandbox';
import { catalogs } from '../../src/text/catalog.js';
import { cast, type Channel } from './channel.js';
import { numberIn } from './steps.js';

export interface Answers {
  /** Labels of buttons; without one the bot's own proposal is pressed. */
  readonly kind?: string;
  readonly domain?: string;
  readonly conduct?: string;
  /** What is typed when the bot asks which enterprise; null: no name. */
  readonly enterprise?: string | null;
  readonly confidentiality?: string;
  readonly language?: 'zh' | 'en';
}

export type Screen =
  | 'kind'
  | 'domain'
  | 'conduct'
  | 'enterprise'
  | 'files'
  | 'confidentiality'
  | 'review'
  | 'consent';

const asked = ['kind', 'domain', 'conduct', 'enterprise'] as const;

/** The screen of the report that a message shows, read off its words. */
export function screenIn({ text = '' }: ViewMessage, language: 'zh' | 'en' = 'zh'): Screen | undefined {
  const { report } = catalogs[language];
  if (text.includes(report.consent)) return 'consent';
  if (text.includes(report.review)) return 'review';
  if (text.includes(report.confidentiality)) return 'confidentiality';
  if (text.includes(report.files)) return 'files';
  if (text.includes(report.enterpriseKnown)) return 'enterprise';
  return asked.find((name) => text.includes(report[name]));
}

/** Answers whatever is asked from `since` on until the screen `until` stands; gives that screen and what was asked. */
export async function fillIn(
  person: TestPerson,
  { until, since, ...answers }: Answers & { readonly until: Screen; readonly since: number },
): Promise<{ readonly screen: ViewMessage; readonly asked: readonly Screen[] }> {
  const { language = 'zh' } = answers;
  const asked: Screen[] = [];
  let seen = since;
  for (;;) {
    const screen = await person.waitFor((message) => screenIn(message, language) !== undefined, {
      since: seen,
    });
    const name = screenIn(screen, language) ?? 'review';
    if (name === until) return { screen, asked };
    asked.push(name);
    seen = person.mark();
    await answer(person, screen, name, answers);
  }
}

async function answer(person: TestPerson, screen: ViewMessage, name: Screen, given: Answers): Promise<void> {
  const { buttons, words } = catalogs[given.language ?? 'zh'];
  const press = async (label: string | RegExp): Promise<void> =>
    void (await person.press(label, { message: screen }));
  switch (name) {
    case 'kind':
    case 'domain':
    case 'conduct':
      return await press(endingIn(given[name]));
    case 'enterprise':
      if (given.enterprise === undefined) return await press(/./);
      if (given.enterprise === null) return await press(buttons.nameless);
      await person.say(given.enterprise);
      return;
    case 'files':
      return await press(/»$/);
    case 'confidentiality':
      return await press(endingIn(given.confidentiality ?? words.confidentiality.commission));
    case 'review':
      return await press(buttons.continue);
    case 'consent':
      return await press(buttons.send);
  }
}

const endingIn = (label: string | undefined): RegExp =>
  label === undefined ? /^👉/ : new RegExp(`(^|👉 )${label}$`);

/** Tells something from the first words to the receipt; gives the number and the receipt. */
export async function report(
  person: TestPerson,
  text: string,
  answers: Answers = {},
): Promise<{ readonly number: string; readonly receipt: ViewMessage }> {
  const since = person.mark();
  await person.say(text);
  const { screen } = await fillIn(person, { ...answers, until: 'consent', since });
  await person.press(catalogs[answers.language ?? 'zh'].buttons.send, { message: screen });
  const receipt = await person.waitFor(
    ({ messageId, text: shown }) => messageId === screen.messageId && /ZT-\d/.test(shown ?? ''),
    { since },
  );
  return { number: numberIn(receipt.text ?? ''), receipt };
}

/** A card about this case that reads so, later than `since`. */
export const cardOf = async (
  person: TestPerson,
  number: string,
  pattern: RegExp,
  since = 0,
): Promise<ViewMessage> =>
  await person.waitFor(({ text = '' }) => text.includes(number) && pattern.test(text), { since });

/** Duty officer, officer and commission take a case of the Approvals Bureau to its survey. */
export async function strikeOff(channel: Channel, number: string): Promise<void> {
  const duty = channel.person(cast.duty);
  const officer = channel.person(cast.officer);
  await duty.press(/交办 审批局/, { message: await cardOf(duty, number, /新件待受理|请在.*前交办/) });
  await officer.press('✅ 签收', { message: await cardOf(officer, number, /请签收/) });
  await officer.press(/首次联系/, { message: await cardOf(officer, number, /首次联系/) });
  let since = officer.mark();
  await officer.say('您好，我来办这件事。');
  await handIn(channel, number, await cardOf(officer, number, /办理中/, since));
  since = duty.mark();
  await duty.press(/核销$/, { message: await cardOf(duty, number, /请核查|请在.*前核查/) });
  await cardOf(duty, number, /已核销/, since);
}

/** The officer hands the result in, from a card that offers it. */
export async function handIn(channel: Channel, number: string, card: ViewMessage): Promise<void> {
  const officer = channel.person(cast.officer);
  let since = officer.mark();
  await officer.press(/上报办结/, { message: card });
  await officer.waitFor(/办理结果/, { since });
  since = officer.mark();
  await officer.say('批复已出，可到窗口领取。');
  await officer.waitFor(/哪些措施/, { since });
  since = officer.mark();
  await officer.say('补齐内部流转。');
  await officer.waitFor(/佐证/, { since });
  since = officer.mark();
  await officer.say('批复原件在窗口，无电子件。');
  await officer.press(/上报$/, { message: await officer.waitFor(/核对后上报/, { since }) });
  await channel.person(cast.duty).waitFor(({ text = '' }) => text.includes(number) && /请核查/.test(text));
}
