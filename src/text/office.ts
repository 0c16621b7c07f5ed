/** Texts of the office's own work: letters, the morning digest, taking over. */

export interface OfficeTexts {
  readonly letters: {
    readonly button: (count: number) => string;
    readonly none: string;
  };
  readonly digest: {
    readonly phaseOne: string;
    readonly title: (p: { readonly date: string; readonly role: string }) => string;
    readonly group: Readonly<Record<'late' | 'today' | 'reminded' | 'waiting', (count: number) => string>>;
    readonly due: (p: { readonly clock: string; readonly date: string }) => string;
    readonly more: (count: number) => string;
  };
  readonly team: {
    readonly title: (department: string) => string;
    readonly choose: string;
    readonly member: (p: { readonly name: string; readonly open: number }) => string;
    readonly mark: Readonly<Record<'left' | 'unreachable', string>> & {
      readonly away: (until: string) => string;
    };
    readonly nobody: string;
    readonly about: (p: { readonly name: string; readonly open: number }) => string;
    readonly ask: string;
    readonly nobodyElse: string;
    readonly give: (p: { readonly name: string; readonly open: number }) => string;
    readonly awayFor: (days: number) => string;
    readonly awayForGood: string;
    readonly back: string;
    readonly moved: (p: { readonly count: number; readonly name: string; readonly kept: number }) => string;
    readonly unknown: string;
    readonly handOver: string;
    readonly whoTakes: string;
  };
}
