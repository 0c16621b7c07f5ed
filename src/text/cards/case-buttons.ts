/** The buttons of a card: what the transition table offers this viewer, the proposal first. */
import { isSurveyOpen, type CaseRecord } from '../../domain/case.js';
import { isDeclined, isLow } from '../../domain/survey.js';
import { confidentialities } from '../../domain/taxonomy.js';
import { tiersFor } from '../../domain/tiers.js';
import type { TransitionName } from '../../domain/transitions/row.js';
import { transitionRow } from '../../domain/transitions/table.js';
import type { CardFacts } from '../../queries/load-card.js';
import { nameFor, type Reader } from '../reader.js';
import { inRows, type Button } from '../view.js';
import { isCut } from './excerpt.js';
import { identityButtons } from './identity-block.js';
import { hintButtons } from './duplicate-hints.js';
import { asksSurvey, surveyButtons } from './survey-block.js';

/** Decisions that move a case stand alone on a row, in this order; the rest stand in pairs. */
const leading: readonly TransitionName[] = [
  'sign',
  'contact',
  'supplement',
  'resume',
  'grant-extension',
  'refuse-extension',
  'approve-unmask',
  'refuse-unmask',
  'agree-lower',
  'refuse-lower',
  'unseal',
  'transfer',
  'enter-receipt',
  'submit',
  'ask-sign-off',
  'finish-task',
  'report-progress',
  'close',
  'redo',
  'reopen',
  'appeal',
  'acknowledge',
  'explain',
  'turn-into-case',
];

const isRare = (name: TransitionName): boolean => transitionRow(name)?.rare ?? false;

/** `rare` shows what stands behind "more" instead of the everyday buttons. */
export function cardButtons(facts: CardFacts, reader: Reader, rare = false): readonly (readonly Button[])[] {
  const { c, offered } = facts;
  const { text } = reader;
  const press = (action: string, arg?: string) => ({
    action,
    id: c.id,
    rev: c.rev,
    ...(arg === undefined ? {} : { arg }),
  });
  const labelled = (name: TransitionName): Button => ({
    label: label(name, facts, reader),
    press: press(name),
  });

  const behind = (name: TransitionName): boolean =>
    isRare(name) || (name === 'reopen' && !shown(name, facts));
  const rarely = [
    ...offered.filter(behind).map(labelled),
    ...handover(facts, reader),
    ...keepOut(facts, reader),
  ];
  if (rare) {
    return [...inRows(rarely, 2), [backTo(c, reader)]];
  }

  const rows: (readonly Button[])[] = [];
  if (asksSurvey(facts)) rows.push(...surveyButtons(facts, reader));
  if (offered.includes('dispatch')) rows.push(...dispatchRows(facts, reader, press));
  rows.push(
    ...leading.filter((name) => offered.includes(name) && shown(name, facts)).map((name) => [labelled(name)]),
  );
  const rest = offered.filter(
    (name) =>
      name !== 'dispatch' &&
      name !== 'set-tier' &&
      !leading.includes(name) &&
      !isRare(name) &&
      shown(name, facts),
  );
  rows.push(...inRows([...rest.map(labelled), ...identityButtons(facts, reader)], 2));

  const fileCount =
    (facts.report?.files.length ?? 0) + facts.thread.reduce((sum, said) => sum + said.files.length, 0);
  const reading = [
    ...(isCut(facts) ? [{ label: text.buttons.fullText, press: press('full') }] : []),
    ...(fileCount > 0 ? [{ label: text.buttons.files(fileCount), press: press('files') }] : []),
    ...(facts.letters.length > 0
      ? [{ label: text.office.letters.button(facts.letters.length), press: press('letters') }]
      : []),
  ];
  const more: Button[] = rarely.length > 0 ? [{ label: text.buttons.moreActions, press: press('more') }] : [];
  return [...rows, ...hintButtons(facts, reader), [...reading, ...more]];
}

