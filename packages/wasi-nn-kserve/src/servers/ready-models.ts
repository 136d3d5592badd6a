import type { ModelName } from '../protocol/messages.js';

/** Most models that are kept: a server may say of every version that a guest asks for that it has it. */
const maxModels = 1_000;

/** Models that a server had ready when it was last asked. */
export class ReadyModels {
  readonly #keys = new Set<string>();

  has(model: ModelName): boolean {
    return this.#keys.has(keyOf(model));
  }

  add(model: ModelName): void {
    if (this.#keys.size >= maxModels) this.#keys.clear();
    this.#keys.add(keyOf(model));
  }

  delete(model: ModelName): void {
    this.#keys.delete(keyOf(model));
  }
}

function keyOf({ name, version }: ModelName): string {
  return JSON.stringify([name, version ?? null]);
}
