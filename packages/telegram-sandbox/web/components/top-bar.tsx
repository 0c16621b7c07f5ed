import type { JSX } from 'preact';
import { usePage } from '../page-context.js';
import { themes, type PageState, type Theme } from '../store/state.js';
import { languages, texts } from '../text/text.js';
import { ClockBar } from './clock-bar.js';
import { TourToggle } from './tour-panel.js';
import { Icon, type IconName } from './icon.js';

const themeIcons: Readonly<Record<Theme, IconName>> = { auto: 'contrast', light: 'sun', dark: 'moon' };

/** The sandbox's name, the program's clock, the language and the appearance. */
export function TopBar({ state }: { readonly state: PageState }): JSX.Element {
  const { text, language, actions } = usePage();
  const nextTheme = themes[(themes.indexOf(state.theme) + 1) % themes.length] ?? 'auto';
  const themeTitle = `${text.page.theme}: ${text.page.themes[state.theme]}`;
  return (
    <header class="top-bar">
      <div class="top-title">
        <h1>{state.title === '' ? 'Sandbox' : state.title}</h1>
        <p role="status" data-connection={state.connection}>
          {state.connection === 'open'
            ? text.page.subtitle
            : state.connection === 'lost'
              ? text.page.lost
              : text.page.connecting}
        </p>
      </div>
      {state.hasClock && <ClockBar state={state} />}
      {state.tour.length > 0 && <TourToggle steps={state.tour} shown={state.tourShown} />}
      <div class="top-settings">
        <div class="switch" role="group" aria-label={text.page.language}>
          {languages.map((one) => (
            <button
              key={one}
              type="button"
              lang={one === 'zh' ? 'zh-Hans' : 'en'}
              aria-pressed={one === language}
              onClick={() => actions.setLanguage(one)}
            >
              <span aria-hidden="true">{one === 'zh' ? '中' : 'EN'}</span>
              <span class="unseen">{texts[one].languageName}</span>
            </button>
          ))}
        </div>
        <button
          type="button"
          class="icon-button"
          title={themeTitle}
          aria-label={themeTitle}
          onClick={() => actions.setTheme(nextTheme)}
        >
          <Icon name={themeIcons[state.theme]} size={20} />
        </button>
      </div>
    </header>
  );
}
