import { readFileSync } from 'node:fs';
import { GuestTimeoutError, MemoryLimitError } from '../../errors/guest-errors.js';

/** What one call may use of the machine, as it is seen from outside of its process. */
export interface UsageLimits {
  /** Milliseconds of the processor's time. */
  readonly cpuMs?: number | undefined;
  /** Bytes of memory by which the process may grow. */
  readonly growthBytes?: number | undefined;
}

const betweenLooks = 50;
/** Linux counts the processor's time in hundredths of a second for programs, on every machine. */
const msPerTick = 10;

/** Calls `over` when a process uses more than that, until what is returned is called. */
export function watchUsage(pid: number, limits: UsageLimits, over: (error: Error) => void): () => void {
  const before = usageOf(pid);
  // It has ended, which somebody else tells.
  if (before === undefined) return () => {};
  const { cpuMs = Number.POSITIVE_INFINITY, growthBytes = Number.POSITIVE_INFINITY } = limits;
  const timer = setInterval(() => {
    const now = usageOf(pid);
    if (now === undefined) return;
    if (now.cpuMs - before.cpuMs > cpuMs) over(cpuError(cpuMs));
    else if (now.bytes - before.bytes > growthBytes) over(growthError(growthBytes));
  }, betweenLooks);
  timer.unref();
  return () => clearInterval(timer);
}

function usageOf(pid: number): { readonly cpuMs: number; readonly bytes: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name, which may have anything in it; the third one comes first here.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick,
      bytes: Number(resident?.[1] ?? 0) * 1024,
    };
  } catch {
    return undefined;
  }
}

function cpuError(cpuMs: number): GuestTimeoutError {
  return new GuestTimeoutError(
    `The call took more than the ${cpuMs} ms of CPU time that limits.cpuMs allows, and was ended with its process. Raise the limit, or give it less to do.`,
  );
}

function growthError(growthBytes: number): MemoryLimitError {
  return new MemoryLimitError(
    `The process of the guest grew by more than the ${growthBytes} bytes that limits.growthBytes allows during the call, and was ended. Raise the limit if the guest needs that much.`,
  );
}
