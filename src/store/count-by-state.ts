/** How many documents are in each of these states, asked state by state; those without any are left out. */
export async function countByState<State extends string>(
  states: readonly State[],
  count: (state: State) => PromiseLike<number>,
): Promise<Record<string, number>> {
  const counts = await Promise.all(states.map(async (state) => [state, await count(state)] as const));
  return Object.fromEntries(counts.filter(([, found]) => found > 0));
}
