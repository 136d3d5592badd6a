import { type FailureKind, RemoteFailure } from '../transports/remote-failure.js';
import type { Transport } from '../transports/transport.js';

/** What a server that speaks something else at an address may make of the first call. */
const foreign: ReadonlySet<FailureKind> = new Set(['unsupported', 'malformed']);

/** The addresses of one server, of which the first that it speaks is used. Only what is used is opened. */
export class ServerAddresses {
  readonly #addresses: readonly string[];
  readonly #open: (address: string) => Transport;
  readonly #transports = new Map<number, Transport>();
  /** The one at which it has answered. */
  #spoken: number | undefined;

  constructor(addresses: readonly string[], open: (address: string) => Transport) {
    this.#addresses = addresses;
    this.#open = open;
  }

  /** The address in use, for messages. */
  get address(): string {
    return this.#transport(this.#spoken ?? 0).address;
  }

  /** Does something at the address in use; at the next ones, if it cannot be reached there, or has never spoken that and does not now. */
  async use<Result>(isRepeatable: boolean, use: (transport: Transport) => Promise<Result>): Promise<Result> {
    const first = this.#spoken ?? 0;
    const failures: RemoteFailure[] = [];
    for (let step = 0; ; step++) {
      const index = (first + step) % this.#addresses.length;
      try {
        const result = await use(this.#transport(index));
        this.#spoken = index;
        return result;
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error;
        failures.push(error);
        if (!this.#maySpeakElsewhere(error.kind, isRepeatable)) {
          if (error.kind !== 'dropped') this.#spoken = index;
          throw error;
        }
        if (step + 1 === this.#addresses.length) throw allOf(failures, error);
      }
    }
  }

  close(): void {
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
  }

  #maySpeakElsewhere(kind: FailureKind, isRepeatable: boolean): boolean {
    if (kind === 'unreachable') return true;
    return this.#spoken === undefined && (foreign.has(kind) || (kind === 'dropped' && isRepeatable));
  }

  #transport(index: number): Transport {
    const open = this.#transports.get(index);
    if (open !== undefined) return open;
    const transport = this.#open(this.#addresses[index] as string);
    this.#transports.set(index, transport);
    return transport;
  }
}

/** The failures at all addresses, of the kind of the last. */
function allOf(failures: readonly RemoteFailure[], last: RemoteFailure): RemoteFailure {
  if (failures.length === 1) return last;
  const message = failures.map((failure) => failure.message).join(' ');
  return new RemoteFailure(last.kind, message, { cause: new AggregateError(failures) });
}
