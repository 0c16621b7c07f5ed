import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { focusChat } from '../focus.js';
import type { ChosenFile } from '../files/send-files.js';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import { keyboardRows } from '../rich/reply-keyboard.js';
import type { Chat } from '../store/state.js';
import type { Reference } from './chat-column.js';
import { Composer } from './composer.js';
import { LocationDialog } from './location-dialog.js';
import { ReplyKeyboardPanel } from './reply-keyboard-panel.js';

export interface ChatFootProps {
  readonly person: Person;
  readonly chat: Chat;
  readonly reference: Reference | undefined;
  readonly onReferenceDone: () => void;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
}

/** Below the messages: the start button, the way back from blocking, or the field to write in. */
export function ChatFoot(props: ChatFootProps): JSX.Element {
  const { person, chat, reference, onReferenceDone, onFiles } = props;
  const { text, words, actions } = usePage();
  const [placing, setPlacing] = useState(false);
  // The keyboard that was folded away, by the message that set it: a newer one shows itself again.
  const [folded, setFolded] = useState(-1);
  const { replyKeyboard: keyboard, keyboardSetBy } = chat;

  // The button that was pressed makes room for the field; whoever pressed it goes on there.
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) focusChat(person.id);
    pressed.current = false;
  }, [person.blocked, person.started]);

  if (person.blocked) {
    return (
      <footer class="foot">
        <p class="hint">{text.chat.blockedHint}</p>
        <button
          type="button"
          class="foot-button"
          onClick={() => {
            pressed.current = true;
            void actions.unblock(person.id);
          }}
        >
          {text.chat.unblock}
        </button>
      </footer>
    );
  }
  if (!person.started) {
    return (
      <footer class="foot">
        <button
          type="button"
          class="foot-button"
          onClick={() => {
            pressed.current = true;
            void actions.start(person.id);
          }}
        >
          {text.chat.start}
          <span class="unseen"> – {words(person.label)}</span>
        </button>
      </footer>
    );
  }
  const shown = keyboard !== undefined && keyboardSetBy !== folded;
  return (
    <footer class="foot">
      <Composer
        person={person}
        chat={chat}
        reference={reference}
        placeholder={shown ? keyboard.input_field_placeholder : undefined}
        keyboard={keyboard === undefined ? 'none' : shown ? 'shown' : 'folded'}
        onKeyboard={() => setFolded(shown ? keyboardSetBy : -1)}
        onReferenceDone={onReferenceDone}
        onFiles={onFiles}
        onPlace={() => setPlacing(true)}
      />
      {shown && (
        <ReplyKeyboardPanel
          rows={keyboardRows(keyboard)}
          onPress={(button) => {
            if (keyboard.one_time_keyboard === true) setFolded(keyboardSetBy);
            if (button.asksForPlace) setPlacing(true);
            else void actions.say(person.id, button.text);
          }}
        />
      )}
      {placing && (
        <LocationDialog
          onClose={() => setPlacing(false)}
          onSend={(place) => void actions.sendLocation(person.id, place)}
        />
      )}
    </footer>
  );
}
