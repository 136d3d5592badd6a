import { writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

const { PRIORITY_BELOW_NORMAL: belowNormal } = constants.priority;

/**
 * Lets a process that was just started run when others need the processor less. Where the system does not allow that, it runs as it is.
 *
 * @param pid what `spawn` tells; absent when the process could not be started.
 */
export function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    // A host that gives way to others itself has a higher number.
    const priority = Math.max(getPriority(), belowNormal);
    setPriority(pid, priority);
    // A process with a session of its own competes as a group on Linux, unless the groups of the system are others.
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(priority));
  } catch {
    // It may have ended, or the kernel has no such groups.
  }
}
