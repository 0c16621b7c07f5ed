import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Button } from '../model.js';
import { usePage } from '../page-context.js';
import { Icon } from './icon.js';

export interface InlineKeyboardProps {
  readonly personId: number;
  readonly messageId: number;
  readonly rows: readonly (readonly Button[])[];
}

/** The buttons under a message. A pressed one shows that it waits until the bot has answered. */
export function InlineKeyboard({ personId, messageId, rows }: InlineKeyboardProps): JSX.Element {
  const { text, actions } = usePage();
  const [waiting, setWaiting] = useState<string | undefined>(undefined);

  const press = async (button: Button): Promise<void> => {
    if (button.url !== undefined) return actions.follow(personId, button.url);
    if (button.callbackData === undefined || waiting !== undefined) return;
    setWaiting(button.callbackData);
    await actions.press(personId, messageId, button.callbackData);
    setWaiting(undefined);
  };

  return (
    <div class="inline-keyboard" role="group" aria-label={text.message.buttons}>
      {rows.map((row, at) => (
        <div key={at} class="inline-row">
          {row.map((button, place) => (
            <button
              key={`${place}-${button.callbackData ?? button.url ?? ''}`}
              type="button"
              aria-busy={waiting !== undefined && waiting === button.callbackData}
              onClick={() => void press(button)}
            >
              <span>{button.text}</span>
              {button.url !== undefined && (
                <>
                  <Icon name="open" size={12} />
                  <span class="unseen">{text.message.opensLink}</span>
                </>
              )}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
