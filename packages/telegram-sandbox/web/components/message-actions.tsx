import type { JSX } from 'preact';
import type { ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import type { Reference } from './chat-column.js';
import { PopupMenu, type MenuItem } from './popup-menu.js';

export interface MessageActionsProps {
  readonly message: ViewMessage;
  readonly onRefer: (reference: Reference) => void;
}

/** Answer, copy, change one's own text. */
export function MessageActions({ message, onRefer }: MessageActionsProps): JSX.Element {
  const { text, actions } = usePage();
  const words = message.text ?? message.caption;
  const copy = async (copied: string): Promise<void> => {
    await navigator.clipboard.writeText(copied);
    actions.notify({ text: text.message.copied, tone: 'plain' });
  };
  const items: MenuItem[] = [
    { icon: 'reply', label: text.message.reply, onSelect: () => onRefer({ kind: 'reply', message }) },
  ];
  if (words !== undefined && message.protectContent !== true) {
    items.push({
      icon: 'copy',
      label: text.message.copy,
      onSelect: () => void copy(words).catch(() => undefined),
    });
  }
  if (message.from === 'person' && message.text !== undefined) {
    items.push({
      icon: 'edit',
      label: text.message.edit,
      onSelect: () => onRefer({ kind: 'edit', message }),
    });
  }
  return (
    <div class="message-actions">
      <PopupMenu label={text.message.actions} icon="more" size={18} items={items} />
    </div>
  );
}
