import { CannotCrossError } from '../errors/placement-errors.js';
import type { GuestMemory } from '../memory/guest-memory.js';

const copying = {
  grow: true,
  contains: true,
  read: true,
  write: true,
  fill: true,
  readString: true,
  writeString: true,
  readU8: true,
  readU16: true,
  readU32: true,
  readI32: true,
  readU64: true,
  readI64: true,
  readF32: true,
  readF64: true,
  writeU8: true,
  writeU16: true,
  writeU32: true,
  writeU64: true,
  writeF32: true,
  writeF64: true,
} as const satisfies Readonly<Record<CopyingMethod, true>>;

const sizes = ['byteLength', 'pages'] as const satisfies readonly (keyof GuestMemory)[];

const views = ['bytes', 'view', 'borrow'] as const satisfies readonly (keyof GuestMemory)[];

/** The methods of a {@link GuestMemory} that copy. */
export type CopyingMethod = Exclude<keyof GuestMemory, 'byteLength' | 'pages' | 'bytes' | 'view' | 'borrow'>;

/** Those methods, each with a promise for its result or its error. */
export type PromisedCopies = {
  readonly [Method in CopyingMethod]: (
    ...args: Parameters<GuestMemory[Method]>
  ) => Promise<ReturnType<GuestMemory[Method]>>;
};

/**
 * The memory of a guest that waits for a host function, as seen from that function's thread: like {@link GuestMemory}, with a promise for each access. For a guest
 * without memory, it rejects with {@link NoMemoryError}. Views do not cross: `bytes`, `view` and `borrow` throw {@link CannotCrossError}.
 */
export interface WaitingMemory extends PromisedCopies {
  /** Current size in bytes. */
  byteLength(): Promise<number>;
  /** Current size in pages of 64 KiB. */
  pages(): Promise<number>;
}

/** What is done with the memory of a waiting guest. */
export type MemoryUse = CopyingMethod | (typeof sizes)[number];

/** Does one thing with the memory. */
export type UseMemory = (use: MemoryUse, args: readonly unknown[]) => Promise<unknown>;

/** A {@link WaitingMemory} whose accesses are made by a function. */
export function waitingMemory(useMemory: UseMemory): WaitingMemory {
  return new PromisedMemory(useMemory) as unknown as WaitingMemory;
}

/** Does with a memory what was asked for. */
export function useGuestMemory(memory: GuestMemory, use: MemoryUse, args: readonly unknown[]): unknown {
  if (use === 'byteLength' || use === 'pages') return memory[use];
  return (memory[use] as (...args: readonly unknown[]) => unknown).apply(memory, [...args]);
}

class PromisedMemory {
  readonly #use: UseMemory;

  constructor(use: UseMemory) {
    this.#use = use;
  }

  static {
    const define = (name: string, value: unknown) =>
      Object.defineProperty(PromisedMemory.prototype, name, { value });
    for (const use of [...Object.keys(copying), ...sizes] as readonly MemoryUse[]) {
      define(use, function (this: PromisedMemory, ...args: readonly unknown[]) {
        return this.#use(use, args);
      });
    }
    for (const name of views) {
      define(name, () => {
        throw new CannotCrossError(
          `memory.${name}() returns a view, which is not available to a host function with on: 'caller'; copy with await memory.read() and memory.write().`,
        );
      });
    }
  }
}
