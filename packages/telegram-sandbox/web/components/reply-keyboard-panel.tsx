import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import type { KeyboardButton } from '../rich/reply-keyboard.js';

export interface ReplyKeyboardPanelProps {
  readonly rows: readonly (readonly KeyboardButton[])[];
  readonly onPress: (button: KeyboardButton) => void;
}

/** The keyboard a bot puts in place of the phone's: a press sends the button's words. */
export function ReplyKeyboardPanel({ rows, onPress }: ReplyKeyboardPanelProps): JSX.Element {
  const { text } = usePage();
  return (
    <div class="reply-keyboard" role="group" aria-label={text.compose.replyKeyboard}>
      {rows.map((row, at) => (
        <div key={at} class="inline-row">
          {row.map((button) => (
            <button key={button.text} type="button" onClick={() => onPress(button)}>
              {button.text}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
