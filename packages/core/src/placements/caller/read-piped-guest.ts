import { statSync } from 'node:fs';
import { loadGuest } from '../../runtime/load-guest.js';
import type { GivenGuest } from './guest-references.js';

/**
 * A guest whose file is a pipe or a device, read: it gives its bytes once, and those of this process are others in a child process. Any other
 * guest as it is.
 *
 * @throws {GuestNotFoundError} when it cannot be read.
 */
export function readPipedGuest(source: GivenGuest): GivenGuest | Promise<GivenGuest> {
  return isPiped(source) ? loadGuest(source) : source;
}

function isPiped(source: GivenGuest): source is string | URL {
  if (typeof source !== 'string' && !(source instanceof URL)) return false;
  try {
    const stats = statSync(source, { throwIfNoEntry: false });
    return stats !== undefined && !stats.isFile() && !stats.isDirectory();
  } catch {
    // What keeps it from being read is told by the one who reads it.
    return false;
  }
}
