import type { Draft } from '../domain/draft.js';
import type { Role } from '../domain/people.js';
import type { View } from '../text/view.js';
import type { ActionDeps } from './deps.js';

/** Notes where a case or a form is shown, so that it is kept up to date, edited in place, or emptied. */
export const showCard = ({ store }: ActionDeps) => ({
  ofCase: (personId: string, telegramMessageId: number, caseId: string, role: Role) =>
    store.cards.show({ personId, telegramMessageId, caseId, role }),
  ofPiece: async (personId: string, telegramMessageId: number, { shows }: View): Promise<void> => {
    if (shows === undefined) return;
    await store.cards.keep({ personId, telegramMessageId, caseId: shows.caseId, role: shows.role });
  },
  ofForm: async (draft: Pick<Draft, 'id' | 'cardMessageId'>, telegramMessageId: number): Promise<void> => {
    if (draft.cardMessageId !== telegramMessageId) await store.drafts.setCard(draft.id, telegramMessageId);
  },
});
