import { CryptoError } from './crypto-error.js';
import type { CryptoErrnoName } from './errno.js';
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
  readonly #closeErrno: CryptoErrnoName;
  readonly #items = new Map<number, Item>();
  #counter = 0;

  /** `closeErrno` is what closing an unknown handle gives; WasmEdge's plug-in differs by kind. */
  constructor(kind: HandleKind, budget: HandleBudget, closeErrno: CryptoErrnoName = 'closed') {
    this.#kind = kind;
    this.#budget = budget;
    this.#closeErrno = closeErrno;
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

  close(handle: number): void {
    const item = this.#items.get(handle >>> 0);
    if (item === undefined) {
      throw new CryptoError(this.#closeErrno);
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
    return this.#handle();
  }

  #handle(): number {
    return ((this.#counter << 8) | this.#kind) >>> 0;
  }
}
