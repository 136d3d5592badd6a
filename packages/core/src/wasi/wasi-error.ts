import { MemoryRangeError } from '../errors/host-function-errors.js';
import { Errno, type ErrnoName, errnoNames, errnoOfNodeCode } from './wasi-errno.js';

/** Ends a WASI function with an error number. Never leaves this folder: the guest gets the number. */
export class WasiError extends Error {
  readonly errno: number;

  constructor(name: ErrnoName) {
    super(name);
    this.errno = Errno[name];
  }
}

/** What an object of the host threw, or what was wrong with its answer: it ends the guest's call, and arrives as it was thrown. */
export class EndpointError extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super();
    this.thrown = thrown;
  }
}

/** The number a guest gets for something that was thrown inside a WASI function. */
export function errnoOf(error: unknown): number {
  if (error instanceof WasiError) return error.errno;
  if (error instanceof MemoryRangeError) return Errno.fault;
  return errnoOfNodeCode(nodeCode(error));
}

/** The `code` of a Node.js error. */
export function nodeCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Names a result for the trace. */
export function errnoName(result: unknown): ErrnoName | undefined {
  return errnoNames[Number(result)];
}
