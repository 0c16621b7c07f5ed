import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { StoredFile } from '../model.js';
import { usePage } from '../page-context.js';
import { minutesAndSeconds } from '../times.js';
import { Icon } from './icon.js';

const bars = 34;

/** A voice message or a piece of audio with a play button and its progress. */
export function MediaVoice({
  sound,
  name,
}: {
  readonly sound: StoredFile;
  readonly name: string;
}): JSX.Element {
  const { text } = usePage();
  const player = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [measured, setMeasured] = useState<number | undefined>(undefined);
  const length = measured ?? sound.duration ?? 0;

  const toggle = (): void => {
    if (playing) player.current?.pause();
    else void player.current?.play().catch(() => setPlaying(false));
  };

  return (
    <div class="voice">
      <audio
        ref={player}
        src={sound.url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget: { duration } }) => {
          if (Number.isFinite(duration)) setMeasured(duration);
        }}
      />
      <button
        type="button"
        class="voice-play"
        aria-label={`${playing ? text.message.pause : text.message.play}: ${name}`}
        onClick={toggle}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <span class="file-lines">
        <span class="wave" aria-hidden="true">
          {Array.from({ length: bars }, (_, bar) => (
            <i
              key={bar}
              data-played={length > 0 && bar / bars < at / length}
              style={{ height: `${barHeight(sound.fileId, bar)}%` }}
            />
          ))}
        </span>
        <small>{minutesAndSeconds(at > 0 ? at : length)}</small>
      </span>
    </div>
  );
}

// Not the real loudness: a steady picture per file, so that messages can be told apart.
function barHeight(fileId: string, bar: number): number {
  let sum = bar * 2_654_435_761;
  for (const letter of fileId.slice(-12)) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return 18 + (Math.abs(sum) % 83);
}
