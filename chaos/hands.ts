/** The ways in which somebody in a run reads, presses and writes; whatever he waits for in vain is lost. */
import type { Look, Narrow, Shown, Witness } from './witness.js';

export interface Teller {
  readonly witness: Witness;
  /** How long people had to wait for somebody else's doing to reach them, in milliseconds. */
  readonly waits: number[];
  /** How long somebody waits before he presses again; ten seconds unless told. */
  readonly pressAgainMs?: number;
  /** After so long something is lost, on however slow a machine; four minutes unless told. */
  readonly patienceMs?: number;
}

/** People press again when nothing happens. */
const usualPressAgainMs = 10_000;
const usualPatienceMs = 240_000;

export class Stuck extends Error {}

export const saying =
  (words: string): Look =>
  ({ text }) =>
    text.includes(words);
export const offering =
  (label: string): Look =>
  ({ buttons }) =>
    buttons.includes(label);

export interface Pressing {
  readonly personId: number;
  readonly label: string;
  readonly number?: string;
  readonly since?: number;
  /** Whom the press concerns; himself unless told. */
  readonly who?: number;
  readonly expects: Look;
  readonly what?: string;
}

export function createHands(teller: Teller) {
  const { witness, waits, pressAgainMs = usualPressAgainMs, patienceMs = usualPatienceMs } = teller;
  const busy = new Map<number, Promise<void>>();

  /** One form at a time: a person has two hands. */
  const alone = async (personId: number, work: () => Promise<void>): Promise<void> => {
    const before = busy.get(personId) ?? Promise.resolve();
    const mine = before.then(work);
    busy.set(
      personId,
      mine.catch(() => undefined),
    );
    await mine;
  };

  const seen = async (personId: number, look: Look, what: string, narrow: Narrow = {}): Promise<Shown> => {
    const found = await witness.wait(personId, look, { ...narrow, withinMs: patienceMs });
    if (!found) throw new Stuck(`${personId} never saw: ${what}`);
    return found;
  };

  /** Presses a button until what he expects is to be seen. */
  const pressUntil = async (pressing: Pressing): Promise<Shown> => {
    const { personId, label, number, expects, who = personId, what = `the effect of ${label}` } = pressing;
    const narrow: Narrow = { ...(number === undefined ? {} : { number }), since: pressing.since ?? 0 };
    const own: Narrow = number === undefined ? {} : { number };
    await seen(personId, offering(label), `a button ${label}`, own);
    const startedAt = performance.now();
    while (performance.now() - startedAt < patienceMs) {
      const button = witness.find(personId, offering(label), own);
      if (button) void witness.press(personId, button.messageId, label).catch(() => undefined);
      const shown = await witness.wait(who, expects, { ...narrow, withinMs: pressAgainMs });
      if (!shown) continue;
      if (who !== personId) waits.push(performance.now() - startedAt);
      return shown;
    }
    throw new Stuck(`${who} never saw: ${what}`);
  };

  const write = async (personId: number, number: string, form: readonly (readonly [string, string])[]) => {
    for (const [words, answer] of form) {
      const since = witness.tick();
      await witness.say(personId, words);
      await seen(personId, saying(answer), `${answer} after writing`, { number, since });
    }
  };

  return { alone, seen, pressUntil, write };
}
