import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { kindOf, type ChosenFile } from '../files/send-files.js';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import type { Chat } from '../store/state.js';
import { startRecording, type Recording } from '../voice/record.js';
import { AttachMenu } from './attach-menu.js';
import type { Reference } from './chat-column.js';
import { CommandList, matchingCommands } from './command-list.js';
import { ComposeReference } from './compose-reference.js';
import { Icon } from './icon.js';
import { RecorderBar } from './recorder-bar.js';

export interface ComposerProps {
  readonly person: Person;
  readonly chat: Chat;
  readonly reference: Reference | undefined;
  readonly placeholder: string | undefined;
  readonly keyboard: 'none' | 'shown' | 'folded';
  readonly onKeyboard: () => void;
  readonly onReferenceDone: () => void;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
  readonly onPlace: () => void;
}

// What was written and not sent yet outlives a closed column.
const drafts = new Map<number, string>();

/** The field to write in. Enter sends (on touch screens it starts a new line), “/” opens the commands. */
export function Composer(props: ComposerProps): JSX.Element {
  const { person, chat, reference, onReferenceDone } = props;
  const { text, words, actions } = usePage();
  const [draft, setDraft] = useState(drafts.get(person.id) ?? '');
  const [menuShown, setMenuShown] = useState(false);
  const [chosenCommand, setChosenCommand] = useState(0);
  const [recording, setRecording] = useState<Recording | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const commands = menuShown ? chat.commands : matchingCommands(chat.commands, draft);
  const listShown = commands.length > 0;

  const write = (value: string): void => {
    drafts.set(person.id, value);
    setDraft(value);
    setMenuShown(false);
    setChosenCommand(0);
  };

  useEffect(() => {
    if (!reference) return;
    if (reference.kind === 'edit') write(reference.message.text ?? '');
    field.current?.focus();
  }, [reference]);

  useEffect(() => {
    if (chat.pasted === undefined) return;
    write(chat.pasted);
    actions.pasteTaken(person.id);
    field.current?.focus();
  }, [chat.pasted]);

  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [draft, recording]);

  const done = (): void => {
    if (reference?.kind === 'edit') write('');
    onReferenceDone();
  };

  const send = async (words: string): Promise<void> => {
    if (words.trim() === '') return;
    const { kind, message } = reference ?? {};
    write('');
    const sent =
      kind === 'edit' && message
        ? await actions.edit(person.id, message.messageId, words)
        : await actions.say(person.id, words, message?.messageId);
    if (sent) onReferenceDone();
    else write(words);
  };

  const runCommand = (command: string): void => {
    write('');
    field.current?.focus();
    void actions.say(person.id, `/${command}`);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // While an input method composes, Enter and the arrows belong to it.
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (listShown) write(menuShown ? draft : '');
      else done();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (listShown && step !== undefined) {
      event.preventDefault();
      setChosenCommand((chosenCommand + step + commands.length) % commands.length);
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || isTouch()) return;
    event.preventDefault();
    const chosen = commands[chosenCommand];
    if (chosen) runCommand(chosen.command);
    else void send(draft);
  };

  const onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    props.onFiles(files.map((file) => ({ kind: kindOf(file), file })));
  };

  const record = async (): Promise<void> => {
    try {
      setRecording(await startRecording());
    } catch {
      actions.notify({ text: text.fault.noMicrophone, tone: 'fault', personId: person.id });
    }
  };

  if (recording) {
    return (
      <RecorderBar
        recording={recording}
        onEnd={(voice) => {
          setRecording(undefined);
          if (voice) void actions.sendFiles(person.id, [voice], '');
        }}
      />
    );
  }
  const editing = reference?.kind === 'edit';
  return (
    <>
      {reference && <ComposeReference reference={reference} onCancel={done} />}
      {listShown && (
        <CommandList
          id={listId}
          commands={commands}
          chosen={chosenCommand}
          onChoose={(command) => runCommand(command)}
        />
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void send(draft);
        }}
      >
        {chat.menuIsCommands && (
          <button
            type="button"
            class="menu-button"
            aria-expanded={menuShown}
            aria-label={text.compose.commands}
            onClick={() => {
              setMenuShown(!menuShown);
              field.current?.focus();
            }}
          >
            <Icon name={menuShown ? 'close' : 'menu'} size={18} />
            <span>{text.compose.menu}</span>
          </button>
        )}
        <textarea
          ref={field}
          rows={1}
          value={draft}
          placeholder={props.placeholder ?? text.compose.placeholder}
          aria-label={text.compose.label(words(person.label))}
          aria-haspopup="listbox"
          aria-controls={listShown ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={listShown ? `${listId}-${chosenCommand}` : undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {props.keyboard !== 'none' && (
          <button
            type="button"
            class="icon-button"
            aria-pressed={props.keyboard === 'shown'}
            aria-label={props.keyboard === 'shown' ? text.compose.hideKeyboard : text.compose.keyboard}
            onClick={props.onKeyboard}
          >
            <Icon name="keyboard" />
          </button>
        )}
        {!editing && (
          <AttachMenu
            person={person}
            onFiles={props.onFiles}
            onPlace={props.onPlace}
            onRecord={() => void record()}
          />
        )}
        {draft.trim() === '' && !editing ? (
          <button
            type="button"
            class="icon-button"
            aria-label={text.compose.record}
            title={text.compose.record}
            onClick={() => void record()}
          >
            <Icon name="microphone" />
          </button>
        ) : (
          <button
            type="submit"
            class="icon-button send-button"
            aria-label={editing ? text.compose.save : text.compose.send}
          >
            <Icon name={editing ? 'check' : 'send'} />
          </button>
        )}
      </form>
    </>
  );
}

function isTouch(): boolean {
  return window.matchMedia('(pointer: coarse)').matches;
}
