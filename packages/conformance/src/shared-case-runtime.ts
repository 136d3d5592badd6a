import { isDeepStrictEqual } from 'node:util';
import { packPlugins } from '@wasmedge-plugins/core';
import type { CaseInstance, CaseRuntime } from './case-runtime.js';
import { type CaseRuntimeOptions, type OpenedCaseRuntime, openCaseRuntime } from './open-case-runtime.js';
import type { Target } from './target.js';

/** A runtime as the last case left it. */
interface KeptRuntime {
  /** What crossed to make its plug-ins there. */
  readonly packed: unknown;
  readonly opened: OpenedCaseRuntime;
}

/**
 * The runtime that the cases of a target share, as long as they want the same options and pass: in another thread or process, starting one for each would take
 * longer than most cases. Each case has instances of its own, which end with it. With options of WASI or limits, and with compiled code, a case has a runtime of its own.
 */
export class SharedCaseRuntime {
  #kept: KeptRuntime | undefined;

  /** Gives the runtime that there is to one who wants these options and may share it, or makes one. */
  async open(target: Target, options: CaseRuntimeOptions, isShared: boolean): Promise<SharedOpening> {
    const { plugins, wasi, limits } = options;
    if (!isShared || target.aot !== undefined || wasi !== undefined || limits !== undefined) {
      const { runtime, close } = await openCaseRuntime(target, options);
      return { runtime, close: () => close() };
    }
    const packed = packPlugins({ plugins });
    const opened = (await this.#take(packed)) ?? (await openCaseRuntime(target, options));
    const instances: CaseInstance<unknown>[] = [];
    return {
      runtime: watched(opened.runtime, instances),
      close: async (passed) => {
        if (!passed || this.#kept !== undefined) return opened.close();
        for (const instance of instances) await instance[Symbol.asyncDispose]();
        this.#kept = { packed, opened };
      },
    };
  }

  /** Ends the runtime that is left. */
  async end(): Promise<void> {
    await this.#take(undefined);
  }

  /** The runtime that is left if its plug-ins are the same; ends another one. */
  async #take(packed: unknown): Promise<OpenedCaseRuntime | undefined> {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept === undefined || isDeepStrictEqual(kept.packed, packed)) return kept?.opened;
    await kept.opened.close();
    return undefined;
  }
}

/** A runtime for one case. */
export interface SharedOpening {
  readonly runtime: CaseRuntime;
  /** To be called at the end of the case. */
  close(passed: boolean): void | PromiseLike<void>;
}

/** The runtime, whose instances are added to a list. */
function watched(runtime: CaseRuntime, instances: CaseInstance<unknown>[]): CaseRuntime {
  return {
    run: (guest) => runtime.run(guest),
    async instantiate(guest, options) {
      const instance = await runtime.instantiate(guest, options);
      instances.push(instance);
      return instance;
    },
  };
}
