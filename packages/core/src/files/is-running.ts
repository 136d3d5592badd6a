/**
 * Whether a process of this machine has not ended, also one of another user.
 *
 * @param pid the number by which the system knows it, without unit.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
