import type { JSX } from 'preact';
import type { StoredFile } from '../model.js';
import { usePage } from '../page-context.js';
import { fileSize } from '../times.js';
import { Icon } from './icon.js';

/** A document with its name and size; the link downloads it. */
export function MediaFile({ file }: { readonly file: StoredFile }): JSX.Element {
  const { text } = usePage();
  const name = file.fileName ?? text.message.document;
  return (
    <a class="file" href={file.url} download={name} aria-label={text.message.download(name)}>
      <span class="file-icon">
        <Icon name="document" />
      </span>
      <span class="file-lines">
        <bdi>{name}</bdi>
        <small>{file.size === undefined ? file.mimeType : fileSize(file.size)}</small>
      </span>
    </a>
  );
}
