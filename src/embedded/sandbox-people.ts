import { readFile } from 'node:fs/promises';
import { readOrganisation, type OrganisationFile } from '../organisation/organisation-file.js';
import { EmbeddedError } from './embedded-error.js';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A person the newcomer can play in the sandbox. */
export interface SandboxPerson {
  readonly id: number;
  readonly firstName: string;
  readonly languageCode: 'zh-hans' | 'en';
  readonly label: Words;
  readonly group: Words;
}

const roleWords: Readonly<Record<string, Words>> = {
  duty: { zh: '值班受理员', en: 'duty officer' },
  supervisor: { zh: '督办', en: 'supervisor' },
  leader: { zh: '委领导', en: 'leader' },
  liaison: { zh: '联络员', en: 'liaison' },
  auditor: { zh: '审计', en: 'auditor' },
  admin: { zh: '系统管理员', en: 'administrator' },
};

const enterpriseGroup: Words = { zh: '企业', en: 'Enterprises' };
const commissionGroup: Words = { zh: '委员会', en: 'Commission' };
const passerById = 1999;

// The organisation file knows most people by number only; in a chat list everybody needs a name.
const names = {
  'zh-hans':
    '陈志远 林晓梅 赵国栋 孙丽华 周建平 吴敏 郑海涛 王秀英 何俊 高洁 马文斌 罗静 梁永康 谢芳 韩磊 曹颖 邓少华 彭丹 蒋伟 沈月'.split(
      ' ',
    ),
  en: ['Emma Clarke', 'Daniel Osei', 'Marta Novak'],
};

/** The people of the organisation file as the sandbox shows them, and one whom no file knows. */
export const readSandboxPeople = async (orgFile: string | undefined): Promise<readonly SandboxPerson[]> => {
  const people = orgFile === undefined ? [] : peopleOf(await readFileFor(orgFile));
  const passerBy: SandboxPerson = {
    id: passerById,
    firstName: '唐晓',
    languageCode: 'zh-hans',
    label: { zh: '未登记的经营者', en: 'Not registered anywhere' },
    group: enterpriseGroup,
  };
  return people.some(({ id }) => id === passerById) ? people : [...people, passerBy];
};

const readFileFor = async (orgFile: string): Promise<OrganisationFile> => {
  try {
    return readOrganisation(await readFile(orgFile, 'utf8')).file;
  } catch (error) {
    throw new EmbeddedError(`${orgFile}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
};

const peopleOf = ({ enterprises, departments, commission }: OrganisationFile): SandboxPerson[] => {
  const people = new Map<number, SandboxPerson>();
  const next = { 'zh-hans': 0, en: 0 };
  const add = (id: number, about: Omit<SandboxPerson, 'id' | 'firstName'>, name?: string): void => {
    const known = people.get(id);
    // One person in several roles is one chat that carries all of them.
    if (known !== undefined) people.set(id, { ...known, label: both(known.label, about.label) });
    else people.set(id, { id, firstName: name ?? nameFor(about.languageCode), ...about });
  };
  const nameFor = (language: 'zh-hans' | 'en'): string => {
    next[language] += 1;
    return (
      names[language][next[language] - 1] ?? `${language === 'en' ? 'Person' : '人员'} ${next[language]}`
    );
  };
  for (const { name, contacts } of enterprises) {
    const label = { zh: `企业主 · ${name}`, en: `Owner, ${name}` };
    for (const id of contacts) add(id, { languageCode: languageOf(name), label, group: enterpriseGroup });
  }
  for (const { name, head, officers } of departments) {
    const member = (id: number, zh: string, en: string): void =>
      add(id, {
        languageCode: 'zh-hans',
        label: { zh: `${name.zh}${zh}`, en: `${name.en}, ${en}` },
        group: name,
      });
    if (head !== null) member(head, '负责人', 'head');
    officers.forEach((id, index) => member(id, `承办人${index + 1}`, `officer ${index + 1}`));
  }
  for (const { telegramId, name, roles } of commission) {
    const words = roles.map((role) => roleWords[role] ?? { zh: role, en: role });
    const label = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
    add(telegramId, { languageCode: 'zh-hans', label, group: commissionGroup }, name);
  }
  return [...people.values()];
};

const languageOf = (enterprise: string): 'zh-hans' | 'en' =>
  /\p{Script=Han}/u.test(enterprise) ? 'zh-hans' : 'en';

const both = (one: Words, other: Words): Words => ({
  zh: `${one.zh}；${other.zh}`,
  en: `${one.en}; ${other.en}`,
});
