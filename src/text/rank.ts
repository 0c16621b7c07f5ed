/** The table of a month as a phone shows it: a few short lines a department, no columns (rules §5). */
import type { Role, Viewer } from '../domain/people.js';
import { monthsAfter, type Month } from '../domain/rates/month.js';
import { volumes, type RankingRules, type Standing } from '../domain/rates/ranking.js';
import type { MonthRanking } from '../queries/month-ranking.js';
import { blocks, bold, italic, lines, plain, rich, type Part } from './rich.js';
import { dateFor, nameFor, type Reader } from './reader.js';
import { view, type Button, type View } from './view.js';

const standingsPerPage = 10;

export interface RankShown {
  readonly page: number;
  readonly viewer: Viewer;
  /** Roles to whom publishing is offered. */
  readonly publishers: readonly Role[];
}

/** Takes a month's ranking, gives one page (from 1) with the months beside it; a head finds his own department marked. */
export function rankView(
  ranking: MonthRanking,
  { page, viewer, publishers }: RankShown,
  reader: Reader,
): View {
  const { text } = reader;
  const { table } = ranking;
  const pages = Math.max(1, Math.ceil(table.standings.length / standingsPerPage));
  const at = Math.min(Math.max(1, page), pages);
  const shown = table.standings.slice((at - 1) * standingsPerPage, at * standingsPerPage);
  const body = blocks(
    lines(
      bold(text.rank.title(monthName(table.month, reader))),
      statusOf(ranking, reader),
      italic(text.rank.weights(weightsOf(table.rules))),
    ),
    ...volumes.map((volume) => group(shown, volume, ranking, viewer, reader)),
    group(shown, null, ranking, viewer, reader),
    at === 1 ? improvedBlock(ranking, reader) : null,
  );
  const turn = (label: string, to: number): Button => ({
    label,
    press: { action: 'rank', arg: `${table.month}.${to}` },
  });
  const mayPublish =
    publishers.includes(viewer.role) &&
    ranking.over &&
    ranking.publishedAt === null &&
    table.standings.some(({ place }) => place !== null);
  return view(body, [
    [
      ...(at > 1 ? [turn(text.buttons.previous, at - 1)] : []),
      ...(at < pages ? [turn(text.buttons.next, at + 1)] : []),
    ],
    [
      ...(ranking.hasEarlier ? [monthButton(monthsAfter(table.month, -1), '« ', '', reader)] : []),
      ...(ranking.hasLater ? [monthButton(monthsAfter(table.month, 1), '', ' »', reader)] : []),
    ],
    mayPublish ? [{ label: text.rank.publish, press: { action: 'rank-publish', arg: table.month } }] : [],
  ]);
}

/** Publishing is for good, so it is asked twice. */
export function confirmPublishView(month: Month, { surveysOpen }: MonthRanking, reader: Reader): View {
  const { rank, buttons } = reader.text;
  return view(
    blocks(
      bold(rank.title(monthName(month, reader))),
      lines(surveysOpen > 0 ? rank.surveysOpen(surveysOpen) : null, rank.sure),
    ),
    [
      [{ label: rank.publishForGood, press: { action: 'rank-publish', arg: `${month}.sure` } }],
      [{ label: buttons.back, press: { action: 'rank', arg: `${month}.1` } }],
    ],
  );
}

const monthButton = (month: Month, before: string, behind: string, reader: Reader): Button => ({
  label: `${before}${monthName(month, reader)}${behind}`,
  press: { action: 'rank', arg: `${month}.1` },
});

/** 2026年11月 · November 2026 */
export function monthName(month: Month, { language }: Reader): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  if (language === 'zh') return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月`;
  return new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(at);
}

function statusOf({ publishedAt, over, surveysOpen }: MonthRanking, reader: Reader): Part {
  const { rank } = reader.text;
  if (publishedAt) return rank.published(dateFor(reader, publishedAt));
  return lines(
    over ? rank.preliminary : rank.running,
    surveysOpen > 0 ? rank.surveysOpen(surveysOpen) : null,
  );
}

function group(
  shown: readonly Standing[],
  volume: Standing['volume'],
  ranking: MonthRanking,
  viewer: Viewer,
  reader: Reader,
): Part | null {
  const own = shown.filter((one) => one.volume === volume);
  if (own.length === 0) return null;
  const { rank } = reader.text;
  const { large, medium } = ranking.table.rules.volumeFrom;
  const head =
    volume === null
      ? rank.notRanked
      : {
          large: rank.large(String(large)),
          medium: rank.medium({ from: String(medium), to: String(large - 1) }),
          small: rank.small(String(medium)),
        }[volume];
  return blocks(bold(head), ...own.map((one) => standingLines(one, ranking, viewer, reader)));
}

function standingLines(
  { department, place, rates, why }: Standing,
  { table, names }: MonthRanking,
  viewer: Viewer,
  reader: Reader,
): Part {
  const { rank } = reader.text;
  const name = `${viewer.departments?.includes(department) ? '👉 ' : ''}${nameFor(reader, named(names, department))}`;
  if (why === 'nothing-closed') return lines(bold(name), rank.nothingClosed);
  const least = table.rules.leastValid;
  if (why === 'sample-too-small' || !rates.three)
    return lines(
      bold(name),
      rank.sampleTooSmall({ valid: String(rates.valid), closed: String(rates.closed), least: String(least) }),
    );
  const { response, resolution, satisfaction, score } = rates.three;
  return lines(
    rich(`${place ?? ''}. `, bold(name), ` · ${points(score)}`),
    rank.three({
      response: percent(response),
      resolution: percent(resolution),
      satisfaction: percent(satisfaction),
    }),
    rank.beside({
      onTime: percent(rates.onTime),
      hours: hours(rates.medianWorkingMinutes),
      reopened: percent(rates.reopened),
    }),
    rank.coverage({
      valid: String(rates.valid),
      closed: String(rates.closed),
      share: percent(rates.coverage),
      declined: rates.declined ?? 0,
    }),
  );
}

function improvedBlock({ table, names }: MonthRanking, reader: Reader): Part | null {
  if (table.improved.length === 0) return null;
  return lines(
    bold(reader.text.rank.improved),
    ...table.improved.map(({ department, before, now }) =>
      plain(
        `${nameFor(reader, named(names, department))} ${points(before)} → ${points(now)} (+${points(now - before)})`,
      ),
    ),
  );
}

const named = (names: MonthRanking['names'], department: string) => ({
  name: names[department] ?? { zh: department, en: department },
});

const weightsOf = ({ weights }: RankingRules) => ({
  response: percent(weights.response),
  resolution: percent(weights.resolution),
  satisfaction: percent(weights.satisfaction),
});

/** A score out of 100, to one decimal. */
const points = (score: number): string => (score * 100).toFixed(1);

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)}%`);

const hours = (minutes: number | null): string => (minutes === null ? '—' : (minutes / 60).toFixed(1));
