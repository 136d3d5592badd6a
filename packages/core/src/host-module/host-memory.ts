import { checkOptionNames } from '../options/check-option-names.js';
import { checkSize } from './check-size.js';

/** The most pages of 64 KiB that a memory of 32-bit addresses can have. */
const mostPages = 65536;

/** Options of {@link hostMemory}. */
export interface HostMemoryOptions {
  /** Size at the start, in pages of 64 KiB, from 0 to 65536. */
  readonly minimum: number;
  /** The most pages it can grow to, from `minimum` to 65536. Default: as many as `limits.memoryPages` allows. */
  readonly maximum?: number | undefined;
}

/** A memory of the host that guests import. Data only: each runtime makes its own. */
export interface HostMemory {
  /** Tells a memory from the other kinds. */
  readonly kind: 'memory';
  /** Size at the start, in pages of 64 KiB. */
  readonly minimum: number;
  /** The most pages it can grow to; `undefined` for no bound of its own. */
  readonly maximum: number | undefined;
}

/**
 * A memory that {@link hostModule} gives to guests. All guests of a runtime that import it share it, and the host reaches it with
 * `runtime.hostObject()`. It is not shared between threads, and its addresses are 32-bit: a guest that imports another kind of memory is refused.
 *
 * @param options its size.
 * @throws {InvalidArgumentError} for an unknown option or an impossible size.
 * @example hostModule('env', { memory: hostMemory({ minimum: 1, maximum: 16 }) })
 */
export function hostMemory(options: HostMemoryOptions): HostMemory {
  checkOptionNames<HostMemoryOptions>('hostMemory()', options, { minimum: true, maximum: true });
  const { minimum, maximum } = options;
  checkSize('hostMemory()', { minimum, maximum }, mostPages);
  return Object.freeze({ kind: 'memory', minimum, maximum });
}
