import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from '../page-context.js';
import { Dialog } from './dialog.js';

const start = { latitude: '30.894200', longitude: '120.086800' };

export interface LocationDialogProps {
  readonly onClose: () => void;
  readonly onSend: (place: { readonly latitude: number; readonly longitude: number }) => void;
}

/** Asks for a place in degrees, or takes the browser's own. */
export function LocationDialog({ onClose, onSend }: LocationDialogProps): JSX.Element {
  const { text } = usePage();
  const [place, setPlace] = useState(start);
  const [fault, setFault] = useState<string | undefined>(undefined);

  const submit = (event: Event): void => {
    event.preventDefault();
    const latitude = degrees(place.latitude, 90);
    const longitude = degrees(place.longitude, 180);
    if (latitude === undefined || longitude === undefined) return setFault(text.place.rule);
    onSend({ latitude, longitude });
    onClose();
  };
  const useHere = (): void => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        setPlace({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) }),
      () => setFault(text.place.unavailable),
    );
  };

  return (
    <Dialog title={text.place.title} onClose={onClose}>
      <form onSubmit={submit}>
        {(['latitude', 'longitude'] as const).map((name) => (
          <label key={name} class="field">
            {text.place[name]}
            <input
              inputMode="decimal"
              value={place[name]}
              onInput={(event) => setPlace({ ...place, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
        {fault !== undefined && (
          <p class="hint hint-bad" role="alert">
            {fault}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" onClick={onClose}>
            {text.dialog.cancel}
          </button>
          <button type="button" onClick={useHere}>
            {text.place.here}
          </button>
          <button type="submit" class="primary">
            {text.dialog.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function degrees(given: string, most: number): number | undefined {
  const value = Number(given.trim());
  return given.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? value : undefined;
}
