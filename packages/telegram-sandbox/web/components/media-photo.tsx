import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PhotoFile } from '../model.js';
import { usePage } from '../page-context.js';
import { Dialog } from './dialog.js';

/** A photo in the chat; pressing shows it large. Its place is kept free while it loads. */
export function MediaPhoto({
  photo,
  label,
}: {
  readonly photo: PhotoFile;
  readonly label: string;
}): JSX.Element {
  const { text } = usePage();
  const [large, setLarge] = useState(false);
  const { width, height, url } = photo;
  return (
    <>
      <button
        type="button"
        class="photo"
        aria-label={`${text.message.viewPhoto}: ${label}`}
        onClick={() => setLarge(true)}
      >
        <img src={url} alt="" width={width} height={height} loading="lazy" decoding="async" />
      </button>
      {large && (
        <Dialog title={text.message.photo} wide onClose={() => setLarge(false)}>
          <img class="photo-large" src={url} alt={label} />
          <div class="dialog-buttons">
            <a class="button" href={url} target="_blank" rel="noopener">
              {text.message.download(text.message.photo)}
            </a>
            <button type="button" class="primary" onClick={() => setLarge(false)}>
              {text.dialog.close}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
