import { UnsupportedByPlacementError } from '../errors/placement-errors.js';
import { isPromise } from '../values/check-result.js';
import type { ValueType } from '../values/value-types.js';
import type { Caller } from './caller.js';
import type { WaitingCall, WaitingCaller } from './waiting-caller.js';
import { useGuestMemory, type WaitingMemory, waitingMemory } from './waiting-memory.js';

type AnyCall = WaitingCall<readonly ValueType[], readonly ValueType[]>;

/**
 * A function of `on: 'caller'` as guests in its own thread call it: they cannot wait for a promise.
 *
 * @param what the function, as messages are to name it.
 */
export function callAtOnce(
  call: AnyCall,
  what = 'A host function',
): (caller: Caller, ...args: unknown[]) => unknown {
  return (caller, ...args) => {
    const result = call(new CallerHere(caller), ...args);
    if (!isPromise(result)) return result;
    // Nobody will look at it.
    result.then(undefined, () => {});
    throw cannotWait(what);
  };
}

/** The error of what a guest would have to wait for in its own thread. */
export function cannotWait(what: string): UnsupportedByPlacementError {
  return new UnsupportedByPlacementError(
    `${what} is asynchronous, and a guest in the same thread cannot wait for it; use placement 'worker' or 'process'.`,
  );
}

class CallerHere implements WaitingCaller {
  readonly #caller: Caller;
  #memory: WaitingMemory | undefined;
  #signal: AbortSignal | undefined;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  get memory(): WaitingMemory {
    this.#memory ??= waitingMemory(async (use, args) => useGuestMemory(this.#caller.memory, use, args));
    return this.#memory;
  }

  get hasMemory(): boolean {
    return this.#caller.hasMemory;
  }

  get instance(): object {
    return this.#caller.instance;
  }

  get signal(): AbortSignal {
    this.#signal ??= new AbortController().signal;
    return this.#signal;
  }
}