/** The head and the duty officer may give a case to another officer (rules §2, reassign). */
function handover({ c, relation }: CardFacts, { text }: Reader): readonly Button[] {
  const mayGive = (relation === 'head' || relation === 'duty') && c.handlerId !== null;
  if (!mayGive || !transitionRow('reassign')?.from.includes(c.state)) return [];
  return [{ label: text.office.team.handOver, press: { action: 'handover', id: c.id, rev: c.rev } }];
}

/** People and departments that must not see the case, as long as it lives (rules §6). */
function keepOut({ c, relation }: CardFacts, { text }: Reader): readonly Button[] {
  const may = relation === 'duty' || relation === 'supervisor';
  if (!may || !transitionRow('exclude')?.from.includes(c.state)) return [];
  return [{ label: text.exclusions.button, press: { action: 'exclude', id: c.id, rev: c.rev } }];
}

/** The survey's questions come first; the redo is offered where the answers were bad, or no answers are awaited (rules §5). */
function shown(name: TransitionName, { c, relation }: CardFacts): boolean {
  if (name === 'comment-survey')
    return c.survey !== null && c.survey.finishedAt !== null && !isDeclined(c.survey);
  if (name !== 'reopen' || relation !== 'reporter' || c.survey === null) return true;
  return c.survey.finishedAt === null ? !isSurveyOpen(c) : isLow(c.survey) || isDeclined(c.survey);
}

function label(name: TransitionName, { relation }: CardFacts, { text }: Reader): string {
  if (name === 'submit' && relation === 'head') return text.buttons.transition['sign-off'];
  return name in text.buttons.transition
    ? text.buttons.transition[name as keyof typeof text.buttons.transition]
    : name;
}

function dispatchRows(
  { c, departments, offered }: CardFacts,
  reader: Reader,
  press: (action: string, arg?: string) => Button['press'],
): Button[][] {
  const proposed = (c.proposal?.departments ?? []).slice(0, 2).map((code) => ({
    label: reader.text.buttons.dispatchTo(
      nameFor(
        reader,
        departments.find((department) => department.code === code),
      ),
    ),
    press: press('dispatch', code),
  }));
  return [
    ...proposed.map((button) => [button]),
    [{ label: reader.text.buttons.otherDepartment, press: press('dispatch') }],
    offered.includes('set-tier')
      ? [{ label: reader.text.buttons.tier(reader.text.words.tier[c.tier]), press: press('set-tier') }]
      : [],
  ];
}

/** All departments to choose from, in place of the card's buttons. */
export function departmentButtons(
  { c, departments }: CardFacts,
  action: TransitionName,
  reader: Reader,
): readonly (readonly Button[])[] {
  const choices = departments
    .filter(({ code, gone }) => gone !== true && !c.excludedDepartments.includes(code))
    .filter((department) => action === 'dispatch' || department.code !== c.department)
    .map((department) => ({
      label: nameFor(reader, department),
      press: { action, id: c.id, rev: c.rev, arg: department.code },
    }));
  return [...inRows(choices, 2), [backTo(c, reader)]];
}

/** The tiers to choose from. */
export function tierButtons({ c }: CardFacts, reader: Reader): readonly (readonly Button[])[] {
  const choices = tiersFor(c)
    .filter((tier) => tier !== c.tier)
    .map((tier) => ({
      label: reader.text.words.tier[tier],
      press: { action: 'set-tier', id: c.id, rev: c.rev, arg: tier },
    }));
  return [...inRows(choices, 2), [backTo(c, reader)]];
}

/** The levels of confidentiality to choose from. */
export function levelButtons(
  { c }: CardFacts,
  action: TransitionName,
  reader: Reader,
): readonly (readonly Button[])[] {
  const choices = confidentialities
    .filter((level) => level !== c.confidentiality)
    .map((level) => ({
      label: reader.text.words.confidentiality[level],
      press: { action, id: c.id, rev: c.rev, arg: level },
    }));
  return [choices, [backTo(c, reader)]];
}

const backTo = (c: CaseRecord, { text }: Reader): Button => ({
  label: text.buttons.back,
  press: { action: 'card', id: c.id },
});
