import { GuestCompileError, type GuestCompileFailure } from '../errors/aot-errors.js';
import { printable } from '../errors/printable.js';
import type { CompileTask } from './compile-task.js';

/** What is known of a compilation that failed. */
export interface FailureTraces {
  readonly timedOut?: boolean;
  /** Why its process could not be started. */
  readonly notStarted?: Error;
  /** What libwasmedge answered. */
  readonly refusal?: string | undefined;
  /** How the process ended. */
  readonly ended?: string | undefined;
  /** What it wrote to stderr. */
  readonly says: string;
}

const maxSaid = 400;

/** The error for a compilation that failed. */
export function compileFailure(
  { label, target, bounds }: Pick<CompileTask, 'label' | 'target' | 'bounds'>,
  traces: FailureTraces,
): GuestCompileError {
  const failure = kindOf(traces);
  const { path, version } = target.library;
  const texts: Record<GuestCompileFailure, string> = {
    'no compiler': `the libwasmedge ${version} at ${path} was built without its compiler (LLVM). Install one that includes it, such as WasmEdge's releases, and name it with the option library or the variable WASMEDGE_LIBRARY`,
    memory: `the compiler needed more than ${bounds.maxMemoryBytes} bytes of memory. Allow more with maxMemoryBytes, or choose a lower level`,
    time: `the compiler needed more than ${bounds.timeoutMs} ms. Allow more with timeoutMs, or choose a lower level: level 0 takes about a tenth of the time`,
    crash: `the compiler ended with ${traces.ended}${said(traces)}. Choose another level: it is code of libwasmedge and LLVM that failed, at level ${target.level}`,
    refused: `libwasmedge reports "${printable(traces.refusal ?? traces.says)}". The guest can still be interpreted`,
    'not started': `its process did not start: ${traces.notStarted?.message}. It needs /bin/sh and the program ${process.execPath}`,
  };
  return new GuestCompileError(
    `The guest ${label} was not compiled ahead of time: ${texts[failure]}.`,
    failure,
    traces.notStarted && { cause: traces.notStarted },
  );
}

function kindOf({ timedOut, notStarted, refusal, says }: FailureTraces): GuestCompileFailure {
  if (notStarted !== undefined) return 'not started';
  if (timedOut === true) return 'time';
  // "AOT runtime is disabled in this build."
  if (refusal !== undefined) return /disabled/i.test(refusal) ? 'no compiler' : 'refused';
  if (
    /bad_alloc|out of memory|allocation failed|cannot allocate|resource temporarily unavailable/i.test(says)
  )
    return 'memory';
  return 'crash';
}

function said({ says }: FailureTraces): string {
  const last = says.trim().split('\n').at(-1) ?? '';
  return last === '' ? '' : ` ("${printable(last.slice(0, maxSaid))}")`;
}
