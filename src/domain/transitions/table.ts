/** Every change a case can go through, one row each (rules §2). Buttons, permissions and the printed diagram derive from it. */
import { answeringRows } from './answering.js';
import { closingRows } from './closing.js';
import { conversationRows } from './conversation.js';
import { excludingRows } from './excluding.js';
import { handlingRows } from './handling.js';
import { identityRows } from './identity.js';
import { keepingRows } from './keeping.js';
import { linkingRows } from './linking.js';
import { overseeingRows } from './overseeing.js';
import { raisingRows } from './raising.js';
import { startingRows } from './starting.js';
import type { TransitionName, TransitionRow } from './row.js';

export const transitions: readonly TransitionRow[] = [
  ...startingRows,
  ...answeringRows,
  ...conversationRows,
  ...handlingRows,
  ...closingRows,
  ...raisingRows,
  ...overseeingRows,
  ...linkingRows,
  ...identityRows,
  ...keepingRows,
  ...excludingRows,
];

const byName = new Map<string, TransitionRow>(transitions.map((row) => [row.name, row]));

export const transitionRow = (name: string): TransitionRow | undefined => byName.get(name);

export const isTransitionName = (name: string): name is TransitionName => byName.has(name);
