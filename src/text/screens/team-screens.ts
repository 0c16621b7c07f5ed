/** The team of a department: who has how much in hand, who is away, who takes over. */
import type { Mate } from '../../queries/load-team.js';
import { dateFor, type Reader } from '../reader.js';
import { blocks, bold, lines } from '../rich.js';
import { inRows, view, type Button, type View } from '../view.js';

/** Working days somebody may be marked as away for with one press. */
export const awayDays: readonly number[] = [3, 5, 10];

const mark = ({ absence, awayUntil }: Mate, reader: Reader): string => {
  const { mark: marks } = reader.text.office.team;
  if (absence === null) return '';
  return `⚠️ ${absence === 'away' ? marks.away(dateFor(reader, awayUntil)) : marks[absence]}`;
};

/** One button a person; the press opens what can be done about his cases. */
export function teamView(
  { code, name, team }: { readonly code: string; readonly name: string; readonly team: readonly Mate[] },
  reader: Reader,
): View {
  const { text } = reader;
  const people = team.map((mate): Button => ({
    label: `${mate.absence === null ? '' : '⚠️ '}${text.office.team.member(mate)}`,
    press: { action: 'mate', id: mate.personId, arg: code },
  }));
  return view(
    blocks(
      bold(text.office.team.title(name)),
      team.length === 0
        ? text.office.team.nobody
        : lines(
            ...team.map(
              (mate) =>
                `• ${text.office.team.member(mate)}${mate.absence === null ? '' : ` · ${mark(mate, reader)}`}`,
            ),
          ),
    ),
    inRows(people, 1),
  );
}

/** Second press: who takes everything over, and for how long he is away. */
export function mateView(
  { code, mate, team }: { readonly code: string; readonly mate: Mate; readonly team: readonly Mate[] },
  reader: Reader,
): View {
  const { team: text } = reader.text.office;
  const free = team.filter(({ personId, absence }) => absence === null && personId !== mate.personId);
  const give = free.map(({ personId, name }): Button => ({
    label: text.give({ name, open: mate.open }),
    press: { action: 'mate-to', id: mate.personId, arg: `${personId}.${code}` },
  }));
  const away = (label: string, value: string): Button => ({
    label,
    press: { action: 'mate-away', id: mate.personId, arg: `${value}.${code}` },
  });
  const gone = mate.absence === 'away' || (mate.absence === 'left' && mate.awayUntil !== null);
  return view(
    blocks(
      lines(bold(text.about(mate)), mark(mate, reader)),
      mate.open === 0 ? null : free.length > 0 ? text.ask : text.nobodyElse,
    ),
    [
      ...(mate.open > 0 ? inRows(give, 1) : []),
      ...(gone
        ? [[away(text.back, 'back')]]
        : [
            ...inRows(
              awayDays.map((days) => away(text.awayFor(days), String(days))),
              2,
            ),
            [away(text.awayForGood, 'left')],
          ]),
      [{ label: reader.text.buttons.back, press: { action: 'team', arg: code } }],
    ],
  );
}

/** For one case: who takes it over. */
export function handoverView(
  {
    caseId,
    number,
    team,
  }: { readonly caseId: string; readonly number: string; readonly team: readonly Mate[] },
  reader: Reader,
): View {
  const { team: text } = reader.text.office;
  return view(blocks(bold(number), team.length > 0 ? text.whoTakes : text.nobodyElse), [
    ...inRows(
      team.map((mate): Button => ({
        label: text.member(mate),
        press: { action: 'handover-to', id: caseId, arg: mate.personId },
      })),
      1,
    ),
    [{ label: reader.text.buttons.back, press: { action: 'card', id: caseId } }],
  ]);
}
