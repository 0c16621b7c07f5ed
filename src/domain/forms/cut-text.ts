/** A text too long for one message of Telegram comes in several: what no form takes is refused whole. Pure. */
import { cleanText, limits } from './form.js';

/** Where Telegram's apps cut (4,096 UTF-16 units), less what white space at the cut may take away. */
const filledUnits = 4_080;
/** By Telegram's dates, which are whole seconds: nobody types the next message so soon. */
const followsWithinMs = 2_000;

export interface TypedText {
  /** Telegram's id of the message and its date. */
  readonly id: number;
  readonly at: Date;
  readonly text: string;
}

/** A refused text: its first and latest message, whether more of it may come, and the date of the latest. */
export interface CutText {
  readonly first: number;
  readonly last: number;
  readonly isOpen: boolean;
  readonly at: Date;
}

const fillsMessage = (text: string): boolean => text.length >= filledUnits;

/**
 * Takes the latest refused text of a person and what he sends; gives the refused text this is a part of behind its beginning,
 * or begins, null for everything else. The same message twice gives the same.
 */
export function readCutText(
  known: CutText | null,
  { id, at, text }: TypedText,
): { readonly of: CutText; readonly begins: boolean } | null {
  if (known && id > known.first && id <= known.last) return { of: known, begins: false };
  if (known?.isOpen && id > known.last && at.getTime() - known.at.getTime() <= followsWithinMs)
    return { of: { ...known, last: id, at, isOpen: fillsMessage(text) }, begins: false };
  // Whatever is asked for, no form takes more than a report.
  return fillsMessage(text) && [...cleanText(text)].length > limits.text.most
    ? { of: { first: id, last: id, at, isOpen: true }, begins: true }
    : null;
}
