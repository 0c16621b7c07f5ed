import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import { summaryOf } from '../rich/summary.js';
import type { Reference } from './chat-column.js';
import { Icon } from './icon.js';

/** Above the field: which message is being answered or changed. */
export function ComposeReference({
  reference,
  onCancel,
}: {
  readonly reference: Reference;
  readonly onCancel: () => void;
}): JSX.Element {
  const { text } = usePage();
  const editing = reference.kind === 'edit';
  return (
    <div class="compose-reference">
      <Icon name={editing ? 'edit' : 'reply'} size={20} />
      <p>
        <strong>{editing ? text.compose.editing : text.compose.replyingTo}</strong>
        <span>{summaryOf(reference.message, text)}</span>
      </p>
      <button type="button" class="icon-button" aria-label={text.compose.cancel} onClick={onCancel}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
