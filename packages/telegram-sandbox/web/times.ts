import type { Text } from './text/text.js';

const msPerDay = 86_400_000;

/** For a program that does not tell its own. */
export const defaultTimeZone = 'Asia/Shanghai';

/** Time of day of a message; `date` in Unix seconds. */
export function timeOfDay(date: number, text: Text): string {
  return new Date(date * 1000).toLocaleTimeString(text.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

/** A key that is equal for two moments of one day, in the browser's time zone. */
export function dayKey(date: number): string {
  return new Date(date * 1000).toDateString();
}

export function dayName(date: number, text: Text): string {
  const key = dayKey(date);
  if (key === new Date().toDateString()) return text.chat.today;
  if (key === new Date(Date.now() - msPerDay).toDateString()) return text.chat.yesterday;
  return new Date(date * 1000).toLocaleDateString(text.locale, { month: 'long', day: 'numeric' });
}

/** For the list of people: the time today, the date before. */
export function shortMoment(date: number, text: Text): string {
  if (dayKey(date) === new Date().toDateString()) return timeOfDay(date, text);
  return new Date(date * 1000).toLocaleDateString(text.locale, { month: 'numeric', day: 'numeric' });
}

/** Business time in the program's time zone: weekday, date and time of day. */
export function businessMoment(at: number, timeZone: string, text: Text): { day: string; time: string } {
  const moment = new Date(at);
  return {
    day: moment.toLocaleDateString(text.locale, {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      weekday: 'short',
    }),
    time: moment.toLocaleTimeString(text.locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }),
  };
}

/** Seconds as m:ss. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Bytes in the unit a person would use. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
