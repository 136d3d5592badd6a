import { GuestTrapError } from '../errors/guest-errors.js';

/** Bytes of stack that a host function may count on: what Node's own functions and the compiler of what runs first take, and a margin. */
const reservedBytes = 112 * 1024;
/**
 * More bytes for those with more parameters than two: what opens something has more of them than what closes it, and is refused first when a
 * guest goes deeper, so that a guest can give back what it was given.
 */
const moreBytes = 32 * 1024;
const fewParameters = 2;

/** Throws V8's own `RangeError` when too little is left of this thread's stack; takes some nanoseconds. To be called with 0. */
export type StackProbe = (never: 0) => void;

// The call that is never made keeps the function from being inlined, which would lose the check.
const neverPassed = Array.from({ length: 400 }, () => '0').join();

// Until it is optimised, each call fills the frame, which takes microseconds. A loop makes V8 optimise it in less than a millisecond, where
// calls alone would take fifty thousand.
const warmingCalls = 30;
const warmingRounds = 10_000;
/** A program that looks less often than this does not pay for the loop. */
const coldLooks = 100;

/**
 * A function that needs so much stack by itself. V8 checks on entry to a function that the frame it would have in the interpreter fits, in
 * optimised code too. The frame has a register for each argument of the call that stands where no code is made for it.
 */
function probeOf(bytes: number): WarmingProbe {
  const registers = Array.from({ length: bytes / 8 }, () => '0').join();
  return new Function(
    'never',
    'rounds',
    `for (let i = 0; i < rounds; i++);
    for (;; (0)(${registers})) { if (never !== 0) never(${neverPassed}); return; }`,
  ) as WarmingProbe;
}

/** Has V8 optimise a probe. */
function warm(probe: WarmingProbe): WarmingProbe {
  for (let call = 0; call < warmingCalls; call++) {
    probe(0, warmingRounds);
    // As it is called later: V8 takes back code that was made for numbers only.
    probe(0);
  }
  return probe;
}

// To make the function above takes milliseconds. A program that looks a few times only gets by with frames of this size, one below the other.
const frameBytes = 2048;
const earlyLooks = 4;
const frameRegisters = Array.from({ length: frameBytes / 8 }, () => '0').join();
let earlyProbe: ((frames: number) => void) | undefined;

/**
 * {@link needStack} for the first looks of a program; so few that V8 does not optimise it, which would make its frames small.
 *
 * @throws {RangeError} when less is left.
 */
export function lookEarly(): void {
  earlyProbe ??= new Function(
    `return function below(frames) {
      for (; frames > 0; (0)(${frameRegisters})) { below(frames - 1); return; }
    };`,
  )() as (frames: number) => void;
  earlyProbe(reservedBytes / frameBytes);
}

type WarmingProbe = (never: 0, rounds?: number) => void;

let probe: WarmingProbe | undefined;
let looks = 0;
let largerProbe: StackProbe | undefined;

/**
 * {@link StackProbe} for 112 KiB.
 *
 * @throws {RangeError} when less is left.
 */
export function needStack(never: 0): void {
  if (probe === undefined && looks < earlyLooks) {
    looks++;
    lookEarly();
    return;
  }
  probe ??= probeOf(reservedBytes);
  if (looks < coldLooks && ++looks === coldLooks) warm(probe);
  probe(never);
}

/**
 * The probe before a host function with so many parameters, for 112 or 144 KiB. A guest can leave a host function as little stack as it likes,
 * and one that runs out of it between two steps has done the first and not the second.
 */
export function hostFunctionProbe(parameters: number): StackProbe {
  if (parameters <= fewParameters) {
    probe ??= probeOf(reservedBytes);
    if (looks < coldLooks) warm(probe);
    looks = coldLooks;
    return probe;
  }
  largerProbe ??= warm(probeOf(reservedBytes + moreBytes));
  return largerProbe;
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
      'Calls between host and guest are nested so deeply that the stack is exhausted; look for an endless recursion.',
      'stack exhausted',
      { cause },
    );
  }
}
