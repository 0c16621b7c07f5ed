import type { CaseRecord, CaseState } from '../domain/case.js';
import { askingStates, expectsWords } from '../domain/loose-words.js';
import type { Viewer } from '../domain/people.js';
import { liveStates } from '../domain/transitions/row.js';
import type { QueryDeps } from './deps.js';

const mostOffered = 3;
/** Of the cases that wait for nothing of his, so many of the newest are looked at. */
const mostRead = 10;

const others = liveStates.filter((state) => !askingStates.includes(state));

/** The reporter's cases that his words may be meant for: those that wait for his answer first, then the newest. */
export const casesThatAsk =
  ({ store }: QueryDeps) =>
  async (viewer: Viewer): Promise<readonly CaseRecord[]> => {
    const newest = async (states: readonly CaseState[], limit: number) =>
      await store.cases.newest(viewer, { states, departments: [], from: null, limit });
    const [waiting, told] = await Promise.all([newest(askingStates, mostOffered), newest(others, mostRead)]);
    return [...waiting, ...told.filter(expectsWords)].slice(0, mostOffered);
  };
