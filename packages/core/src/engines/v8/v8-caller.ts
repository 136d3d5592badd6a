import { NoMemoryError } from '../../errors/host-function-errors.js';
import type { Caller } from '../../host-module/caller.js';
import type { HostFunction } from '../../host-module/host-module.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import type { ModuleTypes } from '../../module-types/module-types.js';

/** The caller of a host function on V8: imports are bound to one instance, whose memory is known once it is instantiated. */
export class V8Caller implements Caller {
  bound: GuestMemory | undefined;
  /** Whether the exports are not known yet. */
  isStarting = true;
  readonly #label: string;
  readonly #types: ModuleTypes;
  /** Whether there are times when a memory is there and cannot be reached. */
  readonly #isGuarded: boolean;
  /** What was thrown for a memory that is there and cannot be reached. */
  #outOfReach: NoMemoryError | undefined;
  #instance: object | undefined;

  constructor(label: string, types: ModuleTypes) {
    this.#label = label;
    this.#types = types;
    const { hasMemory, imports, memoryExport, hasStart } = types;
    const importsMemory = hasMemory && imports.some(({ type }) => type.kind === 'memory');
    this.#isGuarded = hasMemory && !importsMemory && (memoryExport === undefined || hasStart);
  }

  get instance(): object {
    this.#instance ??= Object.freeze({});
    return this.#instance;
  }

  get hasMemory(): boolean {
    return this.bound !== undefined;
  }

  get memory(): GuestMemory {
    if (this.bound === undefined) throw this.#noMemory();
    return this.bound;
  }

  /**
   * The function as a guest gets it whose memory is out of reach, always or while it starts. An error code would tell the guest that its
   * own pointer is wrong, and what it wrote would be lost without a word; so the error ends the guest, whatever the function makes of it.
   */
  guard(target: HostFunction): HostFunction {
    if (!this.#isGuarded) return target;
    const { params, results } = target;
    return {
      params,
      results,
      call: (caller, ...args) => {
        this.#outOfReach = undefined;
        const result = target.call(caller, ...args);
        if (this.#outOfReach !== undefined) throw this.#outOfReach;
        return result;
      },
    };
  }

  #noMemory(): NoMemoryError {
    if (!this.#types.hasMemory) {
      return new NoMemoryError(
        `The guest ${this.#label} has no memory; a guest needs one to pass more than numbers.`,
      );
    }
    this.#outOfReach = new NoMemoryError(
      this.isStarting && this.#types.memoryExport !== undefined
        ? `The start function of the guest ${this.#label} passes more than numbers to the host, which on engine v8 cannot access the memory of a guest before it has started. Do it in an exported function _initialize or _start, or use engine: 'wasmedge'.`
        : `The guest ${this.#label} passes more than numbers to the host but does not export its memory, so engine v8 cannot access it. Export memory 0, or use engine: 'wasmedge'.`,
    );
    return this.#outOfReach;
  }
}
