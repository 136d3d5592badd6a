import { libc } from '../../native/libc.js';
import type { ChildLaunch } from '../protocol/child-launch.js';
import { watchParent } from './watch-parent.js';

/**
 * Has this process end with the one that started it, also while a guest loops, and takes from it what it does not need. To be called before
 * anything else runs; the promise is to be awaited before a guest does.
 */
export async function guardProcess({ parent }: ChildLaunch): Promise<void> {
  const own = libc()?.process;
  own?.gainNoRights();
  // What a guest had in memory is not to be left in a file.
  own?.setLimit('core', 0n, 0n);
  own?.endWithParent();
  // It may have ended before that was said.
  if (process.ppid !== parent) process.exit();
  if (own === undefined) await watchParent(parent);
}
