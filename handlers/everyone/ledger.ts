/** The ledger of a department: reading it tab by tab, and striking off item by item. */
import { commissionRoles, mayReadLedger, type Role } from '../../src/domain/people.js';
import { ledgerTabs, type LedgerAsked } from '../../src/queries/load-ledger.js';
import { caseCard } from '../../src/text/cards/case-card.js';
import { chooseLedgerView, ledgerView } from '../../src/text/ledger.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { refuse, showCase } from './show-case.js';

const readers: readonly Role[] = [...commissionRoles, 'head'];

export function ledger(deps: HandlerDeps): Feature {
  const { queries, actions } = deps;

  const choose = async (turn: Turn): Promise<void> => {
    const { role, departments = [] } = turn.viewer;
    const choices = (await queries.departments()).filter(
      ({ code }) => role !== 'head' || departments.includes(code),
    );
    await turn.show(chooseLedgerView(choices, turn.reader));
  };

  const show = async (turn: Turn, asked: LedgerAsked): Promise<void> => {
    const found = await queries.ledger(turn.viewer, asked);
    if (found) await turn.show(ledgerView(found, turn.reader));
    else await choose(turn);
  };

  /** A head reads the ledgers of his own departments only, whatever a button asks for. */
  const allowed = (turn: Turn, asked: LedgerAsked): boolean => mayReadLedger(turn.viewer, asked.department);

  /** The presser's own card of the case says what he has just done from the list. */
  const refreshOwnCard = async (turn: Turn, caseId: string): Promise<void> => {
    const [card, facts] = await Promise.all([
      queries.ownCard(caseId, turn.person.id),
      queries.card(caseId, turn.viewer),
    ]);
    if (card && facts && card.role === turn.viewer.role)
      await turn.edit(card.telegramMessageId, caseCard(facts, turn.reader));
  };

  return {
    commands: {
      ledger: {
        roles: readers,
        run: async (turn) => {
          const { role, departments = [] } = turn.viewer;
          const [department, ...others] = departments;
          if (role === 'head' && department !== undefined && others.length === 0)
            await show(turn, { department, tab: 'open', page: 1 });
          else await choose(turn);
        },
      },
    },
    presses: {
      ledger: async (turn, press) => {
        const asked = askedIn(press.arg);
        if (!asked || !allowed(turn, asked)) return await turn.deny();
        await show(turn, asked);
      },
      // The card comes below, so that the list stays to go on from.
      'ledger-card': async (turn, press) =>
        await showCase(deps, { ...turn, show: turn.send }, press.id ?? ''),
      'strike-off': async (turn, press) => {
        const asked = askedIn(press.arg);
        if (!asked || !allowed(turn, asked)) return await turn.deny();
        const changed = await actions.changeCase({
          caseId: press.id ?? '',
          name: 'close',
          viewer: turn.viewer,
          causeId: turn.causeId,
          ...(press.rev === undefined ? {} : { expectedRev: press.rev }),
        });
        if (changed.ok) await turn.toast(turn.reader.text.ledger.struck(changed.c.number));
        else await refuse(turn, changed);
        await show(turn, asked);
        if (changed.ok) await refreshOwnCard(turn, changed.c.id);
      },
    },
  };
}

function askedIn(arg = ''): LedgerAsked | null {
  const [name = '', page = '1', department = ''] = arg.split('.');
  const tab = ledgerTabs.find((known) => known === name);
  return tab && department !== '' ? { department, tab, page: Number(page) || 1 } : null;
}
