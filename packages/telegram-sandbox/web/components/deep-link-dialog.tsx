import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../page-context.js';
import { Dialog } from './dialog.js';

const payloadRule = /^[A-Za-z0-9_-]{1,64}$/;

export interface DeepLinkDialogProps {
  readonly onClose: () => void;
  readonly onStart: (payload: string) => void;
}

/** Asks for the code of an invitation link; a whole pasted link is accepted too. */
export function DeepLinkDialog({ onClose, onStart }: DeepLinkDialogProps): JSX.Element {
  const { text } = usePage();
  const [value, setValue] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const payload = value.trim().replace(/^.*[?&]start=/, '');
    if (!payloadRule.test(payload)) return setRefused(true);
    onStart(payload);
    onClose();
  };
  return (
    <Dialog title={text.chat.deepLinkTitle} onClose={onClose}>
      <form onSubmit={submit}>
        <label class="field">
          {text.chat.deepLinkLabel}
          <input
            value={value}
            autocomplete="off"
            aria-invalid={refused}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
        <p class={refused ? 'hint hint-bad' : 'hint'} role={refused ? 'alert' : undefined}>
          {text.chat.deepLinkRule}
        </p>
        <div class="dialog-buttons">
          <button type="button" onClick={onClose}>
            {text.dialog.cancel}
          </button>
          <button type="submit" class="primary">
            {text.chat.start}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
