import { z } from 'zod';
import type { Change } from '../state/change.js';
import type { World } from '../state/world.js';
import { explain } from '../schema/explain.js';

/** A file that came with the call; its bytes are kept already, under `bytesId`. */
export type Upload = {
  readonly bytesId: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
};

export type Call<P> = {
  readonly world: World;
  readonly params: P;
  readonly uploads: ReadonlyMap<string, Upload>;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** What a call gives back and does to the state. `cost` is what it takes from the budgets of a chat (0: nothing). */
export type Outcome = {
  readonly result: unknown;
  readonly changes?: readonly Change[];
  readonly chatId?: number;
  readonly messageId?: number;
  readonly cost?: number;
};

export type RawCall = Omit<Call<unknown>, 'params'> & { readonly params: unknown };

export type Method = { readonly name: string; readonly handle: (call: RawCall) => Outcome };

/** A row of the catalogue: name, schema from Telegram's documentation, and a decision that runs without waiting. */
export const method = <S extends z.ZodType>(
  name: string,
  schema: S,
  run: (call: Call<z.output<S>>) => Outcome,
): Method => ({
  name,
  handle: (call) => {
    const parsed = schema.safeParse(call.params);
    if (!parsed.success) throw explain(parsed.error);
    return run({ ...call, params: parsed.data });
  },
});

/** The schema of a call without parameters. */
export const nothing = z.strictObject({});
