import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChosenFile } from '../files/send-files.js';
import { usePage } from '../page-context.js';
import { minutesAndSeconds } from '../times.js';
import type { Recording } from '../voice/record.js';
import { Icon } from './icon.js';

export interface RecorderBarProps {
  readonly recording: Recording;
  /** Called with the file, or with nothing when the recording was discarded. */
  readonly onEnd: (voice: ChosenFile | undefined) => void;
}

/** Stands in place of the field while a voice message is being recorded. */
export function RecorderBar({ recording, onEnd }: RecorderBarProps): JSX.Element {
  const { text } = usePage();
  const [seconds, setSeconds] = useState(0);
  const sendButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    sendButton.current?.focus();
    const timer = setInterval(() => setSeconds((now) => now + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="composer recorder" role="group" aria-label={text.compose.recording}>
      <span class="recorder-light" aria-hidden="true" />
      <span class="recorder-time">
        {text.compose.recording} {minutesAndSeconds(seconds)}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={text.compose.discard}
        onClick={() => {
          recording.discard();
          onEnd(undefined);
        }}
      >
        <Icon name="trash" />
      </button>
      <button
        ref={sendButton}
        type="button"
        class="icon-button send-button"
        aria-label={text.compose.stopAndSend}
        onClick={() => void recording.finish().then(onEnd)}
      >
        <Icon name="send" />
      </button>
    </div>
  );
}
