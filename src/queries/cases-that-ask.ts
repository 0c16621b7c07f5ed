import type { CaseRecord } from '../domain/case.js';
import { expectsWords, isAsked } from '../domain/loose-words.js';
import type { Viewer } from '../domain/people.js';
import { liveStates } from '../domain/transitions/row.js';
import type { QueryDeps } from './deps.js';

/** As many open cases of one person as are looked through, and as many as are offered to him. */
const mostRead = 50;
const mostOffered = 3;

/** The reporter's cases that his words may be meant for: those that wait for his answer first, then the newest. */
export const casesThatAsk =
  ({ store }: QueryDeps) =>
  async (viewer: Viewer): Promise<readonly CaseRecord[]> => {
    const asked = { states: liveStates, departments: [], from: null, limit: mostRead };
    const asking = (await store.cases.newest(viewer, asked)).filter(expectsWords);
    return asking.toSorted((a, b) => Number(isAsked(b)) - Number(isAsked(a))).slice(0, mostOffered);
  };
