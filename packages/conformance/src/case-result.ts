/** The result of one case on one target. */
export type CaseResult = {
  /** The name of the case. */
  readonly name: string;
  /** Where its expected answer comes from. */
  readonly source: string;
  /** How long it took, in whole milliseconds, including its process. */
  readonly milliseconds: number;
} & CaseOutcome;

/** The outcome of a case. */
export type CaseOutcome =
  | {
      /** The plug-in did what it should. */
      readonly status: 'passed';
    }
  | {
      /** The plug-in did something else. */
      readonly status: 'failed';
      /** The error that the case threw. */
      readonly error: Error;
    }
  | {
      /** It failed on the native provider, where upstream is known to differ. */
      readonly status: 'differs';
      /** What upstream does, according to the case. */
      readonly text: string;
      /** The error that the case threw. */
      readonly error: Error;
    }
  | {
      /** Something that the case needs is not available. */
      readonly status: 'ignored';
      /** What is not available. */
      readonly reason: string;
    };
