import { columnsThatFit } from './columns.js';
import type { PageState } from './state.js';

/** How many chats fit into the window as it is now. */
export const roomNow = ({ tour, tourShown }: Pick<PageState, 'tour' | 'tourShown'>): number =>
  columnsThatFit(window.innerWidth, tourShown && tour.length > 0);
