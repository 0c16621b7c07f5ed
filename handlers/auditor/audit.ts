/** The auditor reads who did what and who saw what: the latest, of a case, of a person, of a day. Nothing can be changed here. */
import { DateTime } from 'luxon';
import { parseCaseNumber } from '../../src/domain/case-number.js';
import { auditView } from '../../src/text/audit-screens.js';
import type { AuditFilter } from '../../src/domain/audit.js';
import type { Role } from '../../src/domain/people.js';
import type { Feature, HandlerDeps, Turn } from '../turn.js';
import { refuse } from '../everyone/show-case.js';

const readers: readonly Role[] = ['auditor'];
const dayForm = /^\d{4}-\d{1,2}-\d{1,2}$/;
/** What may be meant as a number, however it is mistyped. */
const numberForm = /^[\sa-z]{0,4}[\d\s-]*$/i;

/** What a button carries: everything, of a case, of a person, of a day; and below which entry. */
interface Asked {
  readonly kind: string;
  readonly id: string;
  readonly below: number | null;
}

export function audit({ queries, timeZone }: HandlerDeps): Feature {
  const dayOf = (typed: string): DateTime => DateTime.fromISO(typed, { zone: timeZone });

  const filterOf = ({ kind, id }: Asked): AuditFilter => {
    if (kind === 'c') return { by: 'case', caseId: id };
    if (kind === 'p') return { by: 'person', personId: id };
    const day = dayOf(id);
    if (kind !== 'd' || !day.isValid) return { by: 'all' };
    return { by: 'day', from: day.toJSDate(), until: day.plus({ days: 1 }).toJSDate() };
  };

  const show = async (turn: Turn, asked: Asked): Promise<void> => {
    const filter = filterOf(asked);
    const page = await queries.audit(turn.viewer, filter, asked.below);
    if (!page) return await refuse(turn, { ok: false, refusal: 'no-such-case' }, asked.id);
    const { title } = turn.reader.text.audit;
    const titles: Readonly<Record<AuditFilter['by'], string>> = {
      all: title.all,
      case: title.case(page.number ?? ''),
      person: title.person(page.rows[0]?.name ?? ''),
      day: title.day(asked.id),
    };
    await turn.show(auditView({ page, title: titles[filter.by], asked }, turn.reader));
  };

  return {
    commands: {
      audit: {
        roles: readers,
        run: async (turn, argument) => {
          const typed = argument.trim();
          const { noSuchDay, takes } = turn.reader.text.audit;
          if (dayForm.test(typed)) {
            if (!dayOf(typed).isValid) return await turn.toast(noSuchDay(typed));
            return await show(turn, { kind: 'd', id: typed, below: null });
          }
          if (typed === '') return await show(turn, { kind: 'a', id: '', below: null });
          const number = parseCaseNumber(typed);
          if (number === undefined && !numberForm.test(typed)) return await turn.toast(takes);
          // A mistyped number, a missing and a forbidden case are answered alike (rules §6).
          const id = number === undefined ? null : await queries.caseIdOf(number);
          await show(turn, { kind: 'c', id: id ?? '', below: null });
        },
      },
    },
    presses: {
      audit: async (turn, press) => {
        if (!readers.includes(turn.viewer.role)) return await turn.deny();
        const [kind = 'a', below = ''] = (press.arg ?? '').split('.');
        const seq = Number.parseInt(below, 36);
        await show(turn, { kind, id: press.id ?? '', below: Number.isNaN(seq) ? null : seq });
      },
    },
  };
}
