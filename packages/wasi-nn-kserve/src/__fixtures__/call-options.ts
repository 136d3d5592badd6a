import type { CallOptions } from '../transports/transport.js';
import type { TransportOptions } from '../transports/transport-options.js';

/** How tests reach their servers. */
export const transportOptions: TransportOptions = { connectTimeoutMs: 30_000, maxMessageBytes: 67_108_864 };

/** What each call of a test has. */
export function callOptions(options: Partial<CallOptions> = {}): CallOptions {
  return { signal: new AbortController().signal, timeoutMs: 30_000, headers: {}, ...options };
}
