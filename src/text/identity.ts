/** Texts about the reporter's name: who may see it, who saw it, what of the report reaches a department. */
import type { MaskKind } from '../domain/masking/mask.js';

type Words<K extends string> = Readonly<Record<K, string>>;

export interface IdentityTexts {
  /** To the commission, while a second person is awaited. */
  readonly asked: (p: { readonly role: string; readonly until: string }) => string;
  readonly deferred: (date: string) => string;
  readonly until: (time: string) => string;
  /** A button of the reporter: fewer people see his name, at once. */
  readonly raise: (level: string) => string;
  /** From where the name is taken back, and from where it cannot be. */
  readonly raiseReaches: string;
  /** More people see it: what cannot be undone. */
  readonly lowerReaches: string;
  /** To the reporter: that his name was seen. */
  readonly seen: (p: { readonly at: string; readonly asker: string; readonly approver: string }) => string;
  /** To the reporter: a duty officer asks him to let more people see it. */
  readonly uscc: (code: string) => string;
  readonly doubted: string;
  readonly lowerAsked: (p: { readonly from: string; readonly to: string }) => string;
  readonly mask: {
    readonly proposed: (what: string) => string;
    /** Once a department reads it. */
    readonly done: (what: string) => string;
    readonly count: (p: { readonly kind: string; readonly count: number }) => string;
    readonly kinds: Words<MaskKind>;
    readonly apply: string;
    readonly applied: string;
    readonly nothing: string;
  };
  readonly files: {
    readonly button: (count: number) => string;
    readonly title: string;
    readonly about: string;
    readonly line: (p: { readonly ordinal: number; readonly what: string; readonly at: string }) => string;
    readonly released: string;
    readonly look: (ordinal: number) => string;
    readonly release: (ordinal: number) => string;
    readonly none: string;
  };
  readonly preview: {
    readonly department: (p: { readonly names: string; readonly several: boolean }) => string;
  };
}
