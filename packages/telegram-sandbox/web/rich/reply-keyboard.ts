import type { ReplyKeyboard } from '../model.js';

export interface KeyboardButton {
  readonly text: string;
  readonly asksForPlace: boolean;
}

/** The rows of a bot's keyboard, its plain strings and button objects made alike. */
export function keyboardRows({ keyboard }: ReplyKeyboard): readonly (readonly KeyboardButton[])[] {
  return keyboard.map((row) =>
    row.map((button) =>
      typeof button === 'string'
        ? { text: button, asksForPlace: false }
        : { text: button.text, asksForPlace: button.request_location === true },
    ),
  );
}
