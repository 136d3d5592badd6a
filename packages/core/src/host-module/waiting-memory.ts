import { CannotCrossError } from '../errors/placement-errors.js';
import type { GuestMemory } from '../memory/guest-memory.js';

const copying = [
  'grow',
  'contains',
  'read',
  'write',
  'fill',
  'readString',
  'writeString',
  'readU8',
  'readU16',
  'readU32',
  'readI32',
  'readU64',
  'readI64',
  'readF32',
  'readF64',
  'writeU8',
  'writeU16',
  'writeU32',
  'writeU64',
  'writeF32',
  'writeF64',
] as const satisfies readonly (keyof GuestMemory)[];

const sizes = ['byteLength', 'pages'] as const satisfies readonly (keyof GuestMemory)[];

const views = ['bytes', 'view', 'borrow'] as const satisfies readonly (keyof GuestMemory)[];

/** The functions of a {@link GuestMemory} that copy. */
export type CopyingMethod = (typeof copying)[number];

/** Those functions, each with a promise of what it returns, or of the error that it throws. */
export type PromisedCopies = {
  readonly [Method in CopyingMethod]: (
    ...args: Parameters<GuestMemory[Method]>
  ) => Promise<ReturnType<GuestMemory[Method]>>;
};

/**
 * The memory of a guest that waits for a host function, from the thread of that function: as {@link GuestMemory}, with a promise for each access. A guest without memory
 * rejects with {@link NoMemoryError}. Views do not cross: `bytes`, `view` and `borrow` throw {@link CannotCrossError}.
 */
export interface WaitingMemory extends PromisedCopies {
  /** Size in bytes, now. */
  byteLength(): Promise<number>;
  /** Size in pages of 64 KiB, now. */
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
    for (const use of [...copying, ...sizes]) {
      define(use, function (this: PromisedMemory, ...args: readonly unknown[]) {
        return this.#use(use, args);
      });
    }
    for (const name of views) {
      define(name, () => {
        throw new CannotCrossError(
          `memory.${name}() gives a view, which a host function of on: 'caller' cannot have; copy with await memory.read() and memory.write().`,
        );
      });
    }
  }
}
