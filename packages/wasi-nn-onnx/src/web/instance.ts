import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type * as Ort from 'onnxruntime-common';
import { loadScript } from './load-script.js';
import { type ModuleStart, startModule } from './start-module.js';

/** One instance of onnxruntime-web: a sandbox with memory of its own. */
export class OnnxRuntimeWeb {
  readonly ort: typeof Ort;
  readonly #start: ModuleStart;
  readonly #onCompiled: (module: WebAssembly.Module) => void;
  #started = false;
  #broken = false;

  /** @param onCompiled is given the module, once it has started. */
  constructor(start: ModuleStart, onCompiled: (module: WebAssembly.Module) => void) {
    this.ort = loadScript();
    this.ort.env.logLevel = 'fatal';
    this.ort.env.wasm.numThreads = 1;
    this.#start = start;
    this.#onCompiled = onCompiled;
  }

  /** True after its code has trapped: nothing in it can be relied on any more. */
  get broken(): boolean {
    return this.#broken;
  }

  /**
   * Does something in the sandbox.
   *
   * @throws {BackendFailure} with `errno` when it fails, as a rejection.
   */
  async guard<Result>(errno: NnErrnoName, what: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#broken) {
      throw new BackendFailure(errno, `onnxruntime-web could not ${what}: it failed in an earlier call.`);
    }
    try {
      return await (this.#started ? work() : this.#startWith(work));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#broken = !this.#started || hasTrapped(error);
      throw new BackendFailure(errno, `onnxruntime-web could not ${what}: ${message}`);
    }
  }

  /** Its module starts with the first session. */
  async #startWith<Result>(work: () => Promise<Result>): Promise<Result> {
    const { outcome, compiled } = await startModule(this.#start, work);
    this.#started = compiled !== undefined;
    if (compiled !== undefined) this.#onCompiled(compiled);
    if (outcome.status === 'rejected') throw outcome.reason;
    if (compiled === undefined) throw new Error('This version of onnxruntime-web is not supported.');
    return outcome.value;
  }
}

/** Whether code of the sandbox was left where it was: it trapped, gave up, had no stack left, or threw what nobody caught. */
function hasTrapped(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError || !(error instanceof Error)
  );
}
