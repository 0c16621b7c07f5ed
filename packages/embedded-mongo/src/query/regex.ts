import { location } from '../errors.js';
import { kindOf, regexParts } from '../values/kinds.js';

const INLINE = /^\(\?([imsx]+)\)/;

/** A JavaScript expression for MongoDB's pattern and options (i, m, s, x, u); refuses what cannot be compiled. */
export function toRegExp(pattern: unknown, options?: string): RegExp {
  const given = kindOf(pattern) === 'regex' ? regexParts(pattern) : { pattern: String(pattern), options: '' };
  const inline = INLINE.exec(given.pattern);
  const flags = new Set((inline?.[1] ?? '') + (options ?? given.options));
  let source = inline ? given.pattern.slice(inline[0].length) : given.pattern;
  if (flags.has('x'))
    source = source.replace(/\\[\s#]|#.*$|\s+/gm, (token) => (token.startsWith('\\') ? token : ''));
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw location(51108, `invalid flag in regex options: ${flag}`);
  }
  const used = [...flags].filter((flag) => 'ims'.includes(flag)).join('');
  try {
    return new RegExp(source, `${used}u`);
  } catch {
    // Patterns that JavaScript's strict mode refuses, such as needless escapes, are still valid for MongoDB.
  }
  try {
    return new RegExp(source, used);
  } catch (error) {
    throw location(
      51091,
      `Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const LITERAL_START = /^\^((?:[A-Za-z0-9_\- /:@,]|[^\x00-\x7f])+)/;

/** The text every match begins with, when the pattern says so; lets an index narrow the search. */
export function literalPrefix(regex: unknown, options?: string): string | undefined {
  const given = kindOf(regex) === 'regex' ? regexParts(regex) : { pattern: String(regex), options: '' };
  if ((options ?? given.options) !== '' || given.pattern.includes('|')) return undefined;
  const text = LITERAL_START.exec(given.pattern)?.[1];
  if (text === undefined) return undefined;
  // A quantifier binds to the last character, so that one is not certain.
  const quantified = /^[?*+{]/.test(given.pattern.slice(1 + text.length));
  const sure = quantified ? [...text].slice(0, -1).join('') : text;
  return sure === '' ? undefined : sure;
}
