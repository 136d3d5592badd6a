import { readFileSync } from 'node:fs';
import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { libc } from '../../native/libc.js';
import type { ChildLaunch } from '../protocol/child-launch.js';

/**
 * Bounds this process, and what it starts, as its caller wants it.
 *
 * @throws {UnsupportedByPlacementError} when the system cannot be told.
 */
export function limitProcess({ memoryBytes, cpuSeconds }: ChildLaunch): void {
  if (memoryBytes === undefined && cpuSeconds === undefined) return;
  const own = libc()?.process;
  const name = memoryBytes === undefined ? 'child.cpuSeconds' : 'limits.memoryBytes';
  if (own === undefined) {
    throw new UnsupportedByPlacementError(
      `${name} cannot be enforced, because the C library cannot be called; install koffi for this machine, or omit the option.`,
    );
  }
  try {
    if (memoryBytes !== undefined) {
      const bytes = BigInt(dataNow() + memoryBytes);
      own.setLimit('data', bytes, bytes);
    }
    // At the first bound the process gets a signal that ends it and tells why; at the second it would only be gone.
    if (cpuSeconds !== undefined) own.setLimit('cpu', BigInt(cpuSeconds), BigInt(cpuSeconds + 1));
  } catch (cause) {
    throw new UnsupportedByPlacementError(
      `The system refused ${name}; see the cause. The host's own limit may be lower.`,
      { cause },
    );
  }
}

/** What counts as data of this process now. */
function dataNow(): number {
  const [, kibibytes = '0'] = /^VmData:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return Number(kibibytes) * 1024;
}
