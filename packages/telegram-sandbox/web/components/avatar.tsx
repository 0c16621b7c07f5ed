import type { JSX } from 'preact';

const colours = 7;

/** Initials on one of seven colours, the same for one id always. */
export function Avatar({
  id,
  name,
  small = false,
}: {
  readonly id: number;
  readonly name: string;
  readonly small?: boolean;
}): JSX.Element {
  return (
    <span
      class={small ? 'avatar avatar-small' : 'avatar'}
      data-colour={Math.abs(id) % colours}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters =
    words.length > 1
      ? `${[...(words[0] ?? '')][0] ?? ''}${[...(words.at(-1) ?? '')][0] ?? ''}`
      : [...name.trim()].slice(0, 1).join('');
  return letters.toUpperCase();
}
