/** Both catalogues hold a usable text for everything, within what Telegram takes, and tell the same facts. */
import { describe, expect, test } from 'vitest';
import { clockNames } from '../../../src/domain/clock-names.js';
import { completed } from '../../../src/domain/rules/settings.js';
import { catalogFor, catalogs, type Catalog } from '../../../src/text/catalog.js';

const messageUnits = 4096;
const toastUnits = 200;
const buttonUnits = 40;
const ladderSteps = ['R1', 'R2', 'R3', 'E1', 'E2', 'E2b', 'E3', 'N1', 'N2'] as const;
const mayHoldChinese = ['help.chooseLanguage', 'help.commands.language'];

interface Leaf {
  readonly path: string;
  readonly text: string;
  /** The parameters a callable leaf looked at. */
  readonly used: readonly string[];
}

/** Stands for any parameter (a count, a text, an object of texts) and notes what was asked of it. */
function anyParameter(name: string, used: Set<string>): object {
  return new Proxy(
    {},
    {
      get(_target, key) {
        if (key === Symbol.toPrimitive) {
          used.add(name);
          return (hint: string) => (hint === 'number' ? 2 : '2');
        }
        if (typeof key === 'symbol') throw new TypeError(`${name} was asked for ${String(key)}`);
        used.add(`${name}.${key}`);
        return '2';
      },
    },
  );
}

function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (typeof value === 'string') return [{ path, text: value, used: [] }];
  if (typeof value === 'function') {
    const used = new Set<string>();
    const given = [0, 1, 2].map((i) => anyParameter(`parameter ${i}`, used));
    return [{ path, text: String(Reflect.apply(value, undefined, given)), used: [...used].toSorted() }];
  }
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text`);
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

const chinese = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;

const failing = (leaves: readonly Leaf[], wrong: (leaf: Leaf) => boolean): readonly string[] =>
  leaves.filter(wrong).map(({ path, text }) => `${path}: ${text}`);

const under = (leaves: readonly Leaf[], root: string): readonly Leaf[] => {
  const found = leaves.filter(({ path }) => path.startsWith(`${root}.`));
  if (found.length === 0) throw new Error(`nothing under ${root}`);
  return found;
};

const timedNotices = (catalog: Catalog): readonly Leaf[] =>
  clockNames.flatMap((name) =>
    ladderSteps.map((step) => ({
      path: `${step} of ${name}`,
      text: catalog.notices.clock({ clock: catalog.words.clock[name], step }),
      used: [],
    })),
  );

const written = (catalog: Catalog): readonly Leaf[] => [...leavesOf(catalog, ''), ...timedNotices(catalog)];

describe.each(Object.entries(catalogs))('the catalogue %s', (_language, catalog) => {
  const leaves = written(catalog);

  test('has words everywhere', () => {
    expect(leaves.length).toBeGreaterThan(300);
    expect(failing(leaves, ({ text }) => text.trim() === '')).toEqual([]);
  });

  test('fits into a Telegram message', () => {
    expect(failing(leaves, ({ text }) => text.length > messageUnits)).toEqual([]);
  });

  test('refuses in words that fit into the answer to a press', () => {
    const toasts = [
      ...under(leaves, 'refusals'),
      ...leaves.filter(({ path }) => /^forms\.(done|sent|noted)$/.test(path)),
    ];
    expect(failing(toasts, ({ text }) => text.length > toastUnits)).toEqual([]);
  });

  test('labels buttons so that a phone shows them whole', () => {
    const labels = [
      ...[
        'buttons',
        'words.kind',
        'words.domain',
        'words.conduct',
        'words.confidentiality',
        'report.fields',
      ].flatMap((root) => under(leaves, root)),
      ...leaves.filter(({ path }) => /^(help\.honestyOk|forms\.\w+Send)$/.test(path)),
    ];
    expect(failing(labels, ({ text }) => text.length > buttonUnits)).toEqual([]);
  });

  test('has no doubled spaces, no gaps of two blank lines, no hole where a parameter belongs', () => {
    expect(
      failing(leaves, ({ text }) => /[ \t\u00A0]{2}|\n\n\n|undefined|null|NaN|\[object/.test(text)),
    ).toEqual([]);
  });

  test('begins and ends with words; only a mark that follows a date begins with a space', () => {
    const tight = leaves.filter(({ path }) => path !== 'words.provisional');
    expect(failing(tight, ({ text }) => text !== text.trim())).toEqual([]);
  });

  test('has a notice of its own for every step of the ladder, not the step’s code', () => {
    expect(failing(timedNotices(catalog), ({ text }) => /\b[REN]\d/.test(text))).toEqual([]);
    const ofOneClock = ladderSteps.map((step) =>
      catalog.notices.clock({ clock: catalog.words.clock.resolve, step }),
    );
    expect(new Set(ofOneClock).size).toBe(ladderSteps.length);
  });

  test('tells the number of a case and its dates when it promises something', () => {
    const given = { number: 'ZT-590-382-8566', due: 'SOON', promised: 'DATE' };
    for (const receipt of Object.values(catalog.report.receipt))
      expect(receipt(given)).toContain(given.number);
    for (const kind of ['complaint', 'consultation', 'integrity'] as const) {
      expect(catalog.report.receipt[kind](given)).toContain(given.promised);
      expect(catalog.report.receipt[kind](given)).toContain(given.due);
    }
  });
});

describe('Chinese and English', () => {
  const used = (catalog: Catalog) =>
    Object.fromEntries(leavesOf(catalog, '').map((leaf) => [leaf.path, leaf.used]));

  test('have the same texts and tell the same parameters', () => {
    expect(used(catalogs.en)).toEqual(used(catalogs.zh));
  });

  test('are not mixed: no Chinese in the English catalogue except the names of languages', () => {
    const english = written(catalogs.en).filter(({ path }) => !mayHoldChinese.includes(path));
    expect(failing(english, ({ text }) => chinese.test(text))).toEqual([]);
  });

  test('both stand in the question for the language', () => {
    for (const { help } of Object.values(catalogs)) expect(help.chooseLanguage).toMatch(/语言.*language/);
  });
});

describe('numbers of the rules', () => {
  test('stand in the texts as they are in force, and no placeholder is left', () => {
    const changed = completed({ reopen: '20 d', supplement: '3 wd' });
    for (const language of ['zh', 'en'] as const) {
      const left = leavesOf(catalogFor(language, changed), '');
      expect(failing(left, ({ text }) => /\{[\w.-]+\}/.test(text))).toEqual([]);
    }
    expect(catalogFor('zh', changed).survey.offerRedo).toContain('20 天内可以按');
    expect(catalogFor('en', changed).notices['asked-more']).toContain('within 3 working days');
    expect(catalogs.zh.survey.offerRedo).toContain('15 天内可以按');
  });
});

describe('English counts', () => {
  const { lists, card, buttons, forms } = catalogs.en;

  test('one thing is not many', () => {
    expect(lists.page(1, 1, 1)).toBe('1–1 of 1 case');
    expect(lists.page(9, 12, 12)).toBe('9–12 of 12 cases');
    expect([card.redoCount(1), card.redoCount(2)]).toEqual(['Sent back once', 'Sent back 2 times']);
    expect([forms.evidenceCount(1), forms.evidenceCount(2)]).toEqual([
      'Evidence: 1 file',
      'Evidence: 2 files',
    ]);
    expect([buttons.filesDone(0), buttons.filesDone(1)]).toEqual([
      'No files, next »',
      'That’s all (1 file) »',
    ]);
  });
});
