import type { Role } from '../domain/people.js';
import type { ActionDeps } from './deps.js';

/** Notes where a case or a form is shown, so that it is kept up to date and edited in place. */
export const showCard = ({ store }: ActionDeps) => ({
  ofCase: (personId: string, telegramMessageId: number, caseId: string, role: Role) =>
    store.cards.show({ personId, telegramMessageId, caseId, role }),
  ofForm: (draftId: string, telegramMessageId: number) => store.drafts.setCard(draftId, telegramMessageId),
});
