/** What people do again and again while it is measured, each after he has seen what became of the last one. */
import { offering, saying, Stuck } from '../chaos/hands.js';
import type { Look, Shown, Witness } from '../chaos/witness.js';
import { catalogs } from '../src/text/catalog.js';
import { numbersIn } from '../chaos/numbers-in.js';

/** Does something so many times as somebody; gives how long each update took to be seen, in milliseconds. */
export type Act = (personId: number, times: number) => Promise<readonly number[]>;

const withinMs = 60_000;
const { buttons, help, report: asked, words } = catalogs.zh;
const text =
  '我们厂扩建项目的环评批复材料 3 月 12 日就在窗口交齐了，到现在五个多月没有任何书面答复，每次去问都说在走流程。';

export function acting(witness: Witness): { readonly press: Act; readonly step: Act } {
  const until = async (
    id: number,
    doing: () => Promise<void>,
    look: Look,
  ): Promise<readonly [Shown, number]> => {
    const since = witness.tick();
    const from = performance.now();
    const done = doing();
    const shown = await witness.wait(id, look, { since, withinMs });
    if (!shown) throw new Stuck(`${id} saw nothing`);
    const took = performance.now() - from;
    await done;
    return [shown, took];
  };
  const find = (id: number, label: string): Shown => {
    const shown = witness.find(id, offering(label));
    if (!shown) throw new Stuck(`${id} has no button ${label}`);
    return shown;
  };

  const turn = (id: number): { readonly messageId: number; readonly label: string } => {
    for (const label of [buttons.back, buttons.moreActions, buttons.open]) {
      // A form has a way back as well.
      const shown = witness.find(id, (one) => numbersIn(one.text).length > 0 && offering(label)(one));
      if (shown) return { messageId: shown.messageId, label };
    }
    throw new Stuck(`${id} has no card`);
  };

  /** From the receipt to the card, then to what stands behind "more" and back: the card is loaded and drawn anew each time. */
  const press: Act = async (id, times) => {
    const waits: number[] = [];
    for (let i = 0; i < times; i++) {
      const { messageId, label } = turn(id);
      const [, took] = await until(
        id,
        async () => await witness.press(id, messageId, label),
        (shown) => shown.messageId === messageId,
      );
      waits.push(took);
    }
    return waits;
  };

  /** A report from the first words to the consent screen, laid aside there, and begun anew: seven updates. */
  const step: Act = async (id, times) => {
    const waits: number[] = [];
    const pressed = async (label: string, look: Look): Promise<void> => {
      const { messageId } = find(id, label);
      const [, took] = await until(id, async () => await witness.press(id, messageId, label), look);
      waits.push(took);
    };
    const said = async (line: string, look: Look): Promise<void> => {
      const [, took] = await until(id, async () => await witness.say(id, line), look);
      waits.push(took);
    };
    while (waits.length < times) {
      await said(text, offering(buttons.filesDone(0)));
      await pressed(buttons.filesDone(0), saying(asked.confidentiality));
      await pressed(words.confidentiality.commission, saying(asked.review));
      await pressed(buttons.continue, saying(asked.consent));
      await said('/cancel', saying(help.draftKept));
      await said('/report', offering(buttons.newDraft));
      await pressed(buttons.newDraft, saying(asked.start));
    }
    return waits;
  };
  return { press, step };
}
