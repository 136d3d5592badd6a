import { mayBeObeyed } from './obeyed-variables.js';

/** Decides which variables a guest may set for its commands. */
export class VariableGate {
  readonly #allowed: readonly string[] | 'all' | undefined;

  /** @param allowed names, and beginnings that end with `*`; without it, those that nothing is known to obey. */
  constructor(allowed: readonly string[] | 'all' | undefined) {
    this.#allowed = allowed;
  }

  allows(name: string): boolean {
    if (this.#allowed === undefined) {
      return !mayBeObeyed(name);
    }
    return (
      this.#allowed === 'all' ||
      this.#allowed.some((entry) =>
        entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry,
      )
    );
  }
}

/** Whether an environment can hold a variable of this name: with another one it would become another variable. */
export function isVariableName(name: string): boolean {
  return name !== '' && !name.includes('=') && !name.includes('\0');
}
