import type { CallState } from '../call-state.js';

/** What calls into one WasmEdge runtime share besides {@link CallState}: kept flat, since every call touches it. */
export class EngineState {
  /** Raised whenever a guest may have run, so that a guest memory looks at its size again. */
  epoch = 0;
  readonly calls: CallState;

  constructor(calls: CallState) {
    this.calls = calls;
  }
}
