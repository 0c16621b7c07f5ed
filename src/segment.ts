/** Cuts text into words, Chinese as well. The dictionary is loaded on first use: it takes memory that not every process needs. */
export interface Segmenter {
  /** The pieces of a text as they stand, with shorter words inside long ones beside them. */
  readonly pieces: (text: string) => Promise<readonly string[]>;
}

export function createSegmenter(): Segmenter {
  let loading: Promise<(text: string) => string[]> | undefined;

  const load = async (): Promise<(text: string) => string[]> => {
    const [{ Jieba }, { dict }] = await Promise.all([
      import('@node-rs/jieba'),
      import('@node-rs/jieba/dict.js'),
    ]);
    const jieba = Jieba.withDict(dict);
    return (text) => jieba.cutForSearch(text, true);
  };

  return {
    pieces: async (text) => {
      loading ??= load();
      return (await loading)(text);
    },
  };
}
