import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import { Dialog } from './dialog.js';

/** The bot's answer to a press that asked to be confirmed. */
export function Alert({
  title,
  text,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
}): JSX.Element {
  const page = usePage();
  return (
    <Dialog title={title} kind="alertdialog" onClose={onClose}>
      <p class="dialog-text">{text}</p>
      <div class="dialog-buttons">
        <button type="button" class="primary" onClick={onClose}>
          {page.text.dialog.ok}
        </button>
      </div>
    </Dialog>
  );
}
