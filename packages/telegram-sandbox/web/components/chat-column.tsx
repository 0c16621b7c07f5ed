import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useCallback, useState } from 'preact/hooks';
import { kindOf, type ChosenFile } from '../files/send-files.js';
import type { Person, ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import type { Chat, Notice } from '../store/state.js';
import { ChatFoot } from './chat-foot.js';
import { ChatHeader } from './chat-header.js';
import { MessageList } from './message-list.js';
import { Notices } from './notices.js';
import { SendDialog } from './send-dialog.js';

export interface ChatColumnProps {
  readonly person: Person;
  /** Counted from the left, from 1. */
  readonly place: number;
  readonly chat: Chat;
  readonly botName: string;
  readonly focused: boolean;
  readonly unreadElsewhere: number;
  readonly notices: readonly Notice[];
}

/** What the next message refers to: a message it answers, or the own message it changes. */
export type Reference = { readonly kind: 'reply' | 'edit'; readonly message: ViewMessage };

const mostFiles = 10;

/** One person's whole chat with the bot; files may be dropped anywhere on it. */
export const ChatColumn = memo(function ChatColumn(props: ChatColumnProps): JSX.Element {
  const { person, chat, botName, focused, unreadElsewhere } = props;
  const { text, words, actions } = usePage();
  const [reference, setReference] = useState<Reference | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const [dragging, setDragging] = useState(false);
  const label = words(person.label);

  const choose = useCallback(
    (files: readonly ChosenFile[]) => {
      if (files.length > mostFiles)
        actions.notify({ text: text.attach.atMostTen, tone: 'plain', personId: person.id });
      setChosen(files.slice(0, mostFiles));
    },
    [actions, text, person.id],
  );

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) choose(files.map((file) => ({ kind: kindOf(file), file })));
  };

  return (
    <section
      class="column"
      data-focused={focused}
      data-person={person.id}
      aria-keyshortcuts={`Alt+${props.place}`}
      aria-label={text.chat.title(label)}
      onFocusCapture={() => actions.focus(person.id)}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget) setDragging(false);
      }}
      onDrop={drop}
    >
      <ChatHeader person={person} botName={botName} typing={chat.typing} unreadElsewhere={unreadElsewhere} />
      <div class="messages-frame">
        <MessageList person={person} chat={chat} onRefer={setReference} />
        <Notices notices={props.notices} />
      </div>
      <ChatFoot
        person={person}
        chat={chat}
        reference={reference}
        onReferenceDone={() => setReference(undefined)}
        onFiles={choose}
      />
      {dragging && <div class="drop-zone">{text.attach.dropHere}</div>}
      {chosen.length > 0 && (
        <SendDialog
          files={chosen}
          onChange={setChosen}
          onClose={() => setChosen([])}
          onSend={(files, caption) => actions.sendFiles(person.id, files, caption)}
        />
      )}
    </section>
  );
});
