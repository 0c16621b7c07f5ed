import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from './model.js';
import type { Actions } from './store/actions.js';
import type { Language, Text } from './text/text.js';

export interface PageContext {
  readonly text: Text;
  readonly language: Language;
  readonly words: (words: Words) => string;
  readonly actions: Actions;
}

export const Page = createContext<PageContext | undefined>(undefined);

/** The texts, language and actions every component may use; refuses to work outside the page. */
export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) throw new Error('a component stands outside the page');
  return page;
}
