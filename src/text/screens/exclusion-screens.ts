/** Who must not see a case: asked of the reporter in his report, chosen by the duty officer on the card (rules §6). */
import type { ReportAnswers } from '../../domain/forms/report-form.js';
import type { CardFacts, Department } from '../../queries/load-card.js';
import type { StaffGroup } from '../../queries/load-staff.js';
import { blocks, bold, cut, lines, type Part } from '../rich.js';
import { isCommission } from '../../domain/people.js';
import { nameFor, type Reader } from '../reader.js';
import { inRows, view, type Button, type View } from '../view.js';

type Rows = readonly (readonly Button[])[];

const namesOf = (
  codes: readonly string[],
  departments: readonly Department[],
  reader: Reader,
): readonly string[] =>
  codes.map((code) =>
    nameFor(
      reader,
      departments.find((one) => one.code === code),
    ),
  );

const joined = (parts: readonly string[], { language }: Reader): string =>
  parts.join(language === 'zh' ? '、' : ', ');

/** What a reporter has chosen so far; null when nothing. */
export function wishWords(
  { excluded }: ReportAnswers,
  departments: readonly Department[],
  reader: Reader,
): string | null {
  const parts = [
    ...namesOf(excluded?.departments ?? [], departments, reader),
    ...(excluded?.names ? [excluded.names] : []),
  ];
  return parts.length > 0 ? joined(parts, reader) : null;
}

export function exclusionStep(
  answers: ReportAnswers,
  departments: readonly Department[],
  reader: Reader,
  choose: (label: string, arg: string) => Button,
): readonly [Part, Rows] {
  const { exclusions } = reader.text;
  const chosen = answers.excluded?.departments ?? [];
  const wish = wishWords(answers, departments, reader);
  const toggles = departments.map((department) => {
    const { code } = department;
    return choose(`${chosen.includes(code) ? '🚫 ' : ''}${nameFor(reader, department)}`, `d.${code}`);
  });
  return [
    blocks(exclusions.ask, wish === null ? null : bold(exclusions.chosen(wish))),
    [
      ...inRows(toggles, 2),
      [choose(exclusions.done, 'done'), ...(wish === null ? [] : [choose(exclusions.none, 'none')])],
    ],
  ];
}

/** On a card, for the reporter and the commission: who is kept out, and that somebody still has to be chosen; null where nobody is. */
export function exclusionLine(facts: CardFacts, reader: Reader): Part | null {
  const { c, departments, relation } = facts;
  const { excludedDepartments, excludedPersonIds } = c;
  const { exclusions } = reader.text;
  if (relation !== 'reporter' && !isCommission(relation)) return null;
  const kept = [
    ...namesOf(excludedDepartments, departments, reader),
    ...(excludedPersonIds.length > 0 ? [exclusions.people(excludedPersonIds.length)] : []),
  ];
  const { unmatchedNames } = facts;
  if (kept.length + unmatchedNames.length === 0) return null;
  return lines(
    kept.length > 0 ? exclusions.line(joined(kept, reader)) : null,
    unmatchedNames.length > 0 ? exclusions.unmatched(unmatchedNames.length) : null,
  );
}

interface Choosing {
  readonly facts: CardFacts;
  readonly groups: readonly StaffGroup[];
  /** The group whose people are shown; departments without. */
  readonly group?: string;
}

/** The commission chooses: departments first, then people by department. */
export function exclusionView({ facts, groups, group }: Choosing, reader: Reader): View {
  const { c, departments, unmatchedNames } = facts;
  const { text } = reader;
  const press = (action: string, arg: string) => ({ action, id: c.id, rev: c.rev, arg });
  const mark = (out: boolean): string => (out ? '🚫 ' : '');
  const back: Button = { label: text.buttons.back, press: { action: group ? 'exclude' : 'card', id: c.id } };
  const body = blocks(
    lines(bold(c.number), exclusionLine({ ...facts, unmatchedNames: [] }, reader)),
    unmatchedNames.length > 0 ? text.exclusions.unmatchedAre(cut(joined(unmatchedNames, reader), 300)) : null,
    group === undefined ? text.exclusions.choose : text.exclusions.choosePeople,
  );
  if (group !== undefined) {
    const people = (groups.find(({ code }) => code === group)?.people ?? []).map(
      ({ personId, name }): Button => ({
        label: `${mark(c.excludedPersonIds.includes(personId))}${cut(name, 40)}`,
        press: press('exclude-set', `p.${personId}`),
      }),
    );
    return view(body, [...inRows(people, 2), [back]]);
  }
  const toggles = departments.map((department): Button => ({
    label: `${mark(c.excludedDepartments.includes(department.code))}${nameFor(reader, department)}`,
    press: press('exclude-set', `d.${department.code}`),
  }));
  const peopleOf = groups.map(({ code }): Button => ({
    label: text.exclusions.peopleOf(
      code === 'commission' ? text.words.commission : (namesOf([code], departments, reader)[0] ?? code),
    ),
    press: press('exclude-people', code),
  }));
  const settle: Button = {
    label: text.exclusions.noneOfOurs,
    press: { action: 'names-settle', id: c.id, rev: c.rev },
  };
  return view(body, [
    ...(unmatchedNames.length > 0 ? [[settle]] : []),
    ...inRows(toggles, 2),
    ...inRows(peopleOf, 2),
    [back],
  ]);
}
