/** What the rows may refer to: message numbers in chat 1001, files, an open callback query. */
export type Prepared = {
  readonly text: number;
  readonly protectedText: number;
  readonly keyed: number;
  readonly spare: number;
  readonly document: number;
  readonly documentFile: string;
  readonly photo: number;
  readonly photoFile: string;
  readonly location: number;
  readonly ownMessage: number;
  readonly query: string;
  readonly settled: () => Promise<void>;
};

type Params = (prepared: Prepared) => Record<string, unknown>;

/** One refusal: what is refused, in which words, and the nearest call that passes. */
export type Refusal = {
  readonly method: string;
  readonly name: string;
  readonly bad: Params;
  readonly good: Params;
  readonly says: string;
  readonly code?: number;
  readonly form?: boolean;
};
