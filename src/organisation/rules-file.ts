import { z } from 'zod';
import { readValue, type ValueRefusal } from '../domain/rules/read-value.js';
import { isSettingKey, settings, type RuleDocument, type SettingKey } from '../domain/rules/settings.js';

/** The rules as a file: the version they were taken from, and every number as it is typed. */
const schema = z.object({
  rulesVersion: z.number().int().positive().optional(),
  numbers: z.record(z.string(), z.union([z.string(), z.number()])),
});

export interface FileMistake {
  readonly place: string;
  readonly refusal: ValueRefusal | 'unknown-number';
}

export type RulesFile =
  | {
      readonly ok: true;
      readonly version: number | null;
      readonly numbers: Partial<Record<SettingKey, string>>;
    }
  /** Not JSON of this shape: nothing can be said about single numbers. */
  | { readonly ok: false; readonly mistakes: readonly FileMistake[] | null };

/** Takes JSON text, gives the numbers in their normal form; refuses with every mistake and the number it is in. */
export function readRulesFile(text: string): RulesFile {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) return { ok: false, mistakes: null };
  const mistakes: FileMistake[] = [];
  const numbers: Partial<Record<SettingKey, string>> = {};
  for (const [place, typed] of Object.entries(parsed.data.numbers)) {
    if (!isSettingKey(place)) {
      mistakes.push({ place: place.slice(0, 60), refusal: 'unknown-number' });
      continue;
    }
    const read = readValue(settings[place].kind, String(typed));
    if (read.ok) numbers[place] = read.value;
    else mistakes.push({ place, refusal: read.refusal });
  }
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, version: parsed.data.rulesVersion ?? null, numbers };
}

export const writeRulesFile = (rulesVersion: number, numbers: RuleDocument): string =>
  `${JSON.stringify({ rulesVersion, numbers }, null, 2)}\n`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
