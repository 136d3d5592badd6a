import type { KeptCode } from './kept-code.js';

/** What is known of the code of one guest, for all who want it. */
export class SuppliedCode {
  readonly #settled: Promise<void>;
  readonly #waiting = new Set<(code: KeptCode) => void>();
  #settle: () => void = () => {};
  #code: KeptCode | undefined;
  #error: Error | undefined;

  constructor() {
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The code, if it is there. */
  get code(): KeptCode | undefined {
    return this.#code;
  }

  /** What it could not be made for. */
  get error(): Error | undefined {
    return this.#code === undefined ? this.#error : undefined;
  }

  /** Why it is not there, in a few words. */
  get whyNot(): string {
    return this.#error === undefined
      ? 'it is being compiled'
      : `it could not be compiled: ${this.#error.message}`;
  }

  /** Settles when it is there, or cannot be made. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Tells once, when it is there. */
  onCode(tell: (code: KeptCode) => void): void {
    this.#waiting.add(tell);
  }

  provide(code: KeptCode): void {
    this.#code = code;
    this.#settle();
    for (const tell of this.#waiting) tell(code);
    this.#waiting.clear();
  }

  fail(error: Error): void {
    this.#error = error;
    this.#settle();
  }
}
