/** Updates are named `<bot>:<number>` wherever they cause something; a second write of the same update adds a sign. Pure. */

// After a week of silence Telegram begins its numbers anew, anywhere: further apart than this, they tell no order.
const comparable = 1_000_000;

/** Whether one update came before another, by their names; false where that cannot be told. */
export function cameBefore(causeId: string, other: string): boolean {
  const [one, two] = [numbered(causeId), numbered(other)];
  if (!one || one.bot !== two?.bot) return false;
  return one.number < two.number && two.number - one.number < comparable;
}

function numbered(causeId: string): { readonly bot: string; readonly number: number } | null {
  const [, bot, number] = /^(\d+):(\d+)/.exec(causeId) ?? [];
  return bot === undefined ? null : { bot, number: Number(number) };
}
