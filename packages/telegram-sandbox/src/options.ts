import { z } from 'zod';

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

const personSchema = z.strictObject({
  id: z.int().positive(),
  firstName: z.string().min(1),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.enum(['zh-hans', 'en']),
  label: bilingual,
  group: bilingual,
});

const groupSchema = z.strictObject({
  id: z.int().negative(),
  title: z.string().min(1),
  members: z.array(z.int()),
  migratedTo: z.int().negative().optional(),
});

const limitsSchema = z.strictObject({
  botPerSecond: z.number().positive().default(30),
  chatPerSecond: z.number().positive().default(1),
  chatBurst: z.int().positive().default(20),
  groupPerMinute: z.number().positive().default(20),
});

const pattern = z.string().refine(
  (text) => {
    try {
      return new RegExp(text, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  },
  { error: 'not a regular expression' },
);

const tourStepSchema = z.strictObject({
  id: z.string().min(1),
  title: bilingual,
  hint: bilingual,
  /** Whose chat the step is played in; absent where it is played in none. */
  personId: z.int().positive().optional(),
  /** Words the newcomer may have put into the field instead of inventing his own. */
  paste: bilingual.optional(),
  doneWhen: z.union([
    z.strictObject({ personId: z.int().positive(), text: pattern }),
    z.strictObject({ personId: z.int().positive(), pressed: pattern }),
    z.strictObject({ clockMoved: z.literal(true) }),
  ]),
});

const optionsSchema = z.strictObject({
  host: z.enum(['127.0.0.1', '::1', 'localhost']).default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
  token: z.string().regex(/^\d+:[A-Za-z0-9_-]+$/, 'a token looks like 123456:letters'),
  bot: z.strictObject({ username: z.string(), firstName: z.string() }).optional(),
  people: z.array(personSchema),
  groups: z.array(groupSchema).default([]),
  dataDir: z.string().optional(),
  programUrl: z.url().optional(),
  limits: z.union([z.literal('off'), limitsSchema]).default(limitsSchema.parse({})),
  title: z.string().optional(),
  opens: z.array(z.int().positive()).default([]),
  tour: z.array(tourStepSchema).default([]),
});

/** A person who can be played. Ids are Telegram user ids. */
export type SandboxPerson = z.output<typeof personSchema>;
export type SandboxGroup = z.output<typeof groupSchema>;
export type TourStep = z.output<typeof tourStepSchema>;
export type Limits = z.output<typeof limitsSchema>;
export type SandboxSettings = z.output<typeof optionsSchema>;
/** What startSandbox takes; `now` (ms) replaces Telegram's own clock in tests of ages and budgets. */
export type SandboxOptions = z.input<typeof optionsSchema> & { readonly now?: () => number };

/** Checks the options; refuses unknown keys, a non-loopback host and doubled ids. */
export const readOptions = (input: unknown): SandboxSettings => {
  const settings = optionsSchema.parse(input);
  const ids = [...settings.people, ...settings.groups].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new Error('people and groups need ids of their own');
  return settings;
};
