import type { CallState } from '../call-state.js';

/** What calls into one WasmEdge runtime share besides {@link CallState}: kept flat, since every call touches it. */
export class EngineState {
  /** Raised whenever a guest may have run, so that a guest memory looks at its size again. */
  epoch = 0;
  readonly calls: CallState;
  #hostError: { readonly error: unknown } | undefined;

  constructor(calls: CallState) {
    this.calls = calls;
  }

  /** Keeps what a host function threw until the call of the guest around it returns. */
  keepHostError(error: unknown): void {
    this.#hostError = { error };
  }

  /** What the host function that ended the call threw, once. */
  takeHostError(): { readonly error: unknown } | undefined {
    const kept = this.#hostError;
    this.#hostError = undefined;
    return kept;
  }
}
