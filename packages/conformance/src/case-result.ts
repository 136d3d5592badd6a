/** How one case went on one target. */
export type CaseResult = {
  /** The name of the case. */
  readonly name: string;
  /** Where its expected answer comes from. */
  readonly source: string;
  /** How long it took, in whole milliseconds, its process included. */
  readonly milliseconds: number;
} & CaseOutcome;

/** What became of a case. */
export type CaseOutcome =
  | {
      /** The plug-in did what it must. */
      readonly status: 'passed';
    }
  | {
      /** The plug-in did something else. */
      readonly status: 'failed';
      /** What the case threw. */
      readonly error: Error;
    }
  | {
      /** It failed on the native provider, where upstream is known to differ. */
      readonly status: 'differs';
      /** What upstream does, as the case tells it. */
      readonly text: string;
      /** What the case threw. */
      readonly error: Error;
    }
  | {
      /** Something that the case needs is not here. */
      readonly status: 'ignored';
      /** What is not here. */
      readonly reason: string;
    };
