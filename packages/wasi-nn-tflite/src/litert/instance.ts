import type { NnErrnoName } from '@wasmedge-plugins/wasi-nn';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import { loadModule } from './load-module.js';
import type { Deletable, LiteRtModule } from './wasm-interface.js';

const maxErrors = 8;

/** One instance of LiteRT.js: a sandbox with memory of its own. */
export class LiteRtInstance {
  readonly module: LiteRtModule;
  readonly environment: Deletable;
  readonly #errors: string[];
  #broken = false;

  /** @param maxBytes most bytes that its memory may have. */
  static async create(maxBytes: number): Promise<LiteRtInstance> {
    const errors: string[] = [];
    const module = await loadModule(maxBytes, (line) => {
      // It says much that is not an error; and only in words that something went wrong while it computed.
      if (line.startsWith('ERROR') && errors.length < maxErrors) errors.push(line.slice(7).trim());
    });
    module.setupLogging();
    return new LiteRtInstance(module, errors);
  }

  private constructor(module: LiteRtModule, errors: string[]) {
    this.module = module;
    this.#errors = errors;
    this.environment = module.LiteRtEnvironment.create(null);
  }

  /** True after its code has trapped: nothing in it can be relied on any more. */
  get broken(): boolean {
    return this.#broken;
  }

  /**
   * Does something in the sandbox.
   *
   * @throws {BackendFailure} with `errno` when it fails.
   */
  guard<Result>(errno: NnErrnoName, what: string, work: () => Result): Result {
    const stack = this.#begin(errno, what);
    try {
      const result = work();
      if (this.#errors.length === 0) return result;
    } catch (error) {
      this.#fail(error, stack);
    }
    throw this.#failure(errno, what);
  }

  /**
   * Does something in the sandbox that takes its time.
   *
   * @throws {BackendFailure} with `errno` when it fails, as a rejection.
   */
  async guardAsync<Result>(errno: NnErrnoName, what: string, work: () => Promise<Result>): Promise<Result> {
    const stack = this.#begin(errno, what);
    try {
      const result = await work();
      if (this.#errors.length === 0) return result;
    } catch (error) {
      this.#fail(error, stack);
    }
    throw this.#failure(errno, what);
  }

  /** Where the stack is. */
  #begin(errno: NnErrnoName, what: string): number {
    if (this.#broken) {
      throw new BackendFailure(errno, `LiteRT.js could not ${what}: it failed in an earlier call.`);
    }
    this.#errors.length = 0;
    return this.module.stackSave();
  }

  #fail(error: unknown, stack: number): void {
    if (error instanceof WebAssembly.RuntimeError) this.#broken = true;
    else this.module.stackRestore(stack);
    this.#errors.push(error instanceof Error ? error.message : String(error));
  }

  #failure(errno: NnErrnoName, what: string): BackendFailure {
    return new BackendFailure(errno, `LiteRT.js could not ${what}: ${this.#errors.join('; ')}`);
  }
}
