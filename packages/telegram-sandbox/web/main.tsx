import { render } from 'preact';
import { App } from './components/app.js';
import { followShortcuts } from './focus.js';
import { summaryOf } from './rich/summary.js';
import {
  applySettings,
  keepLanguage,
  keepOpenChats,
  keepTheme,
  keepTour,
  readLanguage,
  readOpenChats,
  readTheme,
  readTour,
} from './settings.js';
import { createActions } from './store/actions.js';
import { startLive } from './store/live.js';
import { createLoading } from './store/loading.js';
import { initialState, type PageState } from './store/state.js';
import { createStore } from './store/store.js';
import { texts, type Text } from './text/text.js';

const store = createStore<PageState>({
  ...initialState,
  language: readLanguage(),
  theme: readTheme(),
  tourShown: readTour(),
});
const text = (): Text => texts[store.get().language];
const loading = createLoading(store);
const actions = createActions({ store, loading, wording: () => text().fault, keepOpenChats, keepTour });

let applied: Pick<PageState, 'language' | 'theme'> | undefined;
const showSettings = (): void => {
  const { language, theme, title, people } = store.get();
  const unread = people.reduce((sum, person) => sum + person.unread, 0);
  if (title !== '') document.title = unread > 0 ? `(${unread}) ${title}` : title;
  // Writing the document's language again, even the same, makes the browser style the whole page anew.
  if (applied?.language === language && applied.theme === theme) return;
  applied = { language, theme };
  applySettings(language, theme);
  keepLanguage(language);
  keepTheme(theme);
};
showSettings();
store.subscribe(showSettings);

const root = document.getElementById('page');
if (root) render(<App store={store} actions={actions} />, root);

followShortcuts();
startLive({
  store,
  loading,
  rememberedChats: readOpenChats(),
  showLateAnswer: actions.showLateAnswer,
  describe: (personId, message) => {
    const line = summaryOf(message, text());
    const person = store.get().people.find((one) => one.id === personId);
    return { line, spoken: text().live.from(person?.label[store.get().language] ?? '', line) };
  },
});
