/** How one case went on one target. */
export type CaseResult = {
  readonly name: string;
  readonly source: string;
  readonly milliseconds: number;
} & CaseOutcome;

/** What became of a case. */
export type CaseOutcome =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly error: Error }
  /** It failed on the native provider, where upstream is known to differ: `text` is what upstream does, `error` how the case failed. */
  | { readonly status: 'differs'; readonly text: string; readonly error: Error }
  | { readonly status: 'ignored'; readonly reason: string };
