/** Under which everything of a benchmark is sealed, by the program and by what puts things into its store. */
export const benchKey = Buffer.alloc(32, 9);
