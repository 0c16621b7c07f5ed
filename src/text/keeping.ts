/** Texts about keeping and forgetting: what a person may have deleted, a hold, a case whose content is gone. */

export interface KeepingTexts {
  /** Below "who sees what". */
  readonly kept: string;
  readonly forgetDraft: string;
  readonly draftForgotten: string;
  readonly forgetMe: string;
  readonly askForgetMe: (p: { readonly open: number; readonly all: number }) => string;
  readonly forgetMeNow: string;
  readonly forgotten: string;
  readonly staffStay: string;
  readonly held: string;
  readonly erased: string;
}
