import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import { Icon } from './icon.js';

export interface MediaPlaceProps {
  readonly latitude: number;
  readonly longitude: number;
}

/** A place as a drawn map with its coordinates; no map is fetched from anywhere. */
export function MediaPlace({ latitude, longitude }: MediaPlaceProps): JSX.Element {
  const { text } = usePage();
  const coordinates = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <div class="place" role="img" aria-label={`${text.message.location} ${coordinates}`}>
      <svg viewBox="0 0 260 130" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
        <rect class="place-ground" width="260" height="130" />
        <path class="place-water" d="M0 96c40-14 70 8 110-2s66-26 150-8v44H0z" />
        <path class="place-road" d="M-5 40l120 22 60-34 90 18M70-5l22 140M190-5l-12 70 40 70" />
      </svg>
      <span class="place-pin">
        <Icon name="location" size={36} />
      </span>
      <span class="place-text">{coordinates}</span>
    </div>
  );
}
