/** Numbers of the rules within texts: what people read about limits is what is in force. */
import { lengthOf } from '../domain/rules/read-value.js';
import { isSettingKey, settings, type RuleDocument, type SettingKey } from '../domain/rules/settings.js';
import type { Catalog } from './catalog.js';
import type { SettingsTexts } from './settings.js';

/** A value as people read it: "10 wd" is "10 个工作日". */
export function writtenValue(key: SettingKey, value: string, unit: SettingsTexts['unit']): string {
  const { kind } = settings[key];
  if (kind !== 'span' && kind !== 'natural' && kind !== 'spans') return value;
  const written = value.split(', ').map((one) => {
    const { count, unit: name } = lengthOf(one);
    return unit[name](String(count));
  });
  return written.join(' · ');
}

const filled = new WeakMap<Catalog, WeakMap<RuleDocument, Catalog>>();

/** Takes a catalogue whose texts name numbers as `{key}`, gives it with the numbers of a document; made once for each. */
export function withNumbers(catalog: Catalog, document: RuleDocument): Catalog {
  const made = filled.get(catalog) ?? new WeakMap<RuleDocument, Catalog>();
  filled.set(catalog, made);
  const known = made.get(document);
  if (known) return known;
  const { unit } = catalog.settings;
  const fill = (text: string): string =>
    text.replaceAll(/\{([\w.-]+)\}/g, (token, key: string) =>
      isSettingKey(key) ? writtenValue(key, document[key], unit) : token,
    );
  const result = mapped(catalog, fill) as Catalog;
  made.set(document, result);
  return result;
}

/** Texts made by a function are left as they are: they may hold words of people. */
function mapped(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, fill)]));
}
