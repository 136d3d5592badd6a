import { readFileSync } from 'node:fs';

// x86, ARM and RISC-V name the model and its instructions so.
const telling =
  /^(vendor_id|cpu family|model|stepping|flags|CPU implementer|CPU architecture|CPU part|Features|isa|uarch)\s*:/;

let identity: string | undefined;

/** Whether code can be compiled for the very processor here: it is known which one it is, so that the code is taken on no other. */
export function knowsCpu(): boolean {
  return cpuIdentity() !== '';
}

/**
 * Tells processors apart that may know other instructions: LLVM picks them by the model and by what the processor says of itself. Empty
 * where the system does not tell.
 */
export function cpuIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  if (process.platform !== 'linux') return '';
  try {
    const lines = readFileSync('/proc/cpuinfo', 'latin1').split('\n');
    // Cores may differ, and a thread runs on any of them.
    return [...new Set(lines.filter((line) => telling.test(line)))].sort().join('\n');
  } catch {
    return '';
  }
}
