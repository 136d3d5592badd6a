import { readdirSync, readFileSync } from 'node:fs';
import { libc } from './libc.js';

/** `O_CLOEXEC` as Linux shows it. */
const closeOnExecFlag = 0o2000000;

/**
 * Makes sure that programs that this process starts get none of its descriptors from 3 on, except those given when starting them (`stdio`). Node.js
 * opens its own that way, but others may be open: native code opened them, or this process inherited them. Call it right before a program is
 * started. It holds from then on for all programs that this process starts: undoing it would race with other threads that do the same.
 *
 * @returns descriptors that would still be passed on, if the C library cannot be called. Always none on Windows, where nothing is passed
 * on, and on systems other than Linux and macOS, where it is not known.
 */
export function hideDescriptors(): readonly number[] {
  const library = libc();
  if (library !== undefined) {
    library.closeOnExec();
    return [];
  }
  return process.platform === 'linux' ? inheritedDescriptors() : [];
}

/** The descriptors from 3 on that programs inherit, as Linux tells them; slower than to have them closed. */
export function inheritedDescriptors(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((fd) => fd > 2 && isInherited(fd));
}

function isInherited(fd: number): boolean {
  try {
    const [, flags = '0'] =
      /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
    return (Number.parseInt(flags, 8) & closeOnExecFlag) === 0;
  } catch {
    return false; // It has been closed, as the list's own.
  }
}
