import type { CaseRecord } from '../domain/case.js';
import {
  keepOutWords,
  keptOutWith,
  laterExcluded,
  leavesReader,
  wishedNames,
  type SaidOfCase,
} from '../domain/exclusions.js';
import { isStaff } from '../domain/people.js';
import type { Person } from '../domain/person.js';
import type { NewDelivery } from '../store/deliveries.js';
import { changeCase } from './change-case.js';
import type { ActionDeps } from './deps.js';
import { findAudience } from './find-audience.js';

const pageSize = 200;

/**
 * Somebody got a name, a role, an inviter or an enterprise to speak for after cases were filed: those that name him, his inviter or
 * his enterprise keep him out from now on (rules §6). All running cases are looked through: that happens a few times a year.
 */
export async function excludeLater(deps: ActionDeps, personIds: readonly string[]): Promise<void> {
  const staff = await deps.store.people.withGrants();
  const news = staff.filter(({ id, grants }) => personIds.includes(id) && grants.some(isStaff));
  if (news.length === 0) return;
  const enterprises = await deps.store.organisation.enterprises();
  let page = await deps.store.work.runningAfter('', pageSize);
  while (page.length > 0) {
    const ids = page.map(({ id }) => id);
    const [identities, said] = await Promise.all([
      deps.store.identities.ofCases(ids),
      deps.store.messages.ofReporters(ids),
    ]);
    for (const c of page) {
      const identity = identities.get(c.id);
      const speaking = enterprises
        .filter(
          ({ id, name, uscc }) =>
            id === c.enterpriseId || name === identity?.enterpriseName || uscc === identity?.uscc,
        )
        .flatMap(({ contacts }) => contacts);
      const words = said.filter(({ caseId }) => caseId === c.id);
      const texts = words.map(({ text }) => text).join('\n');
      await excludeNews(deps, { c, staff, news, of: { names: wishedNames(words), said: texts, speaking } });
    }
    page = await deps.store.work.runningAfter(page.at(-1)?.id ?? '', pageSize);
  }
}

/** The reporter wrote more: whom he names is kept out, and what he wants kept out, before what he wrote is told to anybody. */
export async function excludeNamed(deps: ActionDeps, c: CaseRecord, said: string): Promise<void> {
  const words = keepOutWords(said) ?? '';
  const [staff, departments] = await Promise.all([
    deps.store.people.withGrants(),
    deps.store.organisation.departments(),
  ]);
  for (const { code, name } of words === '' ? [] : departments)
    if (words.includes(name.zh) || words.toLowerCase().includes(name.en.toLowerCase()))
      await changeCase(deps)({
        caseId: c.id,
        name: 'exclude',
        viewer: null,
        input: { department: code },
        causeId: null,
      });
  const now = (await deps.store.cases.byId(c.id)) ?? c;
  await excludeNews(deps, { c: now, staff, news: staff, of: { names: words, said, speaking: [] } });
}

interface News {
  readonly c: CaseRecord;
  readonly staff: readonly Person[];
  readonly of: SaidOfCase;
  readonly news: readonly Person[];
}

async function excludeNews(deps: ActionDeps, { c, staff, of, news }: News): Promise<void> {
  const found = laterExcluded(c, of, staff, news);
  for (const id of found.filter((one) => news.some((person) => person.id === one))) {
    const changed = await changeCase(deps)({
      caseId: c.id,
      name: 'exclude',
      viewer: null,
      input: { personIds: [id], leavesNobody: !leavesReader(keptOutWith(c, [id]), staff) },
      causeId: null,
    });
    if (!changed.ok && changed.refusal !== 'same-already') await tellConflict(deps, c, id);
  }
}

/** Whoever has the case in hand, or is the last to read it, is not taken from it by surprise: the others are told, and decide. */
async function tellConflict(deps: ActionDeps, c: CaseRecord, personId: string): Promise<void> {
  const { store, seal, clock, wake } = deps;
  const people = await findAudience(deps)(c, ['duty', 'supervisor', 'leader']);
  const deliveries = people
    .filter((one) => one.personId !== personId)
    .map((one): NewDelivery => ({
      id: seal.lookup('delivery', JSON.stringify([c.id, 'conflict-in-hand', personId, one.personId])),
      caseId: c.id,
      personId: one.personId,
      role: one.role,
      event: 'conflict-in-hand',
      order: `${clock.now().toISOString()} conflict-in-hand`,
    }));
  await store.deliveries.insert(deliveries);
  wake.deliver(deliveries.map((one) => one.personId));
}
