import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { kindOf, type ChosenFile } from '../files/send-files.js';
import { usePage } from '../page-context.js';
import { fileSize } from '../times.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

export interface SendDialogProps {
  readonly files: readonly ChosenFile[];
  readonly onChange: (files: readonly ChosenFile[]) => void;
  readonly onClose: () => void;
  readonly onSend: (files: readonly ChosenFile[], caption: string) => Promise<boolean>;
}

/** Shows the chosen files before they go, takes a caption, and lets pictures go as plain files. */
export function SendDialog({ files, onChange, onClose, onSend }: SendDialogProps): JSX.Element {
  const { text } = usePage();
  const [caption, setCaption] = useState('');
  const [sending, setSending] = useState(false);
  const asFiles = files.every((chosen) => chosen.kind === 'document');
  const canBeMedia = files.some((chosen) => kindOf(chosen.file) !== 'document');

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const sent = await onSend(files, caption.trim());
    setSending(false);
    if (sent) onClose();
  };
  const setAsFiles = (wanted: boolean): void =>
    onChange(files.map(({ file }) => ({ file, kind: wanted ? 'document' : kindOf(file) })));

  return (
    <Dialog title={text.attach.title(files.length)} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <ul class="chosen-files">
          {files.map((chosen) => (
            <ChosenRow
              key={`${chosen.file.name}-${chosen.file.size}-${chosen.file.lastModified}`}
              chosen={chosen}
              onRemove={() => onChange(files.filter((one) => one !== chosen))}
            />
          ))}
        </ul>
        {canBeMedia && (
          <label class="check">
            <input
              type="checkbox"
              checked={asFiles}
              onChange={(event) => setAsFiles(event.currentTarget.checked)}
            />
            {text.attach.asFiles}
          </label>
        )}
        <label class="field">
          {text.attach.caption}
          <input
            value={caption}
            maxLength={1024}
            onInput={(event) => setCaption(event.currentTarget.value)}
          />
        </label>
        <div class="dialog-buttons">
          <button type="button" onClick={onClose}>
            {text.dialog.cancel}
          </button>
          <button type="submit" class="primary" disabled={sending}>
            {text.dialog.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function ChosenRow({
  chosen,
  onRemove,
}: {
  readonly chosen: ChosenFile;
  readonly onRemove: () => void;
}): JSX.Element {
  const { text } = usePage();
  const { file, kind } = chosen;
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <li>
      {kind === 'photo' ? <img src={url} alt="" /> : <Icon name="document" size={32} />}
      <span class="chosen-name">
        {file.name}
        <small>{fileSize(file.size)}</small>
      </span>
      <button type="button" class="icon-button" aria-label={text.attach.remove(file.name)} onClick={onRemove}>
        <Icon name="close" size={18} />
      </button>
    </li>
  );
}
