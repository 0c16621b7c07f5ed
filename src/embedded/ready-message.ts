/** The line `{"ready":true,…}` with which a child of ours says where it is; undefined for any other line. */
export const readyMessage = (line: string): Readonly<Record<string, string>> | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const said = JSON.parse(line) as Record<string, unknown>;
    if (said['ready'] !== true) return undefined;
    const texts = Object.entries(said).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return Object.fromEntries(texts);
  } catch {
    return undefined;
  }
};
