import { ByteBudget } from './byte-budget.js';
import { HandleBudget } from './handle-budget.js';
import { type ManagedKeyStorage, ManagedKeyStore } from './managed/managed-key-store.js';

/** What guests may make one runtime hold, together. */
export interface CryptoLimits {
  readonly maxHandles: number;
  readonly maxStoredBytes: number;
}

/** What the guests of one runtime share: the bounds, and managed keys where the host keeps them. */
export class CryptoRuntime implements Disposable {
  readonly handles: HandleBudget;
  readonly bytes: ByteBudget;
  /** `undefined` where each guest has managed keys of its own, which end with it. */
  readonly storedKeys: ManagedKeyStore | undefined;

  constructor({ maxHandles, maxStoredBytes }: CryptoLimits, storage?: ManagedKeyStorage) {
    this.handles = new HandleBudget(maxHandles);
    this.bytes = new ByteBudget(maxStoredBytes);
    this.storedKeys = storage && new ManagedKeyStore({ storage });
  }

  [Symbol.dispose](): void {
    this.storedKeys?.[Symbol.dispose]();
  }
}
