import type { PlacedRuntime } from '../interface/placed-runtime.js';
import { type ProcessSetup, ProcessTransport } from './process-transport.js';
import { ThreadTransport } from './thread-transport.js';
import type { Transport, TransportEvents } from './transport.js';

/** What opens members of a placement. */
export function transportOf(
  placement: PlacedRuntime['placement'],
  setup: ProcessSetup,
): (events: TransportEvents) => Transport {
  return placement === 'worker'
    ? (events) => new ThreadTransport(events, setup.engine)
    : (events) => new ProcessTransport(events, setup);
}
