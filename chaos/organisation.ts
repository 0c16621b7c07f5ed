/** The people of a run: a small commission, one department, and as many owners as are asked for. */
import type { OrganisationFile } from '../src/organisation/organisation-file.js';

export const cast = {
  head: 2001,
  officers: [2101, 2102, 2103],
  duties: [3001, 3002],
  supervisor: 3003,
  leader: 3004,
} as const;

const firstOwner = 10_001;
const uscc = (i: number): string => `91330800MA${String(i).padStart(8, '0')}`;

export const ownerIds = (owners: number): readonly number[] =>
  Array.from({ length: owners }, (_, i) => firstOwner + i);

export const staffIds: readonly number[] = [
  cast.head,
  ...cast.officers,
  ...cast.duties,
  cast.supervisor,
  cast.leader,
];

/** Every owner is the contact of an enterprise of his own, so that nobody is asked which one he speaks for. */
export const organisationOf = (owners: number): OrganisationFile => ({
  departments: [
    {
      code: 'SPJ',
      name: { zh: '审批局', en: 'Approvals Bureau' },
      parent: null,
      domains: ['approval'],
      words: ['审批', '批复', '环评', '窗口'],
      head: cast.head,
      officers: [...cast.officers],
      headSignsOff: false,
    },
  ],
  commission: [
    ...cast.duties.map((telegramId) => ({ telegramId, name: `值班${telegramId}`, roles: ['duty' as const] })),
    { telegramId: cast.supervisor, name: '督办', roles: ['supervisor'] },
    { telegramId: cast.leader, name: '领导', roles: ['leader'] },
  ],
  enterprises: ownerIds(owners).map((id, i) => ({
    name: `企业${i + 1}号有限公司`,
    uscc: uscc(i + 1),
    contacts: [id],
    observationPoint: false,
    liaison: null,
  })),
  routing: { autoDispatch: false, fallback: null },
});
