import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { sampleDocument, samplePhoto, sampleVoice } from '../files/samples.js';
import { kindOf, type ChosenFile } from '../files/send-files.js';
import type { Person } from '../model.js';
import { usePage } from '../page-context.js';
import { PopupMenu, type MenuItem } from './popup-menu.js';

export interface AttachMenuProps {
  readonly person: Person;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
  readonly onPlace: () => void;
  readonly onRecord: () => void;
}

/** Everything that can be sent besides words, with ready-made samples for whoever has no file at hand. */
export function AttachMenu({ person, onFiles, onPlace, onRecord }: AttachMenuProps): JSX.Element {
  const { text, actions } = usePage();
  const pictures = useRef<HTMLInputElement>(null);
  const documents = useRef<HTMLInputElement>(null);

  const picked = (input: HTMLInputElement, kind: (file: File) => ChosenFile['kind']): void => {
    onFiles([...(input.files ?? [])].map((file) => ({ kind: kind(file), file })));
    input.value = '';
  };
  const sendVoice = async (): Promise<void> => {
    await actions.sendFiles(person.id, [await sampleVoice()], '');
  };

  const items: readonly MenuItem[] = [
    { icon: 'photo', label: text.attach.photo, onSelect: () => pictures.current?.click() },
    { icon: 'document', label: text.attach.document, onSelect: () => documents.current?.click() },
    { icon: 'microphone', label: text.attach.voice, onSelect: onRecord },
    { icon: 'location', label: text.attach.location, onSelect: onPlace },
    {
      icon: 'photo',
      label: text.attach.samplePhoto,
      heading: text.attach.samples,
      onSelect: () => void samplePhoto(text).then((file) => onFiles([{ kind: 'photo', file }])),
    },
    {
      icon: 'document',
      label: text.attach.sampleDocument,
      onSelect: () => onFiles([{ kind: 'document', file: sampleDocument(text) }]),
    },
    { icon: 'microphone', label: text.attach.sampleVoice, onSelect: () => void sendVoice() },
  ];
  return (
    <>
      <PopupMenu label={text.compose.attach} icon="attach" items={items} size={24} />
      <input
        ref={pictures}
        type="file"
        hidden
        multiple
        accept="image/*,video/*"
        data-pick="photo"
        onChange={(event) => picked(event.currentTarget, kindOf)}
      />
      <input
        ref={documents}
        type="file"
        hidden
        multiple
        data-pick="document"
        onChange={(event) => picked(event.currentTarget, () => 'document')}
      />
    </>
  );
}
