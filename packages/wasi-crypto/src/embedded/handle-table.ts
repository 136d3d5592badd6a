import { CryptoError } from './crypto-error.js';
import type { HandleBudget } from './handle-budget.js';
import type { HandleKind } from './handle-kind.js';

const maxCounter = 0xff_ffff;

/**
 * The live objects of one kind. A handle is an unsigned 32-bit number: the kind in its low byte, a counter from 1 in the others. A value
 * is not used again until the counter has wrapped. The table owns its objects and disposes them when their handle is closed.
 */
export class HandleTable<Item extends Disposable> implements Disposable {
  readonly #kind: HandleKind;
  readonly #budget: HandleBudget;
  readonly #items = new Map<number, Item>();
  #counter = 0;
  #highest = 0;

  constructor(kind: HandleKind, budget: HandleBudget) {
    this.#kind = kind;
    this.#budget = budget;
  }

  /** Takes over the object; when there are too many handles it is disposed and too_many_handles thrown. */
  add(item: Item): number {
    try {
      this.#budget.take();
    } catch (error) {
      item[Symbol.dispose]();
      throw error;
    }
    const handle = this.#nextHandle();
    this.#items.set(handle, item);
    return handle;
  }

  /** Whether an object has the handle, which may be given signed. */
  has(handle: number): boolean {
    return this.#items.has(handle >>> 0);
  }

  /** The object of a handle, which may be given signed; throws invalid_handle. */
  get(handle: number): Item {
    const item = this.#items.get(handle >>> 0);
    if (item === undefined) {
      throw new CryptoError('invalid_handle');
    }
    return item;
  }

  /** Disposes the object of a handle, which may be given signed; throws closed where it had one, and invalid_handle where it never had. */
  close(handle: number): void {
    const item = this.#items.get(handle >>> 0);
    if (item === undefined) {
      throw new CryptoError(this.#wasGiven(handle >>> 0) ? 'closed' : 'invalid_handle');
    }
    this.#items.delete(handle >>> 0);
    this.#budget.give();
    item[Symbol.dispose]();
  }

  /** Closes every handle. */
  [Symbol.dispose](): void {
    for (const handle of [...this.#items.keys()]) {
      this.close(handle);
    }
  }

  #nextHandle(): number {
    // The budget is far below the number of handles there can be, so this ends.
    do {
      this.#counter = this.#counter === maxCounter ? 1 : this.#counter + 1;
    } while (this.#items.has(this.#handle()));
    this.#highest = Math.max(this.#highest, this.#counter);
    return this.#handle();
  }

  #wasGiven(handle: number): boolean {
    const counter = handle >>> 8;
    return (handle & 0xff) === this.#kind && counter > 0 && counter <= this.#highest;
  }

  #handle(): number {
    return ((this.#counter << 8) | this.#kind) >>> 0;
  }
}
