import type { JSX } from 'preact';
import type { ViewMessage } from '../model.js';
import { usePage } from '../page-context.js';
import { MediaFile } from './media-file.js';
import { MediaPhoto } from './media-photo.js';
import { MediaPlace } from './media-place.js';
import { MediaVoice } from './media-voice.js';

/** What a message carries besides words. */
export function MessageContent({ message }: { readonly message: ViewMessage }): JSX.Element | null {
  const { text } = usePage();
  if (message.photo)
    return <MediaPhoto photo={message.photo} label={message.caption ?? text.message.photo} />;
  if (message.voice) return <MediaVoice sound={message.voice} name={text.message.voice} />;
  if (message.audio)
    return <MediaVoice sound={message.audio} name={message.audio.fileName ?? text.message.audio} />;
  if (message.video) {
    return (
      <video
        class="video"
        src={message.video.url}
        controls
        preload="metadata"
        aria-label={text.message.video}
      />
    );
  }
  if (message.document) return <MediaFile file={message.document} />;
  if (message.location) return <MediaPlace {...message.location} />;
  if (message.pinned) return <p class="hint">{text.message.pinned}</p>;
  if (message.text === undefined && message.caption === undefined)
    return <p class="hint">{text.message.unknown}</p>;
  return null;
}
