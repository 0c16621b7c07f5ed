import type { Delivery } from '../store/deliveries.js';
import type { Store } from '../store/index.js';
import type { Reader } from '../text/reader.js';
import { calendarNotice } from '../text/screens/calendar-screens.js';
import { rulesNotice } from '../text/screens/rules-screens.js';
import type { View } from '../text/view.js';

/** What supervisors and leaders are told about a change of rules or calendar, rendered from what was stored of it. */
export async function settingsNotice(
  store: Store,
  { about }: Pick<Delivery, 'about'>,
  reader: Reader,
): Promise<View | null> {
  const [kind, number = ''] = (about ?? '').split('-');
  if (kind === 'calendar') {
    const imported = await store.calendarImports.byNumber(Number(number));
    return imported && calendarNotice(imported, reader);
  }
  const version = await store.ruleVersions.byNumber(Number(number));
  return version && rulesNotice(version, reader);
}
