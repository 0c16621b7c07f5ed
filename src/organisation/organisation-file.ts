import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { domains } from '../domain/taxonomy.js';

const telegramId = z.number().int().positive();
const code = z.string().regex(/^[A-Z0-9]{1,12}$/, 'must be 1 to 12 capital letters or digits');
const commissionRole = z.enum(['duty', 'supervisor', 'leader', 'liaison', 'auditor', 'admin']);

const departmentSchema = z.object({
  code,
  name: z.object({ zh: z.string().min(1), en: z.string().min(1) }),
  parent: code.nullable().default(null),
  domains: z.array(z.enum(domains)).min(1),
  words: z.array(z.string().min(1)).default([]),
  head: telegramId.nullable().default(null),
  officers: z.array(telegramId).default([]),
  headSignsOff: z.boolean().default(false),
});

const schema = z.object({
  departments: z.array(departmentSchema).min(1),
  commission: z
    .array(z.object({ telegramId, name: z.string().min(1), roles: z.array(commissionRole).min(1) }))
    .min(1),
  enterprises: z
    .array(
      z.object({
        name: z.string().min(1),
        uscc: z.string().regex(/^[0-9A-HJ-NP-RTUW-Y]{18}$/, 'must be 18 digits and capital letters'),
        contacts: z.array(telegramId).default([]),
        observationPoint: z.boolean().default(false),
        liaison: telegramId.nullable().default(null),
      }),
    )
    .default([]),
  routing: z
    .object({ autoDispatch: z.boolean().default(false), fallback: code.nullable().default(null) })
    .prefault({}),
});

export type OrganisationFile = z.infer<typeof schema>;

/** Every mistake of an organisation file, one line each, with the place. */
export class OrganisationFileError extends Error {
  override readonly name = 'OrganisationFileError';
  constructor(readonly mistakes: readonly string[]) {
    super(`The organisation file is not usable:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

export interface ReadOrganisation {
  readonly file: OrganisationFile;
  /** Keys this version does not know; reported, not fatal (rules §7). */
  readonly unknownKeys: readonly string[];
}

/** Keys of older versions that are ignored in silence (rules §7). */
const formerKeys: ReadonlySet<string> = new Set(['level']);

/** Takes JSON or YAML text, gives the organisation; refuses with every mistake and its line (rules §7). */
export function readOrganisation(text: string): ReadOrganisation {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  if (document.errors.length > 0)
    throw new OrganisationFileError(
      document.errors.map((error) => error.message.split('\n')[0] ?? 'not JSON or YAML'),
    );
  const parsed = schema.safeParse(document.toJS());
  const where = (path: readonly PropertyKey[]): string =>
    `${path.join('.') || 'the file'}${lineOf(document, path, lineCounter)}`;
  if (!parsed.success)
    throw new OrganisationFileError(
      parsed.error.issues.map((issue) => `${where(issue.path)}: ${issue.message}`),
    );
  const mistakes = contradictions(parsed.data).map(({ path, what }) => `${where(path)}: ${what}`);
  if (mistakes.length > 0) throw new OrganisationFileError(mistakes);
  return { file: parsed.data, unknownKeys: unknownIn(document.toJS(), parsed.data) };
}

function lineOf(document: Document, path: readonly PropertyKey[], lineCounter: LineCounter): string {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return ` (line ${lineCounter.linePos(node.range[0]).line})`;
  }
  return '';
}

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly what: string;
}

function contradictions({
  departments,
  commission,
  enterprises,
  routing,
}: OrganisationFile): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const codes = new Set<string>();
  departments.forEach((department, i) => {
    if (codes.has(department.code))
      found.push({ path: ['departments', i, 'code'], what: `${department.code} stands twice` });
    codes.add(department.code);
  });
  const parents = new Map(departments.map((department) => [department.code, department.parent]));
  departments.forEach(({ parent, code: own }, i) => {
    if (parent !== null && !codes.has(parent))
      found.push({ path: ['departments', i, 'parent'], what: `there is no department ${parent}` });
    else if (isOwnAncestor(own, parents))
      found.push({ path: ['departments', i, 'parent'], what: `${own} would be above itself` });
  });
  const known = new Set(commission.map((member) => member.telegramId));
  if (known.size < commission.length)
    found.push({ path: ['commission'], what: 'a person stands twice; give him several roles instead' });
  enterprises.forEach(({ liaison }, i) => {
    if (liaison !== null && !known.has(liaison))
      found.push({ path: ['enterprises', i, 'liaison'], what: 'is not in the commission' });
  });
  if (new Set(enterprises.map((one) => one.uscc)).size < enterprises.length)
    found.push({ path: ['enterprises'], what: 'two enterprises have one uscc' });
  if (routing.fallback !== null && !codes.has(routing.fallback))
    found.push({ path: ['routing', 'fallback'], what: `there is no department ${routing.fallback}` });
  if (!commission.some((member) => member.roles.includes('duty')))
    found.push({ path: ['commission'], what: 'nobody is on duty (role duty)' });
  if (!commission.some((member) => member.roles.includes('supervisor')))
    found.push({ path: ['commission'], what: 'there is no supervisor' });
  return found;
}

function isOwnAncestor(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  let above = parents.get(code) ?? null;
  for (let step = 0; above !== null && step <= parents.size; step++) {
    if (above === code) return true;
    above = parents.get(above) ?? null;
  }
  return false;
}

/** Compares what was written with what was understood. */
function unknownIn(given: unknown, known: unknown, path = ''): readonly string[] {
  if (Array.isArray(given))
    return given.flatMap((item, i) =>
      unknownIn(item, Array.isArray(known) ? known[i] : undefined, `${path}[${i}]`),
    );
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return [];
  const understood = known as Readonly<Record<string, unknown>>;
  return Object.entries(given).flatMap(([key, value]) => {
    if (formerKeys.has(key)) return [];
    const place = path === '' ? key : `${path}.${key}`;
    return key in understood ? unknownIn(value, understood[key], place) : [place];
  });
}
