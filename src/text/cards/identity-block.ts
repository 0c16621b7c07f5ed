/** What a card says about the name behind a case: who may see it, that it is asked for, that it was seen; and what is covered. */
import { isLevelChange, isLower, openLowering, toldUnmaskings } from '../../domain/access.js';
import { isCommission } from '../../domain/people.js';
import { confidentialities } from '../../domain/taxonomy.js';
import { departmentReader } from '../../domain/visibility.js';
import { transitionRow } from '../../domain/transitions/table.js';
import type { MaskKind } from '../../domain/masking/mask.js';
import type { CaseRecord } from '../../domain/case.js';
import type { CardFacts } from '../../queries/load-card.js';
import { formatTime } from '../format.js';
import { italic, lines, rich, type Part } from '../rich.js';
import { dateFor, labelled, type Reader } from '../reader.js';
import { seenByLine } from '../audit-screens.js';
import type { Button } from '../view.js';

export function identityBlock(facts: CardFacts, reader: Reader): Part | null {
  const { c, relation, sight } = facts;
  const { text } = reader;
  if (relation === 'reporter')
    return lines(
      ownIdentity(c, reader),
      ...seenLines(c, reader),
      seenByLine(facts, reader),
      lowering(c, reader),
    );
  const changed = changedLine(c, reader);
  if (!isCommission(relation)) return lines(nameOr(facts, text.card.identityHidden, reader), changed);
  const { unmask } = c.access;
  const shown = unmask?.state === 'seen' && c.confidentiality === 'locked' && sight.identity;
  return lines(
    nameOr(facts, text.card.identityLocked, reader),
    changed,
    shown ? text.identity.until(formatTime(unmask.endsAt, reader.timeZone)) : null,
    unmask?.state === 'asked'
      ? text.identity.asked({ role: text.words.role[unmask.askedAs], until: dateFor(reader, unmask.endsAt) })
      : null,
    unmask?.state === 'asked' && unmask.tellAt
      ? text.identity.deferred(dateFor(reader, unmask.tellAt))
      : null,
  );
}

/** When the enterprise last changed who sees its name, by itself or because it was asked: to what holds now. */
function changedLine({ history, confidentiality }: CaseRecord, reader: Reader): string | null {
  const last = history.findLast(({ transition }) => isLevelChange(transition));
  if (!last) return null;
  return reader.text.card.levelChanged({
    at: dateFor(reader, last.at),
    level: reader.text.words.confidentiality[confidentiality],
  });
}

function nameOr(
  { c, relation, sight, enterpriseName, contactName, uscc }: CardFacts,
  hidden: string,
  reader: Reader,
): Part {
  const { text } = reader;
  if (!sight.identity) return italic(hidden);
  return rich(
    `🏢 ${labelled(reader, text.card.who)}`,
    enterpriseName ?? text.words.nameless,
    c.verified ? '' : `（${c.access.doubtedAt ? text.identity.doubted : text.words.unverified}）`,
    contactName ? ` · ${contactName}` : '',
    uscc !== null && isCommission(relation) ? `\n${text.identity.uscc(uscc)}` : '',
  );
}

/** Who can see the reporter's name, and whether its way leads to a department at all (rules §6). */
const ownIdentity = (c: CaseRecord, reader: Reader): Part => italic(`🔐 ${seenAt(c, reader)}`);

const seenAt = (c: CaseRecord, { text: { card } }: Reader, level = c.confidentiality): string =>
  level === 'open' ? card.ownOpen[departmentReader(c)] : card.ownIdentity[level];

/** Over the levels to choose from: what each means, and what cannot be taken back. */
export function levelChoice(c: CaseRecord, reader: Reader): string {
  const others = confidentialities.filter((level) => level !== c.confidentiality);
  const { raiseReaches, lowerReaches } = reader.text.identity;
  return [
    ...others.map((level) => `• ${seenAt(c, reader, level)}`),
    ...(others.some((level) => isLower(c.confidentiality, level)) ? [raiseReaches] : []),
    ...(others.some((level) => isLower(level, c.confidentiality)) ? [lowerReaches] : []),
  ].join('\n');
}

/** What changing the level did: fewer see the name from now on, or more do. */
export const levelChanged = (before: CaseRecord, c: CaseRecord, reader: Reader): string =>
  isLower(c.confidentiality, before.confidentiality)
    ? `${seenAt(c, reader)}\n${reader.text.identity.lowerReaches}`
    : reader.text.identity.raiseReaches;

const seenLines = (c: CaseRecord, reader: Reader): readonly Part[] =>
  toldUnmaskings(c).map(({ at, askedAs, approvedAs }) =>
    reader.text.identity.seen({
      at: dateFor(reader, at),
      asker: reader.text.words.role[askedAs],
      approver: reader.text.words.role[approvedAs],
    }),
  );

function lowering(c: CaseRecord, { text }: Reader): Part | null {
  const level = openLowering(c);
  if (level === null) return null;
  const { confidentiality } = text.words;
  return text.identity.lowerAsked({ from: confidentiality[c.confidentiality], to: confidentiality[level] });
}

/** What departments will not read, until the duty officer words it himself. */
export function maskLine({ c, maskable }: CardFacts, reader: Reader): Part | null {
  if (maskable.length === 0) return null;
  const { mask } = reader.text.identity;
  const counts = new Map<MaskKind, number>();
  for (const kind of maskable) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const said = [...counts].map(([kind, count]) => mask.count({ kind: mask.kinds[kind], count }));
  const read = c.department !== null && c.state !== 'filed' && c.state !== 'returned';
  return mask[read ? 'done' : 'proposed'](said.join(reader.language === 'zh' ? '、' : ', '));
}

/** The reporter hides his name in one press; the commission masks as proposed, and gives files one by one. */
export function identityButtons(
  { c, relation, offered, maskable, files }: CardFacts,
  { text }: Reader,
): readonly Button[] {
  const press = (action: string) => ({ action, id: c.id, rev: c.rev });
  const gives =
    (relation === 'duty' || relation === 'supervisor') &&
    c.department !== null &&
    transitionRow('release-file')?.from.includes(c.state) === true;
  const left = files.filter(({ key }) => !c.access.releasedFiles.includes(key)).length;
  const raises = relation === 'reporter' && offered.includes('set-confidentiality');
  const higher = raises ? confidentialities.filter((level) => isLower(c.confidentiality, level)) : [];
  return [
    ...higher.map((level) => ({
      label: text.identity.raise(text.words.confidentiality[level]),
      press: { ...press('set-confidentiality'), arg: level },
    })),
    ...(maskable.length > 0 && offered.includes('redact')
      ? [{ label: text.identity.mask.apply, press: press('mask') }]
      : []),
    ...(gives && left > 0 ? [{ label: text.identity.files.button(left), press: press('held-files') }] : []),
  ];
}
