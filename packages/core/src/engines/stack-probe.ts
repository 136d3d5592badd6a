import { GuestTrapError } from '../errors/guest-trap-error.js';

/** Bytes of stack that a host function may count on: what Node's own functions and the compiler of what runs first take, and a margin. */
const reservedBytes = 112 * 1024;
/**
 * More bytes for each parameter: what opens something has more of them than what closes it, and is refused first when a guest goes deeper,
 * so that a guest can give back what it was given.
 */
const bytesForParameter = 2 * 1024;
const mostParameters = 16;

/** Throws V8's own `RangeError` when too little is left of this thread's stack; takes some nanoseconds. To be called with 0. */
export type StackProbe = (never: 0) => void;

// The call that is never made keeps the function from being inlined, which would lose the check.
const neverPassed = Array.from({ length: 400 }, () => '0').join();

/**
 * A function that needs so much stack by itself. V8 checks on entry to a function that the frame it would have in the interpreter fits, in
 * optimised code too. The frame has a register for each argument of the call that stands where no code is made for it.
 */
function probeOf(bytes: number): StackProbe {
  const registers = Array.from({ length: bytes / 8 }, () => '0').join();
  return new Function(
    'never',
    `for (;; (0)(${registers})) { if (never !== 0) never(${neverPassed}); return; }`,
  ) as StackProbe;
}

/**
 * {@link StackProbe} for 112 KiB.
 *
 * @throws {RangeError} when less is left.
 */
export const needStack: StackProbe = probeOf(reservedBytes);

const probes: StackProbe[] = [needStack];

/**
 * The probe before a host function with so many parameters, for 112 to 144 KiB. A guest can leave a host function as little stack as it likes,
 * and one that runs out of it between two steps has done the first and not the second.
 */
export function hostFunctionProbe(parameters: number): StackProbe {
  const counted = Math.min(parameters, mostParameters);
  probes[counted] ??= probeOf(reservedBytes + bytesForParameter * counted);
  return probes[counted];
}

/**
 * {@link needStack} for where what is thrown reaches the caller as it is. On WasmEdge the code of guests takes nothing of this stack, so
 * looking before each inner call is enough.
 */
export function refuseLowStack(): void {
  try {
    needStack(0);
  } catch (cause) {
    throw new GuestTrapError(
      'Calls between host and guest are nested so deep that the stack is exhausted; find the recursion.',
      'stack exhausted',
      { cause },
    );
  }
}
