import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Page } from '../page-context.js';
import type { Actions } from '../store/actions.js';
import type { PageState } from '../store/state.js';
import type { Store } from '../store/store.js';
import { texts } from '../text/text.js';
import { Alert } from './alert.js';
import { Columns } from './columns.js';
import { Notices } from './notices.js';
import { PeopleList } from './people-list.js';
import { TourPanel } from './tour-panel.js';
import { TopBar } from './top-bar.js';

export interface AppProps {
  readonly store: Store<PageState>;
  readonly actions: Actions;
}

export function App({ store, actions }: AppProps): JSX.Element {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  const { language } = state;
  const page = useMemo(
    () => ({
      text: texts[language],
      language,
      words: (words: Record<typeof language, string>) => words[language],
      actions,
    }),
    [language, actions],
  );
  const { text } = page;
  // On a phone `data-view` decides which of the two is on the screen.
  const tourShown = state.tourShown && state.tour.length > 0;
  const view = state.focused === undefined ? 'people' : 'chat';
  return (
    <Page.Provider value={page}>
      <a class="skip-link" href="#chats">
        {text.page.skipToChats}
      </a>
      <div class="page" data-view={view} data-tour={tourShown}>
        <TopBar state={state} />
        <PeopleList people={state.people} open={state.open} connection={state.connection} />
        <Columns state={state} />
        {tourShown && <TourPanel steps={state.tour} people={state.people} />}
      </div>
      <div class="notices-of-page">
        <Notices
          notices={state.notices.filter(
            ({ personId }) => personId === undefined || !state.open.includes(personId),
          )}
        />
      </div>
      {state.alert && (
        <Alert text={state.alert.text} title={state.bot?.firstName ?? ''} onClose={actions.closeAlert} />
      )}
      <div class="unseen" aria-live="polite">
        {state.spoken}
      </div>
    </Page.Provider>
  );
}
