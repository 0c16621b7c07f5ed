import type { Theme } from './store/state.js';
import type { Language } from './text/text.js';

const keys = {
  language: 'sandbox.language',
  theme: 'sandbox.theme',
  open: 'sandbox.open',
  tour: 'sandbox.tour',
} as const;

// A browser may forbid storage; the page then simply forgets.
function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

/** The remembered language, else the browser's: Chinese when it prefers Chinese, English otherwise. */
export function readLanguage(): Language {
  const kept = recall(keys.language);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function keepLanguage(language: Language): void {
  remember(keys.language, language);
}

export function readTheme(): Theme {
  const kept = recall(keys.theme);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function keepTheme(theme: Theme): void {
  remember(keys.theme, theme);
}

/** Puts language and appearance on the document, where the styles and screen readers look for them. */
export function applySettings(language: Language, theme: Theme): void {
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** Ids of the people whose chats were shown last; empty when nothing was remembered. */
export function readOpenChats(): readonly number[] {
  try {
    const kept: unknown = JSON.parse(recall(keys.open) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is number => typeof one === 'number') : [];
  } catch {
    return [];
  }
}

export function keepOpenChats(people: readonly number[]): void {
  remember(keys.open, JSON.stringify(people));
}

const tourFitsFromPx = 1100;

/** Whether the tour is shown: as it was left, else where there is room beside the chats. */
export function readTour(): boolean {
  const kept = recall(keys.tour);
  return kept === undefined ? window.innerWidth >= tourFitsFromPx : kept === 'shown';
}

export function keepTour(shown: boolean): void {
  remember(keys.tour, shown ? 'shown' : 'hidden');
}
