/** From the numbers as they are written to the numbers the program counts with; and what contradicts itself. Pure. */
import type { Limit, Rules, Span } from '../clock-limits.js';
import { minutesPerDay } from '../working-time/opening-hours.js';
import { hoursOf, lengthOf } from './read-value.js';
import { settings, type RuleDocument, type SettingKey } from './settings.js';

/** What two numbers may not say together. */
export const contradictions = [
  'R1-after-R2',
  'tiers-out-of-order',
  'escalations-out-of-order',
  'nudges-out-of-order',
  'looks-out-of-order',
  'volumes-out-of-order',
] as const;
export type Contradiction = (typeof contradictions)[number];

interface Reader {
  readonly span: (key: SettingKey) => Span;
  readonly spans: (key: SettingKey) => readonly Span[];
  readonly number: (key: SettingKey) => number;
}

/** Takes a version and its document, gives the rules; 1 wd is worth what this version's opening hours make of it. */
export function compileRules(rulesVersion: number, document: RuleDocument): Rules {
  const hours = hoursOf(document.hours);
  const { span, spans, number } = readerOf(document);
  const limit = (key: SettingKey, urgent: SettingKey): Limit => ({ limit: span(key), urgent: span(urgent) });
  const always = (key: SettingKey): Limit => limit(key, key);
  const [response = 0, resolution = 0, satisfaction = 0] = document.weights.split(', ').map(shareIn);
  const atOnce: Span = { natural: 0 };
  return {
    rulesVersion,
    hours,
    clocks: {
      dispatch: limit('dispatch', 'dispatch.urgent'),
      sign: limit('sign', 'sign.urgent'),
      contact: limit('contact', 'contact.urgent'),
      resolve: {
        limit: {
          consult: span('resolve.consult'),
          simple: span('resolve.simple'),
          general: span('resolve.general'),
          complex: span('resolve.complex'),
          legacy: span('resolve.legacy'),
        },
        urgent: span('resolve.urgent'),
      },
      redo: limit('redo', 'redo.urgent'),
      check: limit('check', 'check.urgent'),
      sealed: { firstAnswer: always('sealed.answer'), decision: always('sealed.decision') },
      survey: { ...always('survey'), nudges: spans('survey.nudges') },
      lookBack: { looks: spans('look-back') },
      report: always('report'),
      receipt: always('receipt'),
    },
    ladder: {
      R1: { usedShare: number('R1.used') },
      R2: { usedShare: number('R2.used'), orLeft: span('R2.left') },
      R3: { before: span('R3.before'), orShareBefore: number('R3.share') },
      E1: { after: { limit: atOnce, urgent: atOnce }, acknowledgeWithin: span('E1.acknowledge') },
      E2: { after: limit('E2', 'E2.urgent'), explainWithin: span('E2.explain') },
      E2b: { afterE2: span('E2.again') },
      E3: { after: limit('E3', 'E3.urgent') },
      E4: { after: always('E4') },
      oneStepOn: {
        reopens: number('step.reopens'),
        urges: number('step.urges'),
        redos: number('step.redos'),
      },
    },
    morning: {
      digest: { beforeOpening: span('digest') },
      watch: { beforeOpening: span('watch'), unreachableFor: span('unreachable') },
    },
    caps: {
      supplement: { lapsesAfter: span('supplement') },
      appeal: { within: span('appeal') },
      return: { within: span('return') },
      wait: { longest: span('wait'), times: number('wait.times') },
      extension: {
        askBefore: span('extension.notice'),
        longestShare: number('extension.share'),
        times: number('extension.times'),
      },
      reopen: { within: span('reopen'), freely: number('reopen.freely') },
      urge: { oncePer: span('urge') },
      archive: { restsFor: span('archive') },
    },
    ranking: {
      weights: { response, resolution, satisfaction },
      leastValid: number('least-valid'),
      volumeFrom: { large: number('volume.large'), medium: number('volume.medium') },
      mostImproved: number('improved'),
    },
  };
}

function readerOf(document: RuleDocument): Reader {
  const perDay = minutesPerDay(hoursOf(document.hours));
  const spanOf = (value: string): Span => {
    const { count, unit } = lengthOf(value);
    switch (unit) {
      case 'wd':
        return { working: count * perDay };
      case 'wh':
        return { working: count * 60 };
      case 'd':
        return { natural: count * 24 * 60 };
      case 'h':
        return { natural: count * 60 };
      case 'min':
        return { natural: count };
    }
  };
  return {
    span: (key) => spanOf(document[key]),
    spans: (key) => document[key].split(', ').map(spanOf),
    number: (key) => (settings[key].kind === 'share' ? shareIn(document[key]) : Number(document[key])),
  };
}

const shareIn = (percent: string): number => Number(percent.replace('%', '')) / 100;

/** Every contradiction between the numbers of a document; none in one that may come into force. */
export function contradictionsIn(document: RuleDocument): readonly Contradiction[] {
  const { clocks, ladder, ranking } = compileRules(0, document);
  const { consult, simple, general, complex, legacy } = clocks.resolve.limit;
  const wrong: Readonly<Record<Contradiction, boolean>> = {
    'R1-after-R2': ladder.R1.usedShare >= ladder.R2.usedShare,
    'tiers-out-of-order': !rising([consult, simple, general, complex, legacy], 'or-equal'),
    'escalations-out-of-order':
      !rising([ladder.E2.after.limit, ladder.E3.after.limit, ladder.E4.after.limit]) ||
      !rising([ladder.E2.after.urgent, ladder.E3.after.urgent]),
    'nudges-out-of-order': !rising([...clocks.survey.nudges, clocks.survey.limit]),
    'looks-out-of-order': !rising(clocks.lookBack.looks),
    'volumes-out-of-order': ranking.volumeFrom.medium >= ranking.volumeFrom.large,
  };
  return contradictions.filter((name) => wrong[name]);
}

/** Working and natural lengths cannot be compared without a date; such neighbours are let be. */
function rising(spans: readonly Span[], equal?: 'or-equal'): boolean {
  return spans.every((span, i) => {
    const before = spans[i - 1];
    if (before === undefined || (before.working === undefined) !== (span.working === undefined)) return true;
    const [a, b] = [before, span].map((one) => one.working ?? one.natural ?? 0) as [number, number];
    return a < b || (equal === 'or-equal' && a === b);
  });
}
