/** What people do with one case, from the first words to the verdict; each step is taken once the one before can be seen. */
import { catalogs } from '../src/text/catalog.js';
import { cast } from './organisation.js';
import { createHands, offering, saying, Stuck, type Teller } from './hands.js';
import type { Look, Shown } from './witness.js';
import { numbersIn } from './numbers-in.js';

/** How far a case is taken. */
export const stages = [
  'filed',
  'dispatched',
  'signed',
  'contacted',
  'submitted',
  'closed',
  'surveyed',
] as const;
export type Stage = (typeof stages)[number];

export interface Life {
  readonly index: number;
  readonly ownerId: number;
  readonly officerId: number;
  readonly dutyId: number;
  readonly until: Stage;
}

export interface Lived {
  readonly life: Life;
  /** The number on the receipt; undefined when none was ever shown. */
  number: string | undefined;
  reached: Stage | undefined;
  /** What was waited for in vain. */
  stuck: string | undefined;
}

/** Words by which the commission recognises a report on its cards. */
export const markOf = (index: number): string => `〔第${index}号〕`;
const report = (index: number): string =>
  `我们厂扩建项目的环评批复材料 3 月 12 日就在窗口交齐了，到现在五个多月没有任何书面答复，每次去问都说在走流程。${markOf(index)}`;

const { buttons, notices, report: asked, forms, help, words, survey: questions } = catalogs.zh;
const { transition } = buttons;

const numberIn = ({ text }: Shown): string => numbersIn(text)[0] ?? '';

export function createLives(teller: Teller) {
  const { witness } = teller;
  const { alone, seen, pressUntil, write } = createHands(teller);
  /** What somebody's earlier reports became: a receipt of one of them may be shown again while he files the next. */
  const numbersOf = new Map<number, Set<string>>();

  const arrive = async (personId: number, isOwner: boolean): Promise<void> => {
    await witness.start(personId);
    await pressUntil({ personId, label: '中文', expects: saying(help.languageSet) });
    if (!isOwner) return;
    await pressUntil({ personId, label: help.honestyOk, expects: saying(asked.start) });
  };

  const file = async ({ index, ownerId }: Life): Promise<string> => {
    const since = witness.tick();
    const earlier = numbersOf.get(ownerId) ?? new Set<string>();
    numbersOf.set(ownerId, earlier);
    await witness.say(ownerId, report(index));
    const steps: readonly (readonly [string, Look])[] = [
      [buttons.filesDone(0), saying(asked.confidentiality)],
      [words.confidentiality.commission, saying(asked.review)],
      [buttons.continue, saying(asked.consent)],
      [buttons.send, (shown) => saying(asked.receiptTitle)(shown) && !earlier.has(numberIn(shown))],
    ];
    await seen(ownerId, offering(buttons.filesDone(0)), 'the question for files', { since });
    let receipt: Shown | undefined;
    for (const [label, expects] of steps)
      receipt = await pressUntil({ personId: ownerId, label, expects, since });
    const number = receipt ? numberIn(receipt) : '';
    earlier.add(number);
    return number;
  };

  const contact = async (life: Life, number: string): Promise<void> => {
    const { officerId, ownerId, index } = life;
    await alone(officerId, async () => {
      const since = witness.tick();
      const label = transition.contact;
      await pressUntil({ personId: officerId, number, label, since, expects: saying(forms.contact) });
      await write(officerId, number, [[`您好，我是承办人，正在核实。${markOf(index)}`, forms.sent]]);
    });
    await seen(ownerId, saying(notices.message), 'the first contact', { number });
  };

  const submit = async ({ officerId, dutyId }: Life, number: string): Promise<void> => {
    await alone(officerId, async () => {
      const since = witness.tick();
      await pressUntil({
        personId: officerId,
        number,
        label: transition.submit,
        since,
        expects: saying(forms.result),
      });
      await write(officerId, number, [
        ['批复已出，今日可到窗口领取。', forms.measures],
        ['与环评科会商，补齐内部流转。', forms.evidence],
        ['批复原件在窗口，无电子件。', forms.check],
      ]);
      const expects = saying(notices.submitted);
      await pressUntil({ personId: officerId, number, label: forms.submitSend, who: dutyId, expects });
    });
  };

  const survey = async ({ ownerId }: Life, number: string): Promise<void> => {
    const answers: readonly (readonly [string, string])[] = [
      [buttons.yes, questions.solved],
      [buttons.solved.yes, questions.satisfied],
      [`⭐⭐⭐⭐⭐ ${buttons.satisfied[4] ?? ''}`, questions.thanks],
    ];
    for (const [label, next] of answers)
      await pressUntil({ personId: ownerId, number, label, expects: saying(next) });
  };

  const steps: readonly (readonly [Stage, (life: Life, number: string) => Promise<unknown>])[] = [
    [
      'dispatched',
      ({ dutyId, officerId }, number) =>
        pressUntil({
          personId: dutyId,
          number,
          label: buttons.dispatchTo('审批局'),
          who: officerId,
          expects: offering(transition.sign),
        }),
    ],
    [
      'signed',
      ({ ownerId, officerId }, number) =>
        pressUntil({
          personId: officerId,
          number,
          label: transition.sign,
          who: ownerId,
          expects: saying(notices.signed),
        }),
    ],
    ['contacted', contact],
    ['submitted', submit],
    [
      'closed',
      ({ ownerId, dutyId }, number) =>
        pressUntil({
          personId: dutyId,
          number,
          label: transition.close,
          who: ownerId,
          expects: saying(notices.survey),
        }),
    ],
    ['surveyed', survey],
  ];

  /** Tells a life as far as it is to go, of somebody new from his first step into the chat; says where it got stuck. */
  const live = async (life: Life, isNew: boolean): Promise<Lived> => {
    const lived: Lived = { life, number: undefined, reached: undefined, stuck: undefined };
    try {
      if (isNew) await arrive(life.ownerId, true);
      lived.number = await file(life);
      lived.reached = 'filed';
      for (const [stage, step] of steps) {
        if (stages.indexOf(stage) > stages.indexOf(life.until)) break;
        await step(life, lived.number);
        lived.reached = stage;
      }
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      lived.stuck = error.message;
    }
    return lived;
  };

  return { arrive, live };
}

/** Who has to do with a life, by its place in the run. */
export const castOf = (index: number, ownerId: number, until: Stage): Life => ({
  index,
  ownerId,
  officerId: cast.officers[index % cast.officers.length] ?? cast.officers[0],
  dutyId: cast.duties[index % cast.duties.length] ?? cast.duties[0],
  until,
});
