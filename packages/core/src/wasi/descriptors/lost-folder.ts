import type { HostFolder } from './host-folder.js';

/** A folder that could not be opened: whatever is wanted of it fails as that did. */
export class LostFolder implements HostFolder {
  readonly #error: unknown;

  constructor(error: unknown) {
    this.#error = error;
  }

  stat(): never {
    throw this.#error;
  }

  lstat(): never {
    throw this.#error;
  }

  readlink(): never {
    throw this.#error;
  }

  open(): never {
    throw this.#error;
  }

  openFolder(): never {
    throw this.#error;
  }

  adopt(): never {
    throw this.#error;
  }

  entries(): never {
    throw this.#error;
  }

  path(): never {
    throw this.#error;
  }

  close(): void {}
}
