import type { TransportOptions } from '../transports/transport-options.js';

/** Servers that have the same model, and how much is asked of them; all of it is checked. See `KServeModel`. */
export interface ServersOptions extends TransportOptions {
  readonly servers: readonly (string | readonly string[])[];
  /** What one inference may take: a server that was silent for much less is not blamed for it. */
  readonly timeoutMs: number;
  readonly retries: number;
  readonly maxInFlight: number;
  readonly maxQueued: number;
}
