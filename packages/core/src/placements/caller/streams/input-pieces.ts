/** Input that has to be served by the thread of the caller, as pieces. */
export interface InputPieces {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value: unknown }>;
  /** Nobody asks any more. */
  end(): void;
}
