import type { AlgorithmType } from './algorithm-type.js';

/** The options of one handle. The module `common` sets them; who opens something with them reads and copies what it needs. */
export class OptionsObject implements Disposable {
  readonly type: AlgorithmType;
  readonly #bytes = new Map<string, Disposable & { readonly bytes: Uint8Array }>();

  constructor(type: AlgorithmType) {
    this.type = type;
  }

  /** Bytes that were set under a name in lower case; not a copy. */
  bytes(name: string): Uint8Array | undefined {
    return this.#bytes.get(name)?.bytes;
  }

  /** Replaces what was set before; takes over the value. */
  setBytes(name: string, value: Disposable & { readonly bytes: Uint8Array }): void {
    this.#bytes.get(name)?.[Symbol.dispose]();
    this.#bytes.set(name, value);
  }

  [Symbol.dispose](): void {
    for (const value of this.#bytes.values()) {
      value[Symbol.dispose]();
    }
    this.#bytes.clear();
  }
}
