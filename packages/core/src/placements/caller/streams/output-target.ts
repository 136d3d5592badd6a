/** What takes output in the thread of the caller. */
export interface OutputTarget {
  /** Takes bytes; when it is ready for others, the promise is kept. */
  write(bytes: Uint8Array): void | Promise<void>;
  /** There is no more; when the promise is kept, what was taken has arrived where it goes. */
  close(): void | Promise<void>;
  /** There is no more, since the call has failed. */
  abort(error: unknown): void;
}
