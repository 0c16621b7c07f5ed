import type { ViewMessage } from '../model.js';
import { dayKey } from '../times.js';

const togetherSeconds = 300;

/** What the list shows, top to bottom: day marks, single messages, albums. `tail`: the last of one sender's run. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly date: number }
  | {
      readonly kind: 'messages';
      readonly key: string;
      readonly messages: readonly [ViewMessage, ...ViewMessage[]];
      readonly tail: boolean;
    };

/** Gathers albums by their group, marks days, and tells where a sender's run of messages ends. */
export function timeline(messages: readonly ViewMessage[]): readonly TimelineItem[] {
  const groups = gather(messages);
  return groups.flatMap((group, at): readonly TimelineItem[] => {
    const [first] = group;
    const before = groups[at - 1]?.[0];
    const item: TimelineItem = {
      kind: 'messages',
      key: String(first.messageId),
      messages: group,
      tail: endsRun(first, groups[at + 1]?.[0]),
    };
    if (before && dayKey(before.date) === dayKey(first.date)) return [item];
    return [{ kind: 'day', key: `day-${first.messageId}`, date: first.date }, item];
  });
}

function gather(messages: readonly ViewMessage[]): readonly [ViewMessage, ...ViewMessage[]][] {
  const groups: [ViewMessage, ...ViewMessage[]][] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const joins = message.mediaGroupId !== undefined && last?.[0].mediaGroupId === message.mediaGroupId;
    if (last && joins) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function endsRun(message: ViewMessage, next: ViewMessage | undefined): boolean {
  if (!next || next.from !== message.from) return true;
  return next.date - message.date > togetherSeconds || dayKey(next.date) !== dayKey(message.date);
}
