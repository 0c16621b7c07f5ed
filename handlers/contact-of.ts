import type { User } from 'telegraf/types';
import { cleanText } from '../src/domain/forms/form.js';
import type { Contact } from '../src/domain/person.js';

const longestName = 64;

/** Names are shown to others: without invisible or turning characters, on one line. */
const shownName = (name: string): string =>
  [...cleanText(name).replaceAll(/\s+/gu, ' ')].slice(0, longestName).join('');

/** Somebody as Telegram describes him with each update. */
export const contactOf = ({ id, first_name, last_name, username }: User): Contact => ({
  telegramId: id,
  name: shownName([first_name, last_name].filter(Boolean).join(' ')),
  username: username ?? null,
});
