/** How instants are written for people. */
import type { Language } from '../domain/people.js';

const zones = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, timeZone: string, locale: string): Record<string, string> {
  const key = `${locale} ${timeZone}`;
  const format =
    zones.get(key) ??
    new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: locale === 'en' ? 'short' : 'numeric',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  zones.set(key, format);
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** 11月24日（周二）15:00 · Tue 24 Nov, 15:00. The year is written when it is not the present one. */
export function formatInstant(
  at: Date,
  language: Language,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const p = parts(at, timeZone, locale);
  const sameYear = p['year'] === parts(now, timeZone, locale)['year'];
  if (language === 'zh')
    return `${sameYear ? '' : `${p['year']}年`}${p['month']}月${p['day']}日（${p['weekday']}）${p['hour']}:${p['minute']}`;
  return `${p['weekday']} ${p['day']} ${p['month']}${sameYear ? '' : ` ${p['year']}`}, ${p['hour']}:${p['minute']}`;
}

/** 11月24日（周二） · Tue 24 Nov. */
export function formatDay(at: Date, language: Language, { timeZone }: { readonly timeZone: string }): string {
  const p = parts(at, timeZone, language === 'zh' ? 'zh-CN' : 'en');
  return language === 'zh'
    ? `${p['month']}月${p['day']}日（${p['weekday']}）`
    : `${p['weekday']} ${p['day']} ${p['month']}`;
}

/** 15:00 in the given zone. */
export const formatTime = (at: Date, timeZone: string): string => {
  const p = parts(at, timeZone, 'en');
  return `${p['hour']}:${p['minute']}`;
};
