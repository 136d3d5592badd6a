import type { GuestExecution } from '../engines/wasmedge/aot/compiled-code.js';

/** How many guests are remembered. */
const maxGuests = 32;

/** How the latest guests run, by their names. */
export class GuestExecutions {
  readonly #guests = new Map<string, GuestExecution>();

  /** Whether it is news. */
  note(execution: GuestExecution): boolean {
    const { guest, runs, reason } = execution;
    const known = this.#guests.get(guest);
    this.#guests.delete(guest);
    this.#guests.set(guest, execution);
    const [oldest] = this.#guests.keys();
    if (this.#guests.size > maxGuests && oldest !== undefined) this.#guests.delete(oldest);
    return known?.runs !== runs || known.reason !== reason;
  }

  /** The latest last. */
  get list(): readonly GuestExecution[] {
    return [...this.#guests.values()];
  }
}
