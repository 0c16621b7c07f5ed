import type { Person } from '../model.js';
import type { Language } from '../text/text.js';

/** The name a person's Telegram account bears. */
export function nameOf({ firstName, lastName }: Person): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}

// A group's name this short may be part of a word: 企业 begins 企业主 as well.
const shortestGroup = 3;

/** The role without its group in front, for lists under the group's own heading: “Bureau, head” becomes “Head”. */
export function labelWithinGroup(
  { label, group }: Pick<Person, 'label' | 'group'>,
  language: Language,
): string {
  const whole = label[language];
  const front = group[language];
  if (front.length < shortestGroup || !whole.startsWith(front)) return whole;
  const rest = whole.slice(front.length).replace(/^[\s,，·:：-]+/, '');
  return rest === '' ? whole : rest.charAt(0).toUpperCase() + rest.slice(1);
}
