/** The tour is told in the program's own words: what it waits for must be what the program says. */
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { classify } from '../../src/domain/routing/classify.js';
import { firstChats, tour, tourPeople } from '../../src/embedded/tour.js';
import { readOrganisation } from '../../src/organisation/organisation-file.js';
import { catalogs } from '../../src/text/catalog.js';

const languages = ['zh', 'en'] as const;

test('everybody the tour and the first chats name is in the sample organisation', () => {
  const { file } = readOrganisation(readFileSync('config/sample-organisation.json', 'utf8'));
  const known = new Set([
    ...file.enterprises.flatMap(({ contacts }) => contacts),
    ...file.departments.flatMap(({ head, officers }) => [...(head === null ? [] : [head]), ...officers]),
    ...file.commission.map(({ telegramId }) => telegramId),
  ]);
  const named = tour.flatMap(({ personId, doneWhen }) => [personId ?? doneWhen.personId, doneWhen.personId]);
  for (const id of [...firstChats, ...tourPeople, ...named]) expect(known).toContain(id);
  expect(tourPeople).toEqual(expect.arrayContaining(named));
  expect(tour).toHaveLength(8);
});

test.each(languages)('every step waits for words that the program says in its %s texts', (language) => {
  const { notices, survey, rank, office, words } = catalogs[language];
  const said: Readonly<Record<string, readonly string[]>> = {
    report: ['ZT-123-456-7890'],
    dispatch: [notices['progress-dispatched']],
    contact: [notices.message],
    // By itself, or gathered with others in the digest of the morning.
    clock: [notices.clock({ clock: words.clock.resolve, step: 'R1' }), office.digest.group.reminded(1)],
    submit: [notices['progress-submitted']],
    close: [notices.survey],
    survey: [survey.thanks],
    rank: [rank.title('2026-11')],
  };
  for (const { id, doneWhen } of tour) {
    const expected = new RegExp(doneWhen.text, 'u');
    for (const [step, texts] of Object.entries(said))
      for (const text of texts) expect([step, text, expected.test(text)]).toEqual([step, text, step === id]);
  }
});

test.each(languages)('the sample report in %s is understood without a question', (language) => {
  const text = tour[0]?.paste?.[language] ?? '';
  const { kind, domain, track } = classify(text);
  expect([kind.value, kind.confidence]).toEqual(['complaint', 'sure']);
  expect([domain.value, domain.confidence]).toEqual(['approval', 'sure']);
  expect(track).toBe('service');
});
