import type { HostFolder } from './descriptors/host-folder.js';
import { nodeCode } from './wasi-error.js';

/** Where a link leads, or `undefined` for what is not a link. */
export function linkTarget(folder: HostFolder, name: string): string | undefined {
  try {
    return folder.readlink(name);
  } catch (error) {
    // What POSIX and Windows say of something that is not a link.
    if (nodeCode(error) === 'EINVAL' || nodeCode(error) === 'UNKNOWN') return undefined;
    throw error;
  }
}
