import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import { nameOf } from '../rich/labels.js';
import { Avatar } from './avatar.js';
import { DeepLinkDialog } from './deep-link-dialog.js';
import { Icon } from './icon.js';
import { PopupMenu, type MenuItem } from './popup-menu.js';

export interface ChatHeaderProps {
  readonly person: Person;
  readonly botName: string;
  readonly typing: boolean;
  readonly unreadElsewhere: number;
}

/** Whose chat this is, whether the bot is typing, and what can be done with the chat as a whole. */
export function ChatHeader({ person, botName, typing, unreadElsewhere }: ChatHeaderProps): JSX.Element {
  const { text, words, actions } = usePage();
  const [linking, setLinking] = useState(false);
  const label = words(person.label);
  const name = nameOf(person);
  const items: readonly MenuItem[] = [
    { icon: 'restart', label: text.chat.restart, onSelect: () => void actions.start(person.id) },
    { icon: 'link', label: text.chat.deepLink, onSelect: () => setLinking(true) },
    person.blocked
      ? { icon: 'check', label: text.chat.unblock, onSelect: () => void actions.unblock(person.id) }
      : { icon: 'block', label: text.chat.block, grave: true, onSelect: () => void actions.block(person.id) },
  ];
  return (
    <header class="chat-header">
      <button type="button" class="icon-button chat-back" aria-label={text.chat.back} onClick={actions.back}>
        <Icon name="back" />
        {unreadElsewhere > 0 && <span class="badge">{unreadElsewhere > 99 ? '99+' : unreadElsewhere}</span>}
      </button>
      <Avatar id={person.id} name={name} small />
      <div class="chat-title">
        <h2 title={label}>{label}</h2>
        <p>
          {typing ? (
            <span class="typing">
              {botName} {text.chat.typing}
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
            </span>
          ) : (
            <>
              {name} → {botName}
            </>
          )}
        </p>
      </div>
      <PopupMenu label={text.chat.more} icon="more" items={items} />
      <button
        type="button"
        class="icon-button chat-close"
        aria-label={text.chat.close}
        title={text.chat.close}
        onClick={() => actions.close(person.id)}
      >
        <Icon name="close" size={20} />
      </button>
      {linking && (
        <DeepLinkDialog
          onClose={() => setLinking(false)}
          onStart={(payload) => void actions.start(person.id, payload)}
        />
      )}
    </header>
  );
}
